import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { RuleFinding } from './rule.ts';
import { nounOf } from './wording.ts';

/** A finding at a place in the code, which calls share that come there, if it stands in the call's file; else at the call, with the place beside it. */
export function placed(call: CoveredCall, { path, at, to }: { path: string; at: number; to: number }, said: Omit<RuleFinding, 'call' | 'place'>): RuleFinding {
  if (path === call.record.path) return { call, place: { start: at, end: to }, shares: { by: 'place', key: String(at), noun: nounOf(call) }, ...said };
  return { call, ...said, related: [{ path, start: at, end: to, message: 'It stands here.' }, ...said.related] };
}
