import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { referenceOf } from '../resolve/callbacks.ts';
import { takers } from '../resolve/httpRequests.ts';
import type { Types } from '../resolve/types.ts';
import type { Effects } from './effects.ts';
import type { AnswerFlow } from './errorFlow.ts';
import { exitOf, type Followed } from './followed.ts';
import { mergeInto, newReaction, type Reaction } from './reaction.ts';
import { answerOfList } from './listedAnswers.ts';
import type { Settle } from './settle.ts';
import type { Start } from './pathState.ts';
import { walk } from './walk.ts';

/** Promise handlers deeper than this are not followed. */
const MAX_DEPTH = 40;
/** Methods and members of a body that every HTTP client has in one way or another. */
const READERS = ['json', 'text', 'buffer', 'clone'];

/** Follows the answer of an HTTP client that reports a failed status as a result, to whoever looks at it. */
export class Answers {
  private readonly types: Types;
  private readonly effects: Effects;
  private readonly settle: Settle;

  constructor(types: Types, effects: Effects, settle: Settle) {
    this.types = types;
    this.effects = effects;
    this.settle = settle;
  }

  /** What becomes of a failed answer that the promise, or the plain value, resolves to. An empty reaction says that nobody is seen to get it. */
  of(path: string, id: ValueId, model: HttpAnswer, followed: Followed, seen = new Set<string>(), depth = 0): Reaction {
    const out = newReaction();
    const key = `${id}@${path}`;
    if (seen.has(key) || depth > MAX_DEPTH) return out;
    seen.add(key);
    const facts = this.types.program.get(path)!;
    for (const consumer of indexOf(facts).consumers[id] ?? []) {
      if (consumer.k === 'bind') {
        for (const use of indexOf(facts).bindingUses[consumer.binding] ?? []) mergeInto(out, this.of(path, use, model, followed, seen, depth + 1));
      } else if (consumer.k === 'return') {
        out.endings.add('answer');
        out.leavesAt.push({ path, fn: consumer.fn, answer: model });
      } else if (consumer.k === 'value') {
        mergeInto(out, this.usedBy(path, facts, id, consumer.value, model, followed, seen, depth + 1));
      }
    }
    return out;
  }

  /** The same for an answer that comes as the plain value of a call. */
  at(path: string, call: ValueId, model: HttpAnswer, followed: Followed): Reaction {
    const place = indexOf(this.types.program.get(path)!).places.get(call);
    return place ? this.arrives(path, place.fn, place.block, call, model, followed, this.holders(path, call, model)) : newReaction();
  }

  /** The name of the argument that holds the answer. */
  private holders(path: string, id: ValueId, model: HttpAnswer): number[] {
    const { values } = this.types.program.get(path)!;
    const call = values[id];
    const holder = call?.k === 'call' && model.argument !== undefined ? values[call.args[model.argument] ?? -1] : undefined;
    return holder?.k === 'binding' ? [holder.binding] : [];
  }

  /** The callback of a call, which gets the answer by name. */
  callback(path: string, id: ValueId, model: HttpAnswer, followed: Followed): Reaction {
    const places = model.callback;
    for (const type of this.types.of(path, id)) {
      if (type.k !== 'function' || !places) continue;
      const params = this.types.program.get(type.path)!.functions[type.fn]!.params;
      const names = [places.response, places.body].flatMap((index) => (index === undefined ? [] : (params[index]?.binding ?? [])));
      const error = places.error === undefined ? undefined : params[places.error]?.binding;
      if (names.length === 0) continue;
      const start: Start = { k: 'answer', model, block: 0, value: undefined, names, flow: flowOf(model, error) };
      if (model.body.length > 0 || places.body !== undefined) return walk(this.types, this.effects, type.path, type.fn, start, followed);
      // The body comes in pieces to listeners in here, one of which may look at the status.
      return this.listening(type.path, type.fn, start, followed);
    }
    return newReaction();
  }

  /** A function that is given the answer before the call is left: what it throws leaves there, and what it gives comes from there. */
  inPlace(path: string, id: ValueId, call: ValueId, model: HttpAnswer, followed: Followed): Reaction {
    const functions = takers(this.types, path, id, model.inPlace);
    if (model.by === 'promise') return this.handled(functions, model, followed, () => this.of(path, call, model, followed), () => this.settle.promise(path, call, followed));
    return functions.length === 0 ? newReaction() : this.handled(functions, model, followed, () => this.at(path, call, model, followed), () => this.settle.thrownBy(path, call, followed));
  }

  /** A listener that gets the answer by a name, if it takes it. */
  heard(path: string, fn: FunctionId, binding: number | undefined, model: HttpAnswer, followed: Followed): Reaction {
    return binding === undefined ? forgotten() : walk(this.types, this.effects, path, fn, { k: 'answer', model, block: 0, value: undefined, names: [binding], flow: flowOf(model, undefined) }, followed);
  }

  /** The reaction of the function, or of one in it, that tests the answer; nothing is known where none does. */
  private listening(path: string, fn: FunctionId, start: Start, followed: Followed): Reaction {
    const { functions } = this.types.program.get(path)!;
    const outer = functions[fn]!;
    const out = newReaction();
    functions.forEach((inner, id) => {
      if (inner.at < outer.at || inner.to > outer.to) return;
      const reaction = walk(this.types, this.effects, path, id, start, followed);
      if (reaction.looked) mergeInto(out, reaction);
    });
    return out;
  }

  private usedBy(path: string, facts: FileFacts, id: ValueId, user: ValueId, model: HttpAnswer, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const parent = facts.values[user]!;
    switch (parent.k) {
      case 'await':
      case 'yield': {
        const place = indexOf(facts).places.get(user);
        return place ? this.arrives(path, place.fn, place.block, user, model, followed) : newReaction();
      }
      case 'typed':
      case 'assign':
      case 'choice':
        return this.of(path, user, model, followed, seen, depth);
      case 'member':
        return parent.object === id ? this.chained(path, facts, user, model, followed, seen, depth) : newReaction();
      case 'array':
        return this.among(path, facts, user, parent.spreads.length > 0 ? undefined : parent.items.indexOf(id), model, followed, seen, depth);
      case 'call':
        if (parent.protocol === 'all') return this.listed(path, facts, user, undefined, model, followed, depth);
        return parent.protocol === 'resolve' || (parent.protocol === undefined && parent.callee !== id && this.types.of(path, parent.callee).length === 0) ? this.of(path, user, model, followed, seen, depth) : newReaction();
      default:
        return newReaction();
    }
  }

  /** An answer that stands in a list of promises, at some place of it. */
  private among(path: string, facts: FileFacts, list: ValueId, at: number | undefined, model: HttpAnswer, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const out = newReaction();
    for (const consumer of depth > MAX_DEPTH ? [] : (indexOf(facts).consumers[list] ?? [])) {
      if (consumer.k === 'bind') for (const use of indexOf(facts).bindingUses[consumer.binding] ?? []) mergeInto(out, this.among(path, facts, use, at, model, followed, seen, depth + 1));
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      if (consumer.k !== 'value' || call?.k !== 'call' || call.callee === list) continue;
      if (call.protocol === 'all') mergeInto(out, this.listed(path, facts, consumer.value, at, model, followed, depth + 1));
      // The first of several that comes is the one that is waited for.
      if (call.protocol === 'race' || call.protocol === 'any') mergeInto(out, this.of(path, consumer.value, model, followed, seen, depth + 1));
    }
    return out;
  }

  /** What becomes of a failed answer in the list of answers for which `promise` is waited. */
  private listed(path: string, facts: FileFacts, promise: ValueId, at: number | undefined, model: HttpAnswer, followed: Followed, depth: number): Reaction {
    const out = newReaction();
    for (const consumer of depth > MAX_DEPTH ? [] : (indexOf(facts).consumers[promise] ?? [])) {
      const uses = consumer.k === 'bind' ? (indexOf(facts).bindingUses[consumer.binding] ?? []) : consumer.k === 'value' && facts.values[consumer.value]?.k === 'typed' ? [consumer.value] : [];
      for (const use of uses) mergeInto(out, this.listed(path, facts, use, at, model, followed, depth + 1));
      const user = consumer.k === 'value' ? facts.values[consumer.value]! : undefined;
      if (consumer.k !== 'value' || user?.k !== 'await') continue;
      const place = indexOf(facts).places.get(consumer.value);
      const parts = answerOfList(facts, consumer.value, at);
      if (place && parts) mergeInto(out, this.arrives(path, place.fn, place.block, consumer.value, model, followed, [], parts));
    }
    return out;
  }

  private arrives(path: string, fn: FunctionId, block: number, value: ValueId, model: HttpAnswer, followed: Followed, names: number[] = [], parts?: readonly ValueId[]): Reaction {
    const reaction = walk(this.types, this.effects, path, fn, { k: 'answer', model, block, value, names, parts, flow: flowOf(model, undefined) }, followed);
    if (reaction.endings.has('rethrow') || reaction.endings.has('wrap')) reaction.leavesAt.push(exitOf(this.types, path, fn, followed));
    return reaction;
  }

  /** `promise.then(handler)`, `promise.json()`. */
  private chained(path: string, facts: FileFacts, member: ValueId, model: HttpAnswer, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const out = newReaction();
    for (const consumer of indexOf(facts).consumers[member] ?? []) {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      if (consumer.k !== 'value' || call?.k !== 'call' || call.callee !== member) continue;
      const next = (): Reaction => this.of(path, consumer.value, model, followed, seen, depth);
      const both = call.args[0] !== undefined && GIVES_OTHER.has(lastName(facts, call.callee) ?? '');
      if ((call.protocol === 'then' || both) && call.args[0] !== undefined) mergeInto(out, this.handled(takers(this.types, path, call.args[0], undefined), model, followed, next, () => this.settle.promise(path, consumer.value, followed)));
      else if (call.protocol === 'catch' || call.protocol === 'finally' || isReader(facts, member, model)) mergeInto(out, next());
    }
    return out;
  }

  /** A handler of an answer: what it does with that, then whatever its own result or failure becomes. */
  private handled(functions: readonly { path: string; fn: FunctionId }[], model: HttpAnswer, followed: Followed, next: () => Reaction, fails: () => Reaction): Reaction {
    const out = newReaction();
    if (functions.length === 0) return next();
    for (const type of functions) {
      // `Response::body`, or a function that is not there to be read.
      if (referenceOf(this.types, type.path, type.fn)) {
        mergeInto(out, next());
        continue;
      }
      const binding = this.types.program.get(type.path)!.functions[type.fn]!.params[0]?.binding;
      const own = this.heard(type.path, type.fn, binding, model, followed);
      const rejects = own.endings.has('wrap') || own.endings.has('rethrow');
      const passes = own.endings.has('answer');
      own.leavesAt = own.leavesAt.filter((exit) => exit.rejects || exit.deferred !== undefined);
      if (passes) {
        own.endings.delete('answer');
        mergeInto(out, next());
      }
      if (rejects) {
        own.endings.delete('wrap');
        own.endings.delete('rethrow');
        const beyond = fails();
        if (beyond.endings.delete('rethrow')) beyond.endings.add('wrap');
        mergeInto(out, beyond);
      }
      mergeInto(out, own);
    }
    return out;
  }
}

/** Steps of a future whose function is given what came or else the error, and gives what the next step has. */
const GIVES_OTHER = new Set(['handle', 'handleAsync']);

/** A handler that takes no answer looks at none. */
function forgotten(): Reaction {
  const out = newReaction();
  out.endings.add('forgotten');
  return out;
}

function isReader(facts: FileFacts, member: ValueId, model: HttpAnswer): boolean {
  const value = facts.values[member];
  return value?.k === 'member' && [...READERS, ...(model.readers ?? []), ...(model.promiseReaders ?? [])].includes(value.name);
}

/** What an answer of this kind is made of. @param error the name that holds an error beside it */
export function flowOf(model: HttpAnswer, error: number | undefined): AnswerFlow {
  const afterSuccess = new Set(model.afterSuccess);
  const bodies = new Set([...model.body, 'body', 'data'].filter((each) => !afterSuccess.has(each)));
  return { bodies, readers: new Set([...READERS, ...(model.readers ?? [])]), afterSuccess, good: new Set(model.ok), raisers: new Set(model.raisers), absent: new Set(error === undefined ? [] : [error]), isStatus: model.argument !== undefined };
}
