import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { BindingId, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { type Sending, sendingsOf } from '../resolve/sendings.ts';
import type { Types } from '../resolve/types.ts';
import { toldByEvents } from './answerEvents.ts';
import type { Answers } from './answers.ts';
import { callbackExit } from './callbackExit.ts';
import type { Effects } from './effects.ts';
import type { Followed } from './followed.ts';
import { LEAVING, leaves, mergeInto, newReaction, type Reaction } from './reaction.ts';
import type { Settle } from './settle.ts';
import { walk } from './walk.ts';

/** Where a call's request is sent, or told of, elsewhere than where the call stands; undefined for a call that gives the answer itself. */
function sendingsFor(types: Types, { path, value, http }: SalesforceCall): Sending[] | undefined {
  if (http?.later) return sendingsOf(types, path, value, http);
  return http?.answer.by === 'event' && http.answer.callback ? [{ path, value, answer: http.answer, through: [] }] : undefined;
}

/** What becomes of a request that is made at one place and sent at another, or that tells a listener of its answer. */
export class SentLater {
  private readonly types: Types;
  private readonly effects: Effects;
  private readonly settle: Settle;
  private readonly answers: Answers;

  constructor(types: Types, effects: Effects, settle: Settle, answers: Answers) {
    this.types = types;
    this.effects = effects;
    this.settle = settle;
    this.answers = answers;
  }

  /** What becomes of its failure, and of a failed answer; undefined for a call that gives its answer itself. */
  of(call: SalesforceCall, followed: Followed): { failed: Reaction; answered: Reaction | undefined } | undefined {
    if (call.variant.listener) return this.toldByClient(call, call.variant.listener, followed);
    const told = toldByEvents(this.types, this.effects, this.answers, call, followed);
    if (told) return told;
    const sendings = sendingsFor(this.types, call);
    if (!sendings) return undefined;
    const failed = newReaction();
    const answered = newReaction();
    for (const each of sendings) {
      if (each.answer.by === 'event') {
        mergeInto(failed, this.told(each, 'error', followed));
        mergeInto(answered, this.told(each, 'response', followed));
        continue;
      }
      mergeInto(failed, this.through(each, this.settle.thrownBy(each.path, each.value, followed), followed));
      mergeInto(answered, this.through(each, this.answers.at(each.path, each.value, each.answer, followed), followed));
    }
    if (failed.endings.size === 0 && !failed.repeats) failed.unknown = true;
    if (followed.mode !== undefined && !followed.mode.hasStatus()) return { failed, answered: undefined };
    if (answered.endings.size > 0 || answered.repeats) return { failed, answered };
    // What somebody else does with a failed answer decides, and is not known.
    return { failed: answered.unknown ? unknown() : failed, answered: undefined };
  }

  /** What a listener does that a method of a client library is given: all failures come to it, those of the connection too. */
  private toldByClient({ path, args, model, variant }: SalesforceCall, { argument, method, given }: NonNullable<SalesforceCall['variant']['listener']>, followed: Followed): { failed: Reaction; answered: Reaction | undefined } | undefined {
    const listener = args[argument];
    const ok = (variant.failure ?? model?.failure)?.ok?.replace('()', '');
    if (listener === undefined || (given === 'result' && ok === undefined)) return undefined;
    const told = newReaction();
    for (const type of this.types.of(path, listener)) {
      // A function is its own one method.
      for (const each of type.k === 'function' ? [type] : this.types.member(type, method)) {
        if (each.k !== 'function') continue;
        const last = this.types.program.get(each.path)!.functions[each.fn]!.params.length - 1;
        const answer: HttpAnswer = { id: 'told', by: 'event', callback: { error: 0, response: Math.max(last, 0) }, status: [], ok: ok === undefined ? [] : [ok], body: [] };
        mergeInto(told, this.heard(each.path, each.fn, answer, given === 'result' ? 'response' : 'error', followed));
      }
    }
    const failed = told.endings.size > 0 || told.repeats ? told : unknown();
    return { failed, answered: given === 'result' ? failed : undefined };
  }

  /** What leaves a function that was handed the request comes to whoever has handed it. */
  private through({ through, answer }: Sending, reaction: Reaction, followed: Followed): Reaction {
    let out = reaction;
    for (const { path, value } of through.toReversed()) {
      const comes = out.endings.has('answer');
      if (!comes && !leaves(out)) return out;
      const next = newReaction();
      mergeInto(next, out);
      for (const ending of LEAVING) next.endings.delete(ending);
      next.endings.delete('answer');
      next.leavesAt = [];
      mergeInto(next, comes ? this.answers.at(path, value, answer, followed) : this.settle.thrownBy(path, value, followed));
      out = next;
    }
    return out;
  }

  /** What a listener does that is given the error, or the answer. */
  private told({ path, value, answer, through }: Sending, what: 'error' | 'response', followed: Followed): Reaction {
    const facts = this.types.program.get(path)!;
    const call = facts.values[value];
    const given = call?.k === 'call' ? call.args.at(-1) : undefined;
    if (given === undefined) return unknown();
    const listener = this.listenerAt(path, given, through);
    const own = this.types.program.get(listener.path)!;
    const named = own.values[listener.value];
    if (named?.k === 'binding' && own.bindings[named.binding]!.kind === 'parameter') {
      const out = newReaction();
      out.endings.add('pass');
      out.leavesAt.push(callbackExit(listener.path, own, named.binding));
      return out;
    }
    const out = newReaction();
    for (const type of this.types.of(listener.path, listener.value)) {
      for (const method of this.types.member(type, answer.events![what])) if (method.k === 'function') mergeInto(out, this.heard(method.path, method.fn, answer, what, followed));
    }
    return out.endings.size > 0 || out.repeats ? out : unknown();
  }

  /** The listener, where whoever handed the request on has handed it too. */
  private listenerAt(path: string, given: ValueId, through: readonly { path: string; value: ValueId }[]): { path: string; value: ValueId } {
    const facts = this.types.program.get(path)!;
    const value = facts.values[given];
    const site = through.at(-1);
    if (value?.k !== 'binding' || facts.bindings[value.binding]!.kind !== 'parameter' || !site) return { path, value: given };
    const index = facts.functions[facts.bindings[value.binding]!.in]!.params.findIndex(({ binding }) => binding === value.binding);
    const call = this.types.program.get(site.path)!.values[site.value];
    const handed = call?.k === 'call' ? call.args[index] : undefined;
    return handed === undefined ? { path, value: given } : this.listenerAt(site.path, handed, through.slice(0, -1));
  }

  private heard(path: string, fn: FunctionId, model: HttpAnswer, what: 'error' | 'response', followed: Followed): Reaction {
    const { params, at, to } = this.types.program.get(path)!.functions[fn]!;
    const binding = params[model.callback?.[what] ?? 0]?.binding;
    const reaction = what === 'response' ? this.answers.heard(path, fn, binding, model, followed) : walk(this.types, this.effects, path, fn, { k: 'handler', error: binding, callback: false, value: undefined }, followed);
    if (what === 'error') reaction.handler = { path, at, to };
    else if (binding !== undefined && !reaction.looked && this.isHandedOn(path, binding)) return unknown();
    // What a listener throws reaches nobody.
    reaction.leavesAt = reaction.leavesAt.filter((exit) => exit.parameter !== undefined || exit.rejects === true || exit.deferred !== undefined);
    return reaction;
  }

  /** Whether an answer is given to somebody else, who may look at it: `listener.onSuccess(new Answer(response))`. */
  private isHandedOn(path: string, binding: BindingId): boolean {
    const facts = this.types.program.get(path)!;
    const { bindingUses, consumers } = indexOf(facts);
    return (bindingUses[binding] ?? []).some((use) => (consumers[use] ?? []).some((consumer) => {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return call?.k === 'call' && call.args.includes(use);
    }));
  }
}

function unknown(): Reaction {
  return Object.assign(newReaction(), { unknown: true });
}
