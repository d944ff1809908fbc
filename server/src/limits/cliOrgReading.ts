import { findDefaultOrg, safeTarget } from './defaultOrg.ts';
import type { DefaultOrg, DefaultOrgPlace } from './defaultOrg.ts';
import { findSalesforceCli } from './executable.ts';
import { LimitsProblem } from './limitsProblem.ts';
import type { OrgLimits } from './orgLimits.ts';
import { readLimitsByCli } from './salesforceCli.ts';

export interface CliOrgReading {
  /** Alias or username; the CLI's default org where it is left out. */
  target?: string | undefined;
  place: DefaultOrgPlace;
  /** Configured path of the CLI; empty: `sf` on the `PATH`. */
  configuredPath?: string;
  /** Told which org is meant, before the CLI is started. */
  found?: (org: DefaultOrg) => void;
  signal?: AbortSignal;
}

/**
 * Reads the limits of an org that the Salesforce CLI is logged in to. The CLI keeps the login.
 * @throws LimitsProblem when there is no such org, no CLI, or no answer.
 */
export async function readCliOrg({ target, place, configuredPath = '', found, signal }: CliOrgReading): Promise<OrgLimits> {
  const org = target === undefined ? await findDefaultOrg(place) : await safeTarget(target, place.home);
  found?.(org);
  const executable = await findSalesforceCli(configuredPath, place.env);
  if (!executable) {
    throw new LimitsProblem('no-cli', configuredPath ? `There is no program at ${configuredPath}.` : 'There is no sf on the PATH.');
  }
  return readLimitsByCli({ executable, target: org.target, cwd: place.folder ?? place.home, env: place.env, ...(signal ? { signal } : {}) });
}

/** An org of the Salesforce CLI as people know it: the alias, and the username behind it. */
export function nameOfCliOrg({ target, username }: DefaultOrg): string {
  return username && username !== target ? `${target} (${username})` : target;
}
