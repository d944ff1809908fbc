import type { FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Place } from '../resolve/callsByName.ts';
import { callsOfDecorated } from '../resolve/decorations.ts';
import type { Types } from '../resolve/types.ts';
import { LEAVING, leaves, mergeInto, newReaction, type Reaction } from './reaction.ts';
import type { Way } from './ways.ts';

/** Calls of a method through its decorators more than which are not followed. */
const MOST_WAYS = 8;

/**
 * A decorator of the workspace calls the function in its place: what it does about a failure comes first, and what it leaves goes on to whoever calls the
 * function. Undefined where no decorator is seen to call it. `arriving`: what becomes of a failure that comes to a place, as an answer too where `answers`.
 */
export function decorated(types: Types, path: string, fn: FunctionId, arriving: (place: Place, answers: boolean) => Reaction): Pick<Way, 'sites' | 'repeats'> | undefined {
  const layers = layersOf(types, path, fn);
  if (layers.length === 0) return undefined;
  const out: Pick<Way, 'sites' | 'repeats'> = { sites: [], repeats: false };
  for (const places of chained(types, layers, arriving)) {
    let inner = arriving(places[0]!, true);
    let place = places[0]!;
    for (const next of places.slice(1)) {
      if (!leaves(inner)) break;
      inner = goingOn(inner, arriving(next, inner.endings.has('answer')));
      place = next;
    }
    out.repeats ||= inner.repeats;
    if (!leaves(inner)) {
      out.sites.push({ path: place.path, reaction: inner, transparent: false });
      continue;
    }
    const callers = types.callers.callSites(path, fn);
    for (const caller of callers) out.sites.push({ path: caller.path, reaction: goingOn(inner, arriving(caller, inner.endings.has('answer'))), transparent: false });
    if (callers.length > 0) continue;
    const own = withoutLeaving(inner);
    // Nobody here is seen to call it: what the decorator does besides letting the failure out is all that is known.
    if (own.endings.size > 0) out.sites.push({ path: place.path, reaction: own, transparent: false });
    else if (inner.endings.has('wrap')) out.sites.push({ path: place.path, reaction: inner, transparent: false });
  }
  return out;
}

/** The calls by which each decorator calls the method, or what the one below has made of it: the nearest first. */
function layersOf(types: Types, path: string, fn: FunctionId): Place[][][] {
  return types.callers.uses(path, fn).flatMap((use) => {
    const facts = types.program.get(use.path)!;
    const isDecoration = (id: ValueId): boolean => {
      const call = facts.values[id];
      return call?.k === 'call' && call.decorates === true;
    };
    if (!isDecoration(use.call)) return [];
    if (facts.language !== 'javascript') return [types.callers.invocations(use).map((place) => [place])].filter((each) => each.length > 0);
    const decorations: ValueId[] = [];
    for (let at: ValueId | undefined = use.call; at !== undefined; ) {
      decorations.push(at);
      const [next]: { k: string; value?: ValueId }[] = (indexOf(facts).consumers[at] ?? []).filter((each) => each.k === 'value' && isDecoration(each.value));
      at = next?.value;
    }
    return decorations.map((each) => callsOfDecorated(types, use.path, each)).filter((each) => each.length > 0);
  });
}

/** The ways through all layers. What is called again where it has failed is the same once more: the first call decides. */
function chained(types: Types, layers: readonly Place[][][], arriving: (place: Place, answers: boolean) => Reaction): Place[][] {
  const firsts = layers.map((calls) => {
    const reached = calls.map((places) => ({ places, handler: arriving(places[0]!, true).handler }));
    return calls.filter((places) => {
      const { path, value } = places[0]!;
      const { at } = types.program.get(path)!.values[value]!;
      return !reached.some((other) => other.places !== places && other.handler?.path === path && other.handler.at <= at && at < other.handler.to);
    });
  });
  return firsts.reduce<Place[][]>((ways, calls) => ways.flatMap((way) => calls.map((places) => [...way, ...places])).slice(0, MOST_WAYS), [[]]).filter((way) => way.length > 0);
}

/** What a failure meets next, added to what it has met. */
function goingOn(inner: Reaction, next: Reaction): Reaction {
  const out = withoutLeaving(inner);
  const wrapped = inner.endings.has('wrap');
  mergeInto(out, next);
  if (wrapped && out.endings.delete('rethrow')) out.endings.add('wrap');
  return out;
}

function withoutLeaving(inner: Reaction): Reaction {
  const out = newReaction();
  mergeInto(out, inner);
  for (const ending of LEAVING) out.endings.delete(ending);
  out.leavesAt = [];
  return out;
}
