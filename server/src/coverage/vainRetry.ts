import type { FunctionId, Span, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { retryLibrary, toldByDecorator } from '../resolve/retryLibraries.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import type { Followed } from './followed.ts';
import { reachableBlocks } from '../facts/blocks.ts';
import type { Effects } from './effects.ts';
import type { Reaction } from './reaction.ts';
import type { Settle } from './settle.ts';

/** A retry around a call that no refusal by Salesforce sets off. */
export interface VainRetry extends Span {
  path: string;
  /** `caught`: the repeated function never fails. `answer`: a refusal is no failure but an answer, at which nobody looks before the retry gets it. */
  why: 'caught' | 'answer';
}

/** The retry around a call that cannot fire, if there is one. `reaction`: what becomes of the call's failure in its own function. */
export function vainRetry(types: Types, effects: Effects, settle: Settle, call: SalesforceCall, reaction: Reaction, followed: Followed): VainRetry | undefined {
  const fn = types.program.get(call.path)!.values[call.value]!.in;
  const endings = [...reaction.endings];
  if (reaction.unknown || reaction.repeats || endings.length === 0) return undefined;
  const facts = types.program.get(call.path)!;
  const decorated = facts.functions[fn]!;
  const told = toldByDecorator(facts, decorated.decorators);
  const uses = types.callers.uses(call.path, fn);
  if (uses.length === 0 && !told) return undefined;
  const caught = endings.every((each) => each === 'forgotten' || each === 'shown') && neverFails(types, effects, call, fn);
  const answers = call.http?.byValue === true && endings.every((each) => each === 'answer') && !reaction.looked;
  if (!caught && !answers) return undefined;
  if (told && !told.byResult) return { path: call.path, at: decorated.at, to: decorated.to, why: caught ? 'caught' : 'answer' };
  for (const use of uses) {
    const library = retryLibrary(types, use.path, use.call, use.index);
    // A policy of which nothing but its name is known may look at results.
    const repeats = library ? !library.manual && 'export' in library : types.callers.invocations(use).some((site) => onlyFailuresRepeat(types, settle, site.path, site.value, followed));
    if (!repeats) continue;
    const { at, to } = types.program.get(use.path)!.values[use.call]!;
    return { path: use.path, at, to, why: caught ? 'caught' : 'answer' };
  }
  return undefined;
}

/** Whether no step of a function but those of the call itself can fail outside of what catches it. */
function neverFails(types: Types, effects: Effects, call: SalesforceCall, fn: FunctionId): boolean {
  const facts = types.program.get(call.path)!;
  const span = facts.values[call.value]!;
  return [...reachableBlocks(facts.functions[fn]!.blocks)].every((id) => {
    const block = facts.functions[fn]!.blocks[id]!;
    if (block.onThrow !== undefined) return true;
    return block.next.k !== 'throw' && block.next.k !== 'resume' && block.steps.every((step) => {
      if (step.k !== 'call') return true;
      const value = facts.values[step.value]!;
      const ofChain = value.at <= span.at && value.to >= span.at;
      return ofChain || ['none', 'log'].includes(effects.of(call.path, step.value, undefined));
    });
  });
}

/** Whether a wrapper that calls what it was given calls it again after a failure, and gives on whatever else it gets without a look at it. */
function onlyFailuresRepeat(types: Types, settle: Settle, path: string, site: ValueId, followed: Followed): boolean {
  if (!settle.promise(path, site, followed).repeats) return false;
  const facts = types.program.get(path)!;
  const consumers = (id: ValueId): boolean => (indexOf(facts).consumers[id] ?? []).every((consumer) => {
    if (consumer.k === 'return') return true;
    return consumer.k === 'value' && facts.values[consumer.value]?.k === 'await' && consumers(consumer.value);
  });
  return consumers(site);
}
