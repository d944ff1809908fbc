import { findDefaultOrg, safeTarget } from './defaultOrg.ts';
import type { DefaultOrg, DefaultOrgPlace } from './defaultOrg.ts';
import { findSalesforceCli } from './executable.ts';
import { LimitsProblem } from './limitsProblem.ts';
import type { OrgLimits } from './orgLimits.ts';
import type { CliCall } from './salesforceCli.ts';
import { instanceUrlByCli, isProductionByCli, openPageByCli, readLimitsByCli, readWholeLimitsByCli, REQUESTS_OF_A_REQUEST } from './salesforceCli.ts';

/** Longest wait for what is only a mark beside the name, in milliseconds. */
const KIND_TIME_LIMIT = 20_000;

/** An org of the CLI by its alias or username. */
export interface NamedOrg {
  target: string;
  place: DefaultOrgPlace;
  /** Configured path of the CLI; empty: `sf` on the `PATH`. */
  configuredPath?: string;
}

export interface CliOrgReading {
  /** Alias or username; the CLI's default org where it is left out. */
  target?: string | undefined;
  place: DefaultOrgPlace;
  /** Configured path of the CLI; empty: `sf` on the `PATH`. */
  configuredPath?: string;
  /** Told which org is meant, before the CLI is started. */
  found?: (org: DefaultOrg) => void;
  /** Whether shares of connected apps are wanted, at the price of a second request. */
  shares?: boolean;
  /** Told whether it is a production org, where the answer says so; `wants` is asked before, for it costs two requests. */
  kind?: { wants(org: DefaultOrg): boolean; told(org: DefaultOrg, isProduction: boolean): void };
  signal?: AbortSignal;
}

/**
 * Reads the limits of an org that the Salesforce CLI is logged in to. The CLI keeps the login.
 * @throws LimitsProblem when there is no such org, no CLI, or no answer.
 */
export async function readCliOrg({ target, place, configuredPath = '', found, shares = false, kind, signal }: CliOrgReading): Promise<OrgLimits> {
  const org = target === undefined ? await findDefaultOrg(place) : await safeTarget(target, place.home);
  found?.(org);
  const executable = await executableOf(configuredPath, place);
  const call: CliCall = { executable, target: org.target, cwd: place.folder ?? place.home, env: place.env, ...(signal ? { signal } : {}) };
  const limits = shares ? await readWithShares(call) : await readLimitsByCli(call);
  if (!kind?.wants(org)) return limits;
  try {
    kind.told(org, await isProductionByCli({ ...call, timeLimit: KIND_TIME_LIMIT }));
  } catch {
    // The limits are what was asked for; an org whose kind is not known goes without its mark.
    signal?.throwIfAborted();
  }
  return { ...limits, requests: (limits.requests ?? 1) + REQUESTS_OF_A_REQUEST };
}

/** With shares of connected apps, or without them where the CLI is too old to tell; what is wrong with the org is then told by the plain way. */
async function readWithShares(call: CliCall): Promise<OrgLimits> {
  try {
    return await readWholeLimitsByCli(call);
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof LimitsProblem && error.kind === 'slow') throw error;
    return readLimitsByCli(call);
  }
}

/**
 * Opens a page of an org in the browser with the CLI's login.
 * @param page path without a leading slash
 * @throws LimitsProblem when there is no CLI or it cannot.
 */
export async function openByCli(org: NamedOrg, page: string): Promise<void> {
  await openPageByCli(await callOf(org), page);
}

/**
 * Origin of an org that the Salesforce CLI is logged in to.
 * @throws LimitsProblem when there is no CLI or it does not tell.
 */
export async function addressByCli(org: NamedOrg): Promise<string> {
  return instanceUrlByCli(await callOf(org));
}

async function callOf({ target, place, configuredPath = '' }: NamedOrg): Promise<CliCall> {
  const org = await safeTarget(target, place.home);
  return { executable: await executableOf(configuredPath, place), target: org.target, cwd: place.folder ?? place.home, env: place.env };
}

async function executableOf(configuredPath: string, place: DefaultOrgPlace): Promise<string> {
  const executable = await findSalesforceCli(configuredPath, place.env);
  if (!executable) throw new LimitsProblem('no-cli', configuredPath ? `There is no program at ${configuredPath}.` : 'There is no sf on the PATH.');
  return executable;
}

/** An org of the Salesforce CLI as people know it: the alias, and the username behind it. */
export function nameOfCliOrg({ target, username }: DefaultOrg): string {
  return username && username !== target ? `${target} (${username})` : target;
}
