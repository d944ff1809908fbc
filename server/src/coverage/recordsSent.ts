import { indexOf } from '../facts/fileIndex.ts';
import { receiverText } from '../resolve/evidence.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { shapeOf } from '../resolve/shape.ts';
import type { Types } from '../resolve/types.ts';

/** Whether a call of an operation that takes many records sends one, which succeeds or fails as a whole: always, or as long as the object that sends it holds no list. */
export function sendsOne(types: Types, { path, value, variant }: SalesforceCall): boolean {
  if (variant.writes === undefined || variant.writes === 'one') return variant.writes === 'one';
  const facts = types.program.get(path)!;
  const call = facts.values[value];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  const holder = callee?.k === 'member' ? receiverText(facts, callee.object) : undefined;
  if (holder === undefined) return false;
  const held = (indexOf(facts).storesByName.get(variant.writes.property) ?? []).map((index) => facts.stores[index]!).filter((store) => receiverText(facts, store.object) === holder);
  return held.length > 0 && held.every((store) => shapeOf(types, path, store.value) !== 'array');
}

/** Whether a call sends a question to a job, and no rows: all that is said of jobs in its function, or else in its file, is that they ask. */
export function asksOnly(types: Types, { path, value, variant }: SalesforceCall): boolean {
  const { asks } = variant;
  const facts = types.program.get(path)!;
  const all = asks === undefined ? [] : (indexOf(facts).callsByName.get(asks.by) ?? []);
  const here = all.filter((each) => facts.values[each]!.in === facts.values[value]!.in);
  const said = here.length > 0 ? here : all;
  return said.length > 0 && said.every((each) => {
    const call = facts.values[each];
    const word = call?.k === 'call' ? facts.values[call.args[0] ?? -1] : undefined;
    return word?.k === 'member' && asks!.words.includes(word.name);
  });
}
