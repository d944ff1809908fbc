import type { FileFacts, FunctionFact, ValueId } from '../facts/facts.ts';
import { indexOf, type Consumer } from '../facts/fileIndex.ts';
import { functionIndexOf, returnedWithin } from '../facts/functionIndex.ts';
import { functionAround } from '../facts/positions.ts';
import type { Types } from '../resolve/types.ts';
import type { Handler } from './circumstances.ts';
import { isAbsent } from './nothing.ts';

/** Calls in a row that are looked through for who asks the result for something. */
const DEEPEST = 4;

/**
 * Whether a function that drops a failure then has nothing to answer, and everybody who called it asks that nothing for a member at once, so that the program fails there:
 * `async function rows() { try { return (await conn.query(soql)).records; } catch (error) { log(error); } }` and `(await rows()).length`. Where a caller catches that error
 * too, or looks whether there is an answer, it does not show.
 */
export function crashesCallers(types: Types, { path, at, to }: Handler): boolean {
  const facts = types.program.get(path)!;
  const fnId = functionAround(facts, at, to);
  const fn = facts.functions[fnId]!;
  const isHandler = fn.at === at && fn.to === to;
  // After a handler that ends with nothing, or that leads to the end of its function without another answer.
  if (isHandler ? !returnedWithin(facts, fn, at, to).every((id) => isAbsent(facts, id)) : lastAnswer(facts, fn) >= at) return false;
  if (!isHandler) return areAsked(types, path, fnId, DEEPEST);
  const literal = indexOf(facts).functionValue.get(fnId);
  return literal !== undefined && (indexOf(facts).consumers[literal] ?? []).some((consumer) => {
    const chain = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && chain?.k === 'call' && (chain.protocol === 'then' || chain.protocol === 'catch') && isAsked(types, path, consumer.value, DEEPEST);
  });
}

const lastAnswers = new WeakMap<FunctionFact, number>();

/** Where the last answer of a function stands that is something; -1 where it never answers. It may hold thousands of handlers. */
function lastAnswer(facts: FileFacts, fn: FunctionFact): number {
  let last = lastAnswers.get(fn);
  if (last === undefined) lastAnswers.set(fn, (last = Math.max(-1, ...functionIndexOf(facts, fn).returned.filter((id) => !isAbsent(facts, id)).slice(-1).map((id) => facts.values[id]!.at))));
  return last;
}

/** Whether all calls of a function, of which there are some, are asked for a member. */
function areAsked(types: Types, path: string, fn: number, depth: number): boolean {
  if (depth === 0) return false;
  return types.holds(`asked.${depth}.${fn}@${path}`, () => {
    const sites = types.callers.callSites(path, fn);
    return sites.length > 0 && sites.every((site) => isAsked(types, site.path, site.value, depth - 1));
  });
}

function isAsked(types: Types, path: string, id: ValueId, depth: number): boolean {
  const facts = types.program.get(path)!;
  const { consumers, bindingUses, places } = indexOf(facts);
  const place = places.get(id);
  if (place && facts.functions[place.fn]!.blocks[place.block]!.onThrow !== undefined) return false;
  return (consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'return') return areAsked(types, path, consumer.fn, depth);
    if (consumer.k === 'bind') {
      const uses = bindingUses[consumer.binding] ?? [];
      // What the first use does not fail of, a later one may never see.
      return facts.bindings[consumer.binding]!.sources.length === 1 && uses.length > 0 && isAsked(types, path, uses[0]!, 0);
    }
    if (fails(facts, consumer)) return true;
    const parent = consumer.k === 'value' ? facts.values[consumer.value]! : undefined;
    return consumer.k === 'value' && (parent?.k === 'await' || parent?.k === 'typed') && isAsked(types, path, consumer.value, depth);
  });
}

/** Whether what asks fails of nothing: a member (but `a?.b`), or a loop over it. */
function fails(facts: FileFacts, consumer: Consumer): boolean {
  if (consumer.k === 'iterate') return true;
  const asked = consumer.k === 'value' ? facts.values[consumer.value]! : undefined;
  return asked?.k === 'member' && !asked.optional;
}
