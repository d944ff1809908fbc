import type { CoveredCall } from '../../coverage/coverage.ts';
import type { Severity } from '../../report/callRecord.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** Kinds whose passing failure rejects the whole request, so that a repeat can cure it. Array and bulk calls resolve with per-record errors instead. */
const KINDS = new Set(['create', 'update', 'upsert', 'delete', 'query', 'query-more', 'search', 'retrieve', 'apex-rest', 'raw-request', 'tooling']);

/** A passing failure that is final. */
export const rule: Rule = {
  id: 'missing-retry',
  summary: 'A failure that would pass by itself is final: neither the code, nor a caller, nor the client library tries again.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    const byOwner = new Map<string, CoveredCall[]>();
    for (const call of calls) if (isFinal(call)) byOwner.set(call.owner, [...(byOwner.get(call.owner) ?? []), call]);
    return [...byOwner.values()].map((group) => {
      const call = group[0]!;
      const codes = [...new Set(call.modes.filter((mode) => mode.class === 'transient' && mode.notApplied && isWord(mode.code)).map((mode) => mode.code))].slice(0, 2);
      const passing = codes.length > 0 ? codes.join(' or ') : 'A short outage';
      const more = group.length > 1 ? `, and ${group.length - 1} more in this function` : '';
      const message = `${passing} passes within seconds, but here it is final: nothing tries this ${nounOf(call)} again${more}.`;
      return { call, message, codes, severity: severityOf(call), related: [], fixes: call.call.operation.requests === 'one' ? ['insert-retry'] : [] };
    });
  },
};

/** A code that people know by name and that means one thing. */
function isWord(code: string): boolean {
  return /^[A-Z]/.test(code) && !/^(?:HTTP_|ERROR_HTTP_|E[A-Z]+$)/.test(code) && code !== 'REQUEST_LIMIT_EXCEEDED';
}

function isFinal(call: CoveredCall): boolean {
  const { record } = call;
  if (!KINDS.has(record.kind) || call.call.operation.partial || call.call.operation.requests === 'many-writes') return false;
  if (record.retry !== 'none') return false;
  const transient = record.classes.transient;
  if (!transient || transient.retry !== 'none') return false;
  // A failure that is dropped or forgotten has a worse problem than that nobody tries again.
  return ['propagates', 'generic', 'discriminated'].includes(record.failure) && record.stops !== 'swallowed';
}

/** Where nobody is waiting a lost write stays lost; behind a request a person sees the error and tries again. */
function severityOf({ context, inRecordLoop }: CoveredCall): Severity {
  if (context === 'interactive') return 'hint';
  if (context === 'unattended' || inRecordLoop) return 'warning';
  return 'information';
}
