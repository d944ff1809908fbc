import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';

/** Where limits come from. */
export type OrgKind = 'cli' | 'oauth' | 'token' | 'demo';

/** One org and the way to its limits. */
export interface OrgSource {
  /** Names the choice: the same way to the same org has the same. */
  readonly id: string;
  readonly kind: OrgKind;
  /** Name for people. May change with a reading: the Salesforce CLI's default org is looked up each time. */
  readonly name: string;
  /** What the org's history is kept under: the same for the same org and user, never with a token in it. `undefined`: nothing is kept. */
  readonly key: string | undefined;
  /** Address of the org where it is known; never with a token in it. */
  readonly instanceUrl?: string;
  /** Whether it is a production org, where that is known by more than its address. */
  readonly isProduction?: boolean | undefined;
  /**
   * Reads the limits now.
   * @throws LimitsProblem when it cannot; the abort reason when the signal is aborted.
   */
  read(signal: AbortSignal): Promise<OrgLimits>;
  /** Opens a page of the org in a browser, where that takes more than its address. @param page path without a leading slash */
  openPage?(page: string): Promise<void>;
  /** Deletes what is kept to reach the org. */
  signOut?(): Promise<void>;
  /** Calls back when another org is meant from now on; gives back how to stop listening. */
  watch?(changed: () => void): { dispose(): void };
}
