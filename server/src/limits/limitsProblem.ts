import type { ApiUsage } from './limitInfo.ts';
import type { OrgLimits } from './orgLimits.ts';

/** Why the limits of an org could not be read. Each kind wants another answer from the person who looks at the view. */
export type LimitsProblemKind =
  /** The Salesforce CLI is not installed, or its path is wrong. */
  | 'no-cli'
  /** The Salesforce CLI knows no default org for this folder. */
  | 'no-default-org'
  /** The Salesforce CLI has no usable login for the org. */
  | 'not-logged-in'
  /** The access token is no longer valid. */
  | 'session-expired'
  /** No access token is stored for the instance URL. */
  | 'no-token'
  /** The user may not see the org's limits. */
  | 'no-permission'
  /** The org or the user has no API access. */
  | 'api-disabled'
  /** The org's request limit is used up: even this request is refused. */
  | 'request-limit'
  /** The org is in maintenance or moved. */
  | 'org-unavailable'
  /** The address answers, but is not this org. */
  | 'wrong-address'
  /** No connection. */
  | 'offline'
  /** No answer in time. */
  | 'slow'
  /** An answer that is no list of limits. */
  | 'garbage'
  /** Anything else; the detail says what was reported. */
  | 'unknown';

/** A failure to read limits. `message` is safe to show and to log: it never holds a token. */
export class LimitsProblem extends Error {
  readonly kind: LimitsProblemKind;
  /** What the header of the refusal says of the org's requests: refusals carry it too. */
  readonly apiUsage: ApiUsage | undefined;

  constructor(kind: LimitsProblemKind, message: string, apiUsage?: ApiUsage) {
    super(redact(message));
    this.name = 'LimitsProblem';
    this.kind = kind;
    this.apiUsage = apiUsage;
  }
}

/** Whatever was thrown as a problem. A bundle that is loaded later brings its own copy of the class, so `instanceof` alone does not see it. */
export function asLimitsProblem(error: unknown): LimitsProblem {
  if (error instanceof LimitsProblem) return error;
  if (error instanceof Error && error.name === 'LimitsProblem' && 'kind' in error) {
    const { kind, apiUsage } = error as LimitsProblem;
    return new LimitsProblem(kind, error.message, apiUsage);
  }
  return new LimitsProblem('unknown', error instanceof Error ? error.message : 'Something failed without saying why.');
}

/** Problems that are found before any request has left for the org. */
const BEFORE_THE_ORG: readonly LimitsProblemKind[] = ['no-cli', 'no-default-org', 'not-logged-in', 'no-token', 'offline'];

/** How many of the org's API requests a reading has cost, as far as can be told: as many as it says, one, or none where the org was never asked. */
export function requestsSpent(problem: LimitsProblem | undefined, limits?: OrgLimits): number {
  return problem && BEFORE_THE_ORG.includes(problem.kind) ? 0 : limits?.requests ?? 1;
}

/** What an error of a client library or of the Salesforce CLI says of itself. */
export interface ReportedFailure {
  /** Error name or code: `INVALID_SESSION_ID`, `ENOTFOUND`, `NamedOrgNotFoundError`. */
  code?: string;
  message?: string;
}

/** Patterns in order: the first that matches decides. Tested against "code message". */
const PATTERNS: [RegExp, LimitsProblemKind][] = [
  [/NoDefault(Env|Org)|No default (environment|org)/i, 'no-default-org'],
  [/NamedOrgNotFound|NoAuthInfoFound|No authorization information found|AuthInfoCreationError/i, 'not-logged-in'],
  [/RefreshTokenAuth|refresh token|invalid_grant|expired access/i, 'not-logged-in'],
  [/INVALID_SESSION_ID|INVALID_AUTH_HEADER|Session expired|ERROR_HTTP_401|Bad_OAuth_Token/i, 'session-expired'],
  // The concurrent form of the same code passes in seconds; only the daily one means that requests are used up.
  [/Concurrent\w* Limit exceeded/i, 'org-unavailable'],
  [/REQUEST_LIMIT_EXCEEDED/i, 'request-limit'],
  [/API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API is not enabled|API is disabled/i, 'api-disabled'],
  [/INSUFFICIENT_ACCESS|TXN_SECURITY_NO_ACCESS|FORBIDDEN|FUNCTIONALITY_NOT_ENABLED|ERROR_HTTP_403|not have (access|permission)/i, 'no-permission'],
  [/SERVER_UNAVAILABLE|SERVICE_NOT_AVAILABLE|ORG_LOCKED|INSTANCE_REFRESH|MAINTENANCE|ERROR_HTTP_(500|502|503|504|420)/i, 'org-unavailable'],
  [/UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ESOCKETTIMEDOUT|Request Timeout|timed out|due to timeout/i, 'slow'],
  [/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EPIPE|UND_ERR_SOCKET|other side closed|terminated|fetch failed/i, 'offline'],
  [/DomainNotFound|URL_NOT_RESET|UNSUPPORTED_API_VERSION|\bGONE\b|ERROR_HTTP_404|NOT_FOUND|URL No Longer Exists/i, 'wrong-address'],
];

/** Decides what a reported failure means for the limits view. Pure; words it does not know give `unknown`. */
export function kindOfFailure(failure: ReportedFailure): LimitsProblemKind {
  const text = `${failure.code ?? ''} ${failure.message ?? ''}`;
  return PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? 'unknown';
}

/**
 * Text without anything that looks like a Salesforce token (session ids `00D...!...`, JSON web tokens, bearer headers, refresh tokens)
 * and cut to a length that fits a tooltip.
 */
export function redact(text: string): string {
  return text
    .replace(/00D[A-Za-z0-9]{9,15}!\S+/g, '[token hidden]')
    .replace(/eyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, '[token hidden]')
    .replace(/Bearer\s+\S+/gi, 'Bearer [token hidden]')
    .replace(/(access_?token|refresh_?token)(["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, '$1$2[token hidden]')
    .slice(0, 600);
}
