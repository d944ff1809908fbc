import type { FileFacts, ValueId } from '../facts/facts.ts';
import { receiverText } from '../resolve/evidence.ts';

/** The receiver at the head of a chain of listeners: `batch` in `batch.on('a', f).on('b', g)`. */
export function chainRoot(facts: FileFacts, id: ValueId): string | undefined {
  let at = id;
  for (let value = facts.values[at]; value?.k === 'call' && value.protocol === 'event'; value = facts.values[at]) {
    const callee = facts.values[value.callee];
    if (callee?.k !== 'member') break;
    at = callee.object;
  }
  return receiverText(facts, at);
}
