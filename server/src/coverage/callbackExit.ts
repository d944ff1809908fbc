import type { BindingId, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Types } from '../resolve/types.ts';
import { deferredExits } from './deferred.ts';
import type { Exit } from './reaction.ts';

/** Where a failure goes that is handed to a name which is some function's parameter. */
export function callbackExit(path: string, facts: FileFacts, binding: BindingId): Exit {
  const fn = facts.bindings[binding]!.in;
  const parameter = facts.functions[fn]!.params.findIndex((each) => each.binding === binding);
  const literal = indexOf(facts).functionValue.get(fn);
  const isExecutor = literal !== undefined && (indexOf(facts).consumers[literal] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return call?.k === 'call' && call.protocol === 'promise';
  });
  // A hand-made promise rejects: the failure leaves through the promise.
  if (isExecutor) return { path, fn, rejects: true };
  return parameter < 0 ? { path, fn } : { path, fn, parameter };
}

/** The same for a call of such a name: the callback that is handed the error belongs to whoever gave it. */
export function exitsByCall(types: Types, path: string, facts: FileFacts, id: ValueId): Exit[] {
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  const rejected = call?.k === 'call' ? deferredExits(types, path, call.callee) : undefined;
  if (rejected) return rejected;
  return callee?.k === 'binding' ? [callbackExit(path, facts, callee.binding)] : [];
}
