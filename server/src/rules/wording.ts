import type { CoveredCall } from '../coverage/coverage.ts';
import type { FailureClass } from '../report/callRecord.ts';

/** Words for what a call does, for messages: "create", "query", "bulk load". */
export function nounOf(call: CoveredCall): string {
  const kind = call.record.kind;
  if (kind === 'authenticate') return 'login';
  if (kind === 'raw-request') return 'request';
  if (kind === 'apex-rest') return 'Apex REST call';
  if (kind === 'query-more') return 'next page';
  if (kind === 'composite' || kind === 'other') return 'call';
  return kind === 'bulk' ? 'bulk job' : kind;
}

/** The first code that this call can meet in each of the classes, at most three. */
export function tellingCodes(call: CoveredCall, classes: readonly FailureClass[]): string[] {
  const out: string[] = [];
  for (const each of classes) {
    const mode = call.modes.find((candidate) => candidate.class === each && !candidate.code.startsWith('HTTP_') && !out.includes(candidate.code));
    if (mode) out.push(mode.code);
  }
  return out.slice(0, 3);
}

/** Operations that end something: whether they work matters little, and nothing is lost when they fail. */
export function isCleanUp(call: CoveredCall): boolean {
  return /(?:^|\.)(?:revoke|logout|abort|close|delete-job|unsubscribe)(?:$|[.-])/.test(call.record.operation) || /^(?:logout|revoke|revokeToken|abort|close|unsubscribe)/.test(call.call.method);
}
