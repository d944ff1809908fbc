import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Place } from './callsByName.ts';
import type { HttpUse } from './httpRequests.ts';
import type { Types } from './types.ts';

/** A place where a request is sent that was made before. */
export interface Sending extends Place {
  answer: HttpAnswer;
  /** The calls that hand the request on to the function in which it is sent, the outermost first. */
  through: readonly Place[];
}

/** Names and functions through which a request is followed. */
const MOST_HANDS = 12;

/** The places where the request is sent that a call gives: `api.read(id).execute()`, with names and functions of the workspace between. */
export function sendingsOf(types: Types, path: string, value: ValueId, { later, type }: HttpUse): Sending[] {
  const out: Sending[] = [];
  const seen = new Set<string>();
  const follow = (at: string, id: ValueId, through: readonly Place[], depth: number): void => {
    const key = `${id}@${at}`;
    const facts = types.program.get(at)!;
    if (!later || seen.has(key) || depth > MOST_HANDS) return;
    seen.add(key);
    const index = indexOf(facts);
    for (const consumer of index.consumers[id] ?? []) {
      if (consumer.k === 'bind') for (const use of index.bindingUses[consumer.binding] ?? []) follow(at, use, through, depth + 1);
      else if (consumer.k === 'return' && through.length === 0) for (const site of types.callers.callSites(at, consumer.fn)) follow(site.path, site.value, through, depth + 1);
      if (consumer.k !== 'value') continue;
      const parent = facts.values[consumer.value]!;
      if (parent.k === 'typed' || parent.k === 'assign' || parent.k === 'choice') follow(at, consumer.value, through, depth + 1);
      else if (parent.k === 'member' && parent.object === id) {
        const answer = type.library.answers.find((each) => each.id === later.sends.find(({ name }) => name === parent.name)?.answer);
        for (const outer of index.consumers[consumer.value] ?? []) {
          const call = outer.k === 'value' ? facts.values[outer.value] : undefined;
          if (outer.k !== 'value' || call?.k !== 'call' || call.callee !== consumer.value) continue;
          if (answer) out.push({ path: at, value: outer.value, answer, through });
          else if (later.copies.includes(parent.name)) follow(at, outer.value, through, depth + 1);
        }
      } else if (parent.k === 'call' && parent.callee !== id) {
        for (const called of types.of(at, parent.callee)) {
          if (called.k !== 'function') continue;
          const { values } = types.program.get(called.path)!;
          for (const each of indexOf(types.program.get(called.path)!).parameterValues.get(called.fn) ?? []) {
            const parameter = values[each];
            if (parameter?.k === 'parameter' && parameter.index === parent.args.indexOf(id)) follow(called.path, each, [...through, { path: at, value: consumer.value }], depth + 1);
          }
        }
      }
    }
  };
  follow(path, value, [], 0);
  return out;
}
