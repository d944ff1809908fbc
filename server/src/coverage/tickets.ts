import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { plainName } from '../facts/reads.ts';
import { clientInvocation } from '../resolve/clientInvocation.ts';
import { variantOf } from '../resolve/clientVariant.ts';
import type { Types } from '../resolve/types.ts';
import type { Effects } from './effects.ts';

/** Members by which the outcome is asked for later. */
export const TICKETS = new Set(['requestId', 'id', 'jobId', 'batchId']);

/** Whether who is told that a batch is queued keeps what its rows can be asked for with: `(info) => follow(job.batch(info.id))`. */
export function keepsTicket(types: Types, path: string, handler: ValueId | undefined, effects: Effects): boolean {
  if (handler === undefined) return false;
  return types.of(path, handler).some((type) => {
    if (type.k !== 'function') return false;
    const facts = types.program.get(type.path)!;
    return (indexOf(facts).parameterValues.get(type.fn) ?? []).some((id) => {
      const value = facts.values[id];
      return value?.k === 'parameter' && value.index === 0 && ticketsOf(facts, id, 0).some((ticket) => isKept(facts, ticket, type.path, effects));
    });
  });
}

/** The members of a value, by whatever name it has, that its outcome can be asked for with. */
function ticketsOf(facts: FileFacts, id: ValueId, depth: number): ValueId[] {
  if (depth > 2) return [];
  const index = indexOf(facts);
  return (index.consumers[id] ?? []).flatMap((consumer): ValueId[] => {
    if (consumer.k === 'bind') return (index.bindingUses[consumer.binding] ?? []).flatMap((use) => ticketsOf(facts, use, depth + 1));
    const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && member?.k === 'member' && TICKETS.has(plainName(member.name)) ? [consumer.value] : [];
  });
}

/** The values by which a member is had: itself, or what asking for it gives, `info.getId()`. */
export function asksFor(facts: FileFacts, member: ValueId): ValueId[] {
  const calls = (indexOf(facts).consumers[member] ?? []).flatMap((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && call?.k === 'call' && call.callee === member ? [consumer.value] : [];
  });
  return calls.length > 0 ? calls : [member];
}

/** Whether a value is given to a call that fetches the outcomes, and what that gives goes anywhere but into a log line. */
export function fetches(types: Types, path: string, id: ValueId, readBy: string, effects: Effects): boolean {
  const facts = types.program.get(path)!;
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value' || call?.k !== 'call' || call.callee === id) return false;
    const invocation = clientInvocation(types, path, call);
    return invocation !== undefined && variantOf(types, path, invocation.method, invocation.args, invocation.byName)?.operation === readBy && isKept(facts, consumer.value, path, effects);
  });
}

/** Whether a value goes anywhere but into a log line. */
export function isKept(facts: FileFacts, id: ValueId, path: string, effects: Effects): boolean {
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    const user = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value') return consumer.k !== 'drop';
    return user?.k !== 'template' && !(user?.k === 'call' && effects.of(path, consumer.value, undefined) === 'log');
  });
}
