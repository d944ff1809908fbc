import type { BindingId, FileFacts, FunctionFact, FunctionId, Span, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { isNothing } from './nothing.ts';
import type { Reaction } from './reaction.ts';

/** Names of errors that tell whoever repeats to stop. */
const STOPS = /abort|bail|unrecoverable|non-?retr|no-?retr|not-?retr|fatal|permanent|give-?up|stop-?retr/i;

/**
 * Whether a name from outside the handler is given something worth reading later. `region`: the catch clause, where the handler is one. `failing`: the
 * call of this function that failed.
 */
export function isNote(facts: FileFacts, fn: FunctionFact, fnId: FunctionId, region: number, binding: BindingId, value: ValueId, failing: ValueId | undefined): boolean {
  const fact = facts.bindings[binding]!;
  if (fact.kind === 'caught') return false;
  const handler = region >= 0 ? fn.handlers[region] : undefined;
  const local = handler ? fact.at >= handler.at && fact.at < handler.to : fact.in === fnId;
  return !local && !countsAttempts(facts, fn, binding, failing) && (!isNothing(facts, value) || (handler !== undefined && failing !== undefined && isTakenAway(facts, binding, handler, failing)));
}

/** Whether a name only counts how often a loop has tried: it grows or shrinks by a number, something is compared with it, and nobody asks for it after the loop. */
function countsAttempts(facts: FileFacts, fn: FunctionFact, binding: BindingId, failing: ValueId | undefined): boolean {
  const call = failing === undefined ? undefined : facts.values[failing];
  const loop = call && fn.loops.find(({ at, to }) => at <= call.at && to >= call.to);
  const { kind, sources } = facts.bindings[binding]!;
  if (!loop || kind === 'import' || sources.length < 2) return false;
  const isOwn = (id: ValueId): boolean => facts.values[id]?.k === 'binding' && (facts.values[id] as { binding: BindingId }).binding === binding;
  const counts = sources.filter((source) => {
    const value = facts.values[source];
    if (value?.k !== 'operator' || !value.of.some(isOwn)) return false;
    return value.op === '++' || value.op === '--' || (/^[+-]=?$/.test(value.op) && value.of.some((each) => isNumber(facts, each)));
  });
  if (counts.length === 0 || sources.some((source) => !counts.includes(source) && facts.values[source]!.at > loop.at)) return false;
  const { bindingUses, consumers } = indexOf(facts);
  const uses = bindingUses[binding] ?? [];
  const compared = [...uses, ...counts].some((use) => (consumers[use] ?? []).some((each) => each.k === 'value' && isComparison(facts, each.value)));
  return compared && uses.every((use) => facts.values[use]!.at < loop.to);
}

function isNumber(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' && typeof value.value === 'number';
}

function isComparison(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'operator' && /^(?:[<>]=?|[!=]==?)$/.test(value.op);
}

/** Whether a name loses by being given nothing what it held before the call and what is asked for later: `conn = None`. What the call was to give is not. */
function isTakenAway(facts: FileFacts, binding: BindingId, handler: Span, failing: ValueId): boolean {
  const { kind, sources } = facts.bindings[binding]!;
  const held = sources.filter((source) => !isNothing(facts, source)).map((source) => facts.values[source]!);
  const call = facts.values[failing]!;
  if ((kind !== 'parameter' && held.length === 0) || held.some(({ to }) => to > call.at)) return false;
  return (indexOf(facts).bindingUses[binding] ?? []).some((use) => facts.values[use]!.at >= handler.to);
}

/** Whether a thrown value says that it is of no use to try again: `new AbortError(e)`. Undefined where one of several is thrown, of which some say so. */
export function isFinal(facts: FileFacts, value: ValueId): boolean | undefined {
  const thrown = facts.values[value];
  if (thrown?.k === 'choice') return thrown.of.some((each) => isFinal(facts, each) !== false) ? undefined : false;
  return thrown?.k === 'call' && STOPS.test(lastName(facts, thrown.callee) ?? '');
}

/** Notes what a thrown value says of the failure: that nobody must try again, or, unless something else has told of it (`quiet`), nothing at all. */
export function noteThrown(out: Reaction, path: string, facts: FileFacts, value: ValueId, quiet: boolean): void {
  const final = isFinal(facts, value);
  out.undecided ||= final === undefined;
  out.final = (out.final ?? true) && final === true;
  const { at, to } = facts.values[value]!;
  if (!quiet) out.loses ??= { path, at, to };
}
