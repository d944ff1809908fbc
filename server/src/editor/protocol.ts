/** The server's own messages beside LSP. Imports nothing, so that a client can share it. */

/** Notification from the server: what the workspace index is doing. */
export const STATUS_NOTIFICATION = 'apiGuard/status';

/**
 * `indexing`: reading the workspace; `ready`: every file is known; `idle`: there is nothing to do, because no file has a trace of Salesforce or the
 * extension is switched off; `failed`: the index or an analysis broke, `message` says why.
 */
export interface StatusParams {
  state: 'indexing' | 'ready' | 'idle' | 'failed';
  message?: string;
  /** Files read so far, while indexing. */
  done?: number;
  /** Files in all, while indexing; grows while folders are still being walked. */
  total?: number;
}

/** Notification to the server: the orgs whose limits the editor shows, after each reading. What it says is used in hovers and nowhere else. */
export const ORG_LIMITS_NOTIFICATION = 'apiGuard/orgLimits';

/** One org as it was last read. Holds no token and no address. */
export interface ShownOrg {
  /** Name for people: alias, user name or host. */
  name: string;
  /** When its limits were read, in milliseconds since 1970. */
  readAt: number;
  /** What is left of each limit; negative past a soft limit. */
  limits: { name: string; maximum: number; remaining: number }[];
}

export interface OrgLimitsParams {
  orgs: ShownOrg[];
}

/** Request to the server, without parameters, for tests and support: what the analysis has cost so far. */
export const SERVER_INFO_REQUEST = 'apiGuard/serverInfo';

export interface ServerInfo {
  /** Files lowered since the start, counted again after each change. 0 in a workspace without a trace of Salesforce. */
  lowerings: number;
  /** Grammars loaded since the start. */
  grammarsLoaded: number;
  /** Source files known now. */
  files: number;
}

/** The configuration section of every setting. */
export const SETTINGS_SECTION = 'apiGuard';

/** What every diagnostic names as its source. */
export const DIAGNOSTIC_SOURCE = 'API Guard';

/** The client's command that opens the page of a rule; its argument is the rule's id. */
export const RULE_COMMAND = 'apiGuard.showRule';

/** The client's command that installs what a fix needs. */
export const INSTALL_COMMAND = 'apiGuard.installPackage';

/** Its argument. */
export interface PackageToInstall {
  name: string;
  /** Versions that will do: `^6.2.1`. */
  range: string;
  /** Absolute path of the folder whose manifest shall name it. */
  folder: string;
}
