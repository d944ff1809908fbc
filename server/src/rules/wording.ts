import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Mode } from '../coverage/mode.ts';
import type { FailureClass, Kind } from '../report/callRecord.ts';

const NOUNS: Partial<Record<Kind, string>> = {
  'raw-request': 'request', 'apex-rest': 'Apex REST call', 'query-more': 'request for the next page', composite: 'composite request', other: 'call',
  bulk: 'bulk job', metadata: 'metadata call', tooling: 'Tooling API call', report: 'report call', limits: 'limits request', streaming: 'subscription',
};

/** Words for what a call does, for messages: "create", "query", "bulk load". */
export function nounOf(call: CoveredCall): string {
  const kind = call.record.kind;
  if (kind === 'authenticate') return /(?:^|\.)(?:identity|userinfo|user-info)$/.test(call.record.operation) || call.call.method === 'userinfo' ? 'identity request' : 'login';
  return NOUNS[kind] ?? kind;
}

/** What every address of the platform can answer with; what a request to an unread one can meet beyond that is not known. */
const ANYWHERE = new Set(['SERVER_UNAVAILABLE', 'INVALID_SESSION_ID']);

/** The first code that this call can meet in each of the classes, at most three. @param among the ways to fail that are meant; all where it is left out */
export function tellingCodes(call: CoveredCall, classes: readonly FailureClass[], among?: ReadonlySet<Mode>): string[] {
  const out: string[] = [];
  for (const each of classes) {
    const mode = call.modes.find((candidate) => candidate.class === each && (among === undefined || among.has(candidate)) && !isVague(candidate.code, each) && (call.record.kind !== 'raw-request' || ANYWHERE.has(candidate.code)) && !out.includes(candidate.code));
    if (mode) out.push(mode.code);
  }
  return out.slice(0, 3);
}

/** A code as it stands in a sentence: a number alone would be taken for a count. */
export function spoken(code: string): string {
  return /^\d+$/.test(code) ? `error ${code}` : code;
}

/** Looks at how a job or deployment stands: it is asked again anyway, and listeners of the job learn of a failure. */
export function isPolling(call: CoveredCall): boolean {
  return /^(?:poll|check|checkStatus|checkDeployStatus|checkRetrieveStatus)$/.test(call.call.method);
}

/** A number, a bare status, a code that also stands for something that does not pass, or a deletion that may be just what was wanted, would puzzle more than it tells. */
function isVague(code: string, failureClass: FailureClass): boolean {
  return /^(?:\d+$|HTTP_|ERROR_HTTP_|E[A-Z]+$|EAI_AGAIN|UND_ERR|unknown_error$)/.test(code) || (failureClass === 'transient' && (code === 'REQUEST_LIMIT_EXCEEDED' || code === 'QUERY_TIMEOUT')) || (failureClass === 'data' && code === 'ENTITY_IS_DELETED');
}

/** Operations that end something: whether they work matters little, and nothing is lost when they fail. */
export function isCleanUp(call: CoveredCall): boolean {
  return /(?:^|\.)(?:revoke|logout|abort|close|delete-job|unsubscribe)(?:$|[.-])/.test(call.record.operation) || /^(?:logout|revoke|revokeToken|abort|close|unsubscribe)/.test(call.call.method);
}
