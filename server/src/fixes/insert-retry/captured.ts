import type { FileFacts, ValueId } from '../../facts/facts.ts';
import { indexOf, lastName, partsOf } from '../../facts/fileIndex.ts';

const MADE_BY = /^(?:createReadStream|createReadableStream|values|entries|keys|stream|iterator|pipe|pipeline|FormData|PassThrough|Readable)$/;

/** Whether an expression is given something that was made outside and can be read only once: a stream, an iterator, what a generator makes. */
export function hasSingleUse(facts: FileFacts, root: ValueId): boolean {
  return bindingsIn(facts, root).some((binding) => {
    const { sources, kind } = facts.bindings[binding]!;
    return kind === 'variable' && sources.some((source) => {
      const value = facts.values[source]!;
      if (value.k !== 'call') return false;
      const name = lastName(facts, value.callee) ?? '';
      const callee = facts.values[value.callee]!;
      const made = callee.k === 'binding' ? facts.bindings[callee.binding]!.sources.map((each) => facts.values[each]!) : [];
      if (made.some((each) => each.k === 'function' && facts.functions[each.fn]!.generator)) return true;
      return MADE_BY.test(name) && !(callee.k === 'member' && facts.values[callee.object]!.k === 'global' && /^Object$/.test(lastName(facts, callee.object) ?? ''));
    });
  });
}

/** Whether a variable that an expression names has a member written after it, or in a loop around it: a repeat would send something else. */
export function isChangedLater(facts: FileFacts, root: ValueId): boolean {
  const { at, in: fn } = facts.values[root]!;
  const stored = storedObjects(facts);
  return bindingsIn(facts, root).some((binding) => (indexOf(facts).bindingUses[binding] ?? []).some((use) => {
    const place = facts.values[use]!;
    return stored.has(use) && place.in === fn && (place.at > at || sharesLoop(facts, fn, at, place.at));
  }));
}

const stores = new WeakMap<FileFacts, Set<ValueId>>();

/** The objects, by where they are named, of which a member is written there. */
function storedObjects(facts: FileFacts): Set<ValueId> {
  let known = stores.get(facts);
  if (!known) stores.set(facts, (known = new Set(facts.stores.map(({ object }) => object))));
  return known;
}

function sharesLoop(facts: FileFacts, fn: number, one: number, other: number): boolean {
  return facts.functions[fn]!.loops.some((loop) => loop.at <= one && one < loop.to && loop.at <= other && other < loop.to);
}

function bindingsIn(facts: FileFacts, root: ValueId): number[] {
  const out: number[] = [];
  const work = [root];
  const seen = new Set<ValueId>();
  while (work.length > 0) {
    const id = work.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    const value = facts.values[id]!;
    if (value.k === 'binding') out.push(value.binding);
    work.push(...partsOf(value));
  }
  return out;
}
