import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LimitsProblem } from './limitsProblem.ts';

/** Where to look for the Salesforce CLI's default org. */
export interface DefaultOrgPlace {
  /** The workspace folder whose default org is meant, if there is one on disk. */
  folder: string | undefined;
  /** The user's home folder. */
  home: string;
  env: NodeJS.ProcessEnv;
}

export interface DefaultOrg {
  /** Alias or username, as configured. Safe as an argument of the CLI. */
  target: string;
  /** The username behind an alias, where the CLI's alias file knows it. */
  username: string | undefined;
}

/** Aliases and usernames that are handed to a process. A leading dash would be read as an option. */
const SAFE_NAME = /^(?!-)[\w.@+-]+$/;

/** A configuration file of the CLI is a few hundred bytes; anything much bigger is none. */
const MOST_BYTES = 256 * 1024;

/**
 * The org that the Salesforce CLI would use in a folder, in the order of @salesforce/core: environment, folder, home, each with the
 * older `sfdx` file behind the newer one. Only names are read, never a login.
 * @throws LimitsProblem `no-default-org` when there is none, or a name that is not fit to be handed on.
 */
export async function findDefaultOrg(place: DefaultOrgPlace): Promise<DefaultOrg> {
  const target = await configuredTarget(place);
  if (target === undefined) throw new LimitsProblem('no-default-org', 'The Salesforce CLI has no default org for this folder.');
  if (!isSafeTarget(target)) {
    throw new LimitsProblem('no-default-org', 'The configured default org is neither an alias nor a username.');
  }
  return { target, username: await usernameOf(target, place.home) };
}

/** Whether a text can be an alias or a username, and nothing that a process would take for an option or a shell for more. */
export function isSafeTarget(text: string): boolean {
  return text.length <= 200 && SAFE_NAME.test(text);
}

/** Aliases that the CLI's alias file names, by name; those that are not fit to be handed on are left out. */
export async function aliasesOf(home: string): Promise<{ alias: string; username: string }[]> {
  const aliases = await readJson(join(home, '.sfdx', 'alias.json'));
  const orgs = typeof aliases === 'object' && aliases !== null ? (aliases as Record<string, unknown>).orgs : undefined;
  if (typeof orgs !== 'object' || orgs === null) return [];
  return Object.entries(orgs)
    .flatMap(([alias, username]: [string, unknown]) => (isSafeTarget(alias) && typeof username === 'string' ? [{ alias, username }] : []))
    .sort((a, b) => a.alias.localeCompare(b.alias, 'en'))
    .slice(0, 200);
}

/**
 * An org that somebody named by its alias or username.
 * @throws LimitsProblem `not-logged-in` when the name is not fit to be handed to a process: the CLI knows no such login.
 */
export async function safeTarget(target: string, home: string): Promise<DefaultOrg> {
  if (!isSafeTarget(target)) throw new LimitsProblem('not-logged-in', 'The name is neither an alias nor a username of the Salesforce CLI.');
  return { target, username: await usernameOf(target, home) };
}

/** Folders and files whose change may mean another default org. */
export function defaultOrgFiles(place: DefaultOrgPlace): { folder: string; file: string }[] {
  return [place.folder, place.home]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      { folder: join(folder, '.sf'), file: 'config.json' },
      { folder: join(folder, '.sfdx'), file: 'sfdx-config.json' },
    ])
    .concat({ folder: join(place.home, '.sfdx'), file: 'alias.json' });
}

async function configuredTarget(place: DefaultOrgPlace): Promise<string | undefined> {
  const named = place.env.SF_TARGET_ORG || place.env.SFDX_DEFAULTUSERNAME;
  if (named) return named;
  for (const folder of [place.folder, place.home]) {
    if (folder === undefined) continue;
    const target = textAt(await readJson(join(folder, '.sf', 'config.json')), 'target-org')
      ?? textAt(await readJson(join(folder, '.sfdx', 'sfdx-config.json')), 'defaultusername');
    if (target) return target;
  }
  return undefined;
}

async function usernameOf(target: string, home: string): Promise<string | undefined> {
  const aliases = await readJson(join(home, '.sfdx', 'alias.json'));
  const orgs = typeof aliases === 'object' && aliases !== null ? (aliases as Record<string, unknown>).orgs : undefined;
  return textAt(orgs, target);
}

/** A file that is missing, too big or not JSON says nothing; the CLI itself complains about a broken one. */
async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > MOST_BYTES) return undefined;
    return JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function textAt(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  const text = (value as Record<string, unknown>)[key];
  return typeof text === 'string' && text !== '' ? text : undefined;
}
