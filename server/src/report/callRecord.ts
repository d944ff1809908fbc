/** What the analysis says of one Salesforce API call. Words and meanings are those of the public call report, schema 1. */

export const KINDS = [
  'authenticate', 'query', 'query-more', 'search', 'retrieve', 'create', 'update', 'upsert', 'delete', 'describe', 'composite', 'bulk',
  'apex-rest', 'metadata', 'tooling', 'streaming', 'limits', 'report', 'raw-request', 'other',
] as const;
export type Kind = (typeof KINDS)[number];

/** What the enclosing function does with a failure of the call. */
export type Failure = 'floating' | 'propagates' | 'swallowed' | 'generic' | 'discriminated' | 'unknown';
/** What the nearest caller in the workspace that catches does; `none` where nobody catches, `unknown` where callers are outside. */
export type Upstream = 'swallowed' | 'generic' | 'discriminated' | 'none' | 'unknown';
/** Where a failure finally stops. */
export type End = 'swallowed' | 'visible' | 'discriminated' | 'process' | 'unknown';
export type Retry = 'explicit' | 'library' | 'none' | 'unknown';
export type Partial = 'checked' | 'unchecked' | 'unknown' | 'na';
export type Paging = 'complete' | 'capped' | 'truncated' | 'unknown' | 'na';

export const FAILURE_CLASSES = ['transient', 'session', 'quota', 'data', 'access', 'request', 'outage'] as const;
/** What good code does about a failure: repeat, log in again, stop, set the record aside, call an administrator, mend the code, wait. */
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** A failure class's own projection of a call. */
export interface ClassRecord {
  failure: Failure;
  end?: End;
  retry: Retry;
}

/** One call. Offsets are UTF-16 code units in the file's text. */
export interface CallRecord {
  path: string;
  /** The method name that decides the operation. */
  start: number;
  end: number;
  /** The whole call expression. */
  spanStart: number;
  spanEnd: number;
  client: string;
  operation: string;
  kind: Kind;
  failure: Failure;
  upstream?: Upstream;
  stops?: End;
  retry: Retry;
  partial: Partial;
  paging: Paging;
  classes: Partial_<Record<FailureClass, ClassRecord>>;
}
type Partial_<T> = { [K in keyof T]?: T[K] };

export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Another place that belongs to a finding: the handler, the caller, the loop. */
export interface RelatedPlace {
  path: string;
  start: number;
  end: number;
  message: string;
}

/** One result of a rule. */
export interface Finding {
  rule: string;
  severity: Severity;
  path: string;
  start: number;
  end: number;
  /** What happens in production, in plain words. */
  message: string;
  /** At most three codes the finding is about. */
  codes: string[];
  /** Ids of the fixes on offer, in the order to show them. */
  fixes: string[];
  related: RelatedPlace[];
}
