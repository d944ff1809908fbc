import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Severity } from '../../report/callRecord.ts';
import { isOneRequest } from '../oneRequest.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { inFunction } from '../sharing.ts';
import { nounOf } from '../wording.ts';

/** Kinds whose passing failure rejects the whole request, so that a repeat can cure it. Array and bulk calls resolve with per-record errors instead. */
const READS = new Set(['query', 'query-more', 'search', 'retrieve']);
const WRITES = new Set(['create', 'update', 'upsert', 'delete', 'apex-rest', 'raw-request']);

/** A passing failure that is final. */
export const rule: Rule = {
  id: 'missing-retry',
  summary: 'A failure that would pass by itself is final: neither the code, nor a caller, nor the client library tries again.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.filter(isFinal).map((call) => {
      const codes = passingCodes(call);
      const message = `${codes.join(' or ')} passes within seconds, but nothing here tries this ${nounOf(call)} again.`;
      return { call, message, ...inFunction(call, 'retry-function'), codes, severity: severityOf(call), related: [], fixes: ['insert-retry', ...(call.record.kind === 'create' ? ['upsert-instead'] : [])] };
    });
  },
};

function isFinal(call: CoveredCall): boolean {
  const { record } = call;
  const isRead = READS.has(record.kind);
  if (!isRead && !WRITES.has(record.kind)) return false;
  if (!isOneRequest(call) || passingCodes(call).length === 0) return false;
  const transient = record.classes.transient;
  if (record.retry !== 'none' || transient?.retry !== 'none') return false;
  // A failure that is dropped or forgotten has a worse problem than that nobody tries again; one that is met by other work is met.
  if (!['propagates', 'generic', 'discriminated'].includes(record.failure) || record.stops === 'swallowed' || call.hasFallback) return false;
  // Somebody who waits sees the error and asks again; a script that ends with it has failed visibly and is run again.
  if (call.context === 'interactive' || (call.context === 'script' && !call.inRecordLoop)) return false;
  // The client under another name: whether it matters is for whoever calls it, and they are not known.
  if (record.stops === 'unknown' && call.passesOnItsObject) return false;
  // What a request to an unread address does is not known, nor whether it is work that nobody watches.
  if (record.kind === 'raw-request' && call.context !== 'unattended') return false;
  // A read is lost only where nobody waits for it; where nobody knows where it ends, there is nothing to say.
  return !isRead || (record.stops !== 'unknown' && severityOf(call) === 'warning');
}

/** Codes by which Salesforce says that it refused the request for now: names that people know and that mean one thing. */
function passingCodes(call: CoveredCall): string[] {
  let plain = plainCodes.get(call.modes);
  if (!plain) plainCodes.set(call.modes, (plain = plainCodesOf(call.modes)));
  // What a request to an unread address can meet beyond that is not known.
  return plain.filter((code) => call.record.kind !== 'raw-request' || code === 'SERVER_UNAVAILABLE').slice(0, 2);
}

/** By the modes of an operation, which all its calls share. */
const plainCodes = new WeakMap<CoveredCall['modes'], readonly string[]>();

function plainCodesOf(modes: CoveredCall['modes']): readonly string[] {
  const codes = modes.filter((mode) => mode.class === 'transient' && mode.notApplied && /^[A-Z]+(?:_[A-Z]+)+$/.test(mode.code)).map((mode) => mode.code);
  return [...new Set(codes)].filter((code) => !['REQUEST_LIMIT_EXCEEDED', 'QUERY_TIMEOUT', 'EAI_AGAIN'].includes(code));
}

/** Where nobody is waiting a lost write stays lost; where callers are not known, it is only a remark. */
function severityOf({ context, inRecordLoop, record }: CoveredCall): Severity {
  if (record.kind === 'raw-request') return 'hint';
  if (context === 'unattended' || (inRecordLoop && record.stops !== 'unknown')) return 'warning';
  if (record.stops === 'unknown') return 'hint';
  return 'information';
}
