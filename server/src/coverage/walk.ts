import type { BlockFact, FileFacts, FunctionFact, FunctionId, HandlerFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import type { Types } from '../resolve/types.ts';
import { comesToTheSame } from './alike.ts';
import { demandsSuccess, followKept, givenOfAnswer, givesStatusOn, holdsAnswer, isLeftToUnknown, isOfSuccess, raises, saysWhether } from './answerTests.ts';
import { comesAgain, isDoneAgain, takesBack, tellAgain } from './calledAgain.ts';
import { callbackExit, exitsByCall } from './callbackExit.ts';
import type { Effects } from './effects.ts';
import { errorBranch } from './errorBranch.ts';
import { ErrorFlow } from './errorFlow.ts';
import { addLooks, isAskedWhich, tellsApartElsewhere } from './errorLooks.ts';
import { OTHER, readTest, type TestKind } from './errorTests.ts';
import { isPart, judgePart, takenBy, type Takes } from './exceptionClasses.ts';
import { exitOf, type Followed, replacedIf } from './followed.ts';
import { handedTo } from './handedTo.ts';
import { isNote, noteThrown } from './notes.ts';
import { isNothing, saysThereIsNone } from './nothing.ts';
import { AFTER, AGAIN, ANSWERED, BEGUN, FINALLY, isInside, KEPT, LOG, PASSED, type PathState, SHOWN, type Start, WHOLE } from './pathState.ts';
import { endingWithin, noteLooks, type Ending, mergeInto, newReaction, type Reaction } from './reaction.ts';
import { isRecursion, isRecursionLater } from './recursion.ts';
import { rejectionIn } from './rejection.ts';
import { isDoneAnyway, onlyFailureLeadsTo } from './clauses.ts';
import { reachedUses } from './reachedUses.ts';
import { afterLoop, asksForMore, isNextElement, repeatsFrom } from './repetition.ts';
import { holdsData, looksLater, resultNames, tellsByFlag } from './resultNames.ts';
import { letsOwnPass } from './ownErrors.ts';
import { partsOf, retrierOf } from './retrier.ts';
import { isSameOnSuccess } from './sameOnSuccess.ts';
import { dismissUntaken } from './untaken.ts';

/** Follows one failure through one function, path by path. */
export function walk(types: Types, effects: Effects, path: string, fn: FunctionId, start: Start, followed: Followed): Reaction {
  return new Walk(types, effects, path, fn, followed).run(start);
}

class Walk {
  private readonly types: Types;
  private readonly effects: Effects;
  private readonly path: string;
  private readonly facts: FileFacts;
  private readonly fn: FunctionFact;
  private readonly fnId: FunctionId;
  private readonly followed: Followed;
  private out = newReaction();
  private flow!: ErrorFlow;
  private failing: ValueId | undefined;
  /** Blocks that belong to the failure alone, for handlers that are whole functions. */
  private exclusive: Set<number> | undefined;
  private tested = false;
  /** Catch clauses and finally bodies that are being followed, with the state in which they are entered. */
  private readonly entering = new Set<string>();
  private delegated = false;
  private start!: Start;
  /** Functions around this one that were given the answer. */
  private depth = 0;

  constructor(types: Types, effects: Effects, path: string, fnId: FunctionId, followed: Followed) {
    this.types = types;
    this.effects = effects;
    this.path = path;
    this.facts = types.program.get(path)!;
    this.fn = this.facts.functions[fnId]!;
    this.fnId = fnId;
    this.followed = followed;
  }

  run(start: Start): Reaction {
    this.start = start;
    if (start.k === 'throws') {
      this.failing = start.value;
      const target = this.fn.blocks[start.block]!.onThrow;
      this.flow = new ErrorFlow(this.facts, [], []);
      if (target === undefined) this.out.endings.add('rethrow');
      else this.enter(target, 0, false);
      return this.finish();
    }
    if (start.k === 'answer') return this.answered(start);
    this.failing = start.value;
    this.flow = new ErrorFlow(this.facts, [], start.error === undefined ? [] : [start.error]);
    this.out.handler = { path: this.path, at: this.fn.at, to: this.fn.to };
    if (start.callback) this.exclusive = errorBranch(this.types, this.path, this.facts, this.fn, this.flow);
    this.explore({ block: 0, effects: 0, region: WHOLE, wrapped: false });
    if (start.callback && !this.tested && !this.delegated && !(start.error !== undefined && indexOf(this.facts).bindingUses[start.error]?.length)) {
      // The callback never looks at its error.
      this.out.endings.clear();
      this.out.floating = true;
      this.out.ignored = true;
    }
    return this.finish();
  }

  /** An answer comes: whoever tests whether it tells of a failure has looked; whoever gives it on lets others look; everybody else goes on with whatever it is. */
  private answered(start: Extract<Start, { k: 'answer' }>): Reaction {
    this.failing = start.value;
    const comes = start.parts ?? (start.value === undefined ? [] : [start.value, ...reachedUses(this.facts, this.fn, start.block, start.value)]);
    this.flow = new ErrorFlow(this.facts, [...(start.also ?? []), ...comes], start.names, start.flow);
    this.exclusive = errorBranch(this.types, this.path, this.facts, this.fn, this.flow, start.block) ?? new Set();
    this.out.handler = { path: this.path, at: this.fn.at, to: this.fn.to };
    const at = this.fn.blocks[start.block]!.steps.findIndex((step) => (step.k === 'await' || step.k === 'call' || step.k === 'yield') && step.value === start.value);
    this.explore({ block: start.block, effects: 0, region: ANSWERED, wrapped: false, from: at + 1 });
    this.out.looked = this.tested;
    if (!this.tested) Object.assign(this.out, { goesOn: !this.out.endings.has('answer'), endings: new Set<Ending>([this.out.endings.has('answer') ? 'answer' : 'forgotten']) });
    return this.finish();
  }

  private finish(): Reaction {
    // After a failure the loop's test holds as before: the way out of it is that of a success.
    if (this.out.retriers.some((each) => each.untilSuccess)) this.out.endings.delete('forgotten');
    if (this.out.handler?.path === this.path && !this.out.specific) this.out.specific = tellsApartElsewhere(this.types, this.path, this.facts, this.out.handler, this.flow);
    return this.out;
  }

  /** Goes where an exception goes: into a catch clause, or through a finally body. */
  private enter(target: number, effects: number, wrapped: boolean): void {
    const handler = functionIndexOf(this.facts, this.fn).handlerByEntry.get(target);
    if (handler === undefined) return this.explore({ block: target, effects, region: FINALLY, wrapped });
    const fact = this.fn.handlers[handler]!;
    if (fact.filter === undefined) this.enterClause(handler, fact, effects, wrapped);
    else this.enterFiltered(handler, fact, fact.filter, effects, wrapped);
  }

  private enterClause(handler: number, fact: HandlerFact, effects: number, wrapped: boolean): void {
    const takes = takenBy(this.types, this.path, fact, this.followed, wrapped);
    if (takes === 'none') return this.passBy(fact.otherwise, effects, wrapped);
    if (isPart(this.types, this.path, fact, this.followed, wrapped)) return this.enterPart(handler, fact, effects, wrapped, takes);
    this.out.handler ??= { path: this.path, at: fact.at, to: fact.to };
    this.flow = this.flow.caughtAs(fact.caught);
    this.explore({ block: fact.entry, effects, region: handler, wrapped });
  }

  /** A clause with a filter: the same as one that begins with a test and throws on what does not pass it. */
  private enterFiltered(handler: number, fact: HandlerFact, filter: ValueId, effects: number, wrapped: boolean): void {
    if (takenBy(this.types, this.path, fact, this.followed, wrapped) === 'none') return this.passBy(fact.otherwise, effects, wrapped);
    this.flow = this.flow.caughtAs(fact.caught);
    const answers = partsOf(this.facts, filter).map((part) => {
      const test = readTest(this.types, this.path, this.facts, part, this.flow, replacedIf(wrapped, this.followed));
      return test.k === 'specific' ? this.answerOf(test, part, wrapped) : test.k === 'presence' ? test.when : undefined;
    });
    if (!answers.includes(false)) this.enterClause(handler, fact, effects, wrapped);
    if (answers.some((each) => each !== true)) this.passBy(fact.otherwise, effects, wrapped);
  }

  /** Goes past a catch clause that does not take the error. */
  private passBy(otherwise: number | undefined, effects: number, wrapped: boolean): void {
    return otherwise === undefined ? this.leave(effects, wrapped) : this.enter(otherwise, effects, wrapped);
  }

  /**
   * A clause that takes some of the failures. Where it answers them in some way it tells them apart; where it only drops them, that is what happens to
   * the failure, whatever becomes of the others.
   */
  private enterPart(handler: number, fact: HandlerFact, effects: number, wrapped: boolean, takes: Takes): void {
    const outer = this.out;
    this.out = { ...newReaction(), handler: { path: this.path, at: fact.at, to: fact.to } };
    this.flow = this.flow.caughtAs(fact.caught);
    this.explore({ block: fact.entry, effects, region: handler, wrapped });
    const own = this.out;
    this.out = outer;
    const tellsApart = judgePart(this.types, this.path, fact.classes, own, this.followed.origin);
    mergeInto(this.out, own);
    if (takes === 'some' && (tellsApart || this.followed.mode)) this.passBy(fact.otherwise, effects, wrapped);
  }

  private explore(first: PathState): void {
    const seen = new Set<string>();
    const work: PathState[] = [first];
    while (work.length > 0 && seen.size < 4000) {
      const state = work.pop()!;
      const key = `${state.block}.${state.effects}.${state.region}.${state.wrapped}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.visit(state, work);
    }
  }

  private visit(state: PathState, work: PathState[]): void {
    const block = this.fn.blocks[state.block]!;
    const inside = isInside(this.fn, this.exclusive, state.block, state.region);
    if (!inside && state.region >= 0) return this.leaveRegion(state);
    let effects = inside ? state.effects | BEGUN : state.effects;
    if (!inside && effects & BEGUN && block.steps.some((step) => step.k === 'call' && this.effects.of(this.path, step.value, this.flow) === 'act')) this.out.goesOn = true;
    for (const step of state.from === undefined ? block.steps : block.steps.slice(state.from)) {
      if ((step.k === 'call' || step.k === 'await') && step.value === this.failing && state.region !== WHOLE) return asksForMore(this.facts, this.failing, this.flow) ? this.end('forgotten', effects) : this.repeat('loop', effects);
      if (state.region === ANSWERED && step.k === 'call' && raises(this.facts, this.flow, step.value)) {
        this.tested = true;
        return this.throwOn(block, effects, false);
      }
      if (state.region === ANSWERED && step.k === 'call' && this.givesAnswer(block, step.value, effects)) return;
      // `if (!err) use(result); callback(err, result);`: whoever is handed the error learns of it, whatever way led there.
      if (!inside && state.region === WHOLE && step.k === 'call' && this.effects.of(this.path, step.value, this.flow) === 'pass') effects |= this.passOn(step.value);
      if (state.region === ANSWERED) followKept(this.facts, this.flow, step);
      if (!inside || state.region === FINALLY) continue;
      if (step.k === 'call') {
        if (isRecursion(this.types, this.path, this.facts, this.fnId, step.value)) return this.repeat('recursion', effects);
        if (this.delegates(step.value)) continue;
        if (isRecursionLater(this.types, this.path, this.facts, this.fnId, step.value) || (this.start.k !== 'handler' && state.region !== AFTER && isDoneAgain(this.facts, this.fnId, this.failing, step.value, state.region >= 0 || state.region === ANSWERED))) effects |= tellAgain(this.out, this.path, this.facts, step.value);
        const effect = this.effects.of(this.path, step.value, this.flow);
        if (effect === 'exit') return this.end('exit', effects);
        if (effect === 'throw') return this.throwOn(block, effects, true);
        if (isDoneAnyway(this.fn, state, step.value)) continue;
        if (effect === 'log') effects |= LOG;
        else if (effect === 'act') effects |= SHOWN;
        else if (effect === 'pass') effects |= this.passOn(step.value);
      } else if (isDoneAnyway(this.fn, state, step.value) || isSameOnSuccess(this.facts, this.fn, this.exclusive, state.region, step, this.failing)) continue;
      else if (takesBack(this.facts, this.fn, state.region, step)) effects |= tellAgain(this.out, this.path, this.facts, step.value);
      else if (step.k === 'store' || step.k === 'yield') effects |= SHOWN;
      else if (step.k === 'bind' && isNote(this.facts, this.fn, this.fnId, state.region, step.binding, step.value, this.start.k === 'handler' ? undefined : this.failing)) effects |= this.flow.isError(step.value) && state.region >= 0 ? KEPT : SHOWN;
    }
    if (state.region === ANSWERED && block.onThrow === undefined && demandsSuccess(this.facts, this.flow, block)) this.out.demanded = true;
    this.leaveBlock(block, state, effects, inside, work);
  }

  private passOn(id: ValueId): number {
    this.out.leavesAt.push(...exitsByCall(this.types, this.path, this.facts, id));
    return PASSED;
  }

  private repeat(by: 'loop' | 'recursion', effects: number): void {
    const retrier = retrierOf(this.effects, this.path, this.facts, this.fnId, this.failing, by);
    // What goes on to the next piece of work at once, after a failure as after a success, tries nothing again.
    if (retrier.nextPiece) return this.end('forgotten', effects);
    this.out.repeats = true;
    this.out.retriers.push(retrier);
  }

  /** An answer that is given to a function of the workspace, or to whoever waits for a hand-made promise. @returns whether the failure's way ends here */
  private givesAnswer(block: BlockFact, id: ValueId, effects: number): boolean {
    const call = this.facts.values[id];
    const given = call?.k === 'call' ? givenOfAnswer(this.facts, this.flow, call) : undefined;
    if (call?.k !== 'call' || this.start.k !== 'answer' || !given) return false;
    const callee = this.facts.values[call.callee];
    if (!given.isStatus && callee?.k === 'binding' && this.effects.isResolver(this.facts, call.callee)) {
      this.out.endings.add('answer');
      this.out.leavesAt.push({ ...callbackExit(this.path, this.facts, callee.binding), answer: this.start.model });
      return false;
    }
    for (const type of this.types.of(this.path, call.callee)) {
      if (type.k !== 'function' || (type.path === this.path && type.fn === this.fnId) || this.depth > 4) continue;
      const facts = this.types.program.get(type.path)!;
      const names = given.takenBy(facts.functions[type.fn]!.params);
      if (names.length === 0) continue;
      const inner = new Walk(this.types, this.effects, type.path, type.fn, this.followed);
      inner.depth = this.depth + 1;
      const reaction = inner.run({ ...this.start, block: 0, value: undefined, parts: undefined, names, flow: { ...this.start.flow, isStatus: given.isStatus || this.start.flow.isStatus } });
      if (reaction.endings.has('answer')) this.flow.include(id);
      if (!inner.tested) return false;
      this.tested = true;
      noteLooks(this.out, reaction);
      if (reaction.gives && isAskedWhich(this.types, this.path, this.facts, this.fn, id)) return false;
      if (reaction.endings.has('exit')) this.end('exit', effects);
      if (reaction.endings.has('wrap') || reaction.endings.has('rethrow')) this.throwOn(block, effects, true);
      const within = endingWithin(reaction);
      if (within) this.out.endings.add(within);
      return !reaction.endings.has('answer');
    }
    if (givesStatusOn(this.facts, this.flow, call)) this.end('shown', effects);
    else if (!isLeftToUnknown(this.types, this.path, call, this.flow)) return false;
    this.tested = true;
    return true;
  }

  /** A callback that gives its error, unseen, to a function of the workspace: what that one does with it counts. */
  private delegates(id: ValueId): boolean {
    if (this.start.k !== 'handler' || !this.start.callback || this.tested) return false;
    const to = handedTo(this.types, this.path, this.facts, this.fnId, id, this.flow);
    if (to) mergeInto(this.out, walk(this.types, this.effects, to.path, to.fn, { k: 'handler', error: to.error, callback: true, value: this.failing }, this.followed));
    this.delegated ||= to !== undefined;
    return to !== undefined;
  }

  private leaveBlock(block: BlockFact, state: PathState, effects: number, inside: boolean, work: PathState[]): void {
    const next = block.next;
    const go = (to: number): void => void work.push({ block: to, effects, region: state.region, wrapped: state.wrapped, clause: state.clause });
    switch (next.k) {
      case 'goto':
        if (!isNextElement(this.facts, this.fn, this.failing, state.block, next.to)) return go(next.to);
        if (state.region === AFTER && effects & KEPT) return go(afterLoop(this.facts, this.fn, next.to));
        // Going back to the head of a loop over records means the next record, which is going on.
        if (!(effects & (SHOWN | PASSED))) this.out.goesOn = true;
        return this.end('forgotten', effects);
      case 'iterate':
        go(next.body);
        return go(next.done);
      case 'branch':
        return this.branch(next, state, go);
      case 'throw': {
        const same = this.flow.isError(next.value);
        const quiet = same || this.followed.mode !== undefined || (effects & (LOG | SHOWN | PASSED | KEPT)) !== 0 || this.flow.carries(next.value);
        noteThrown(this.out, this.path, this.facts, next.value, quiet);
        return this.throwOn(block, effects, state.wrapped || !same);
      }
      case 'resume':
        return this.throwOn(block, effects, state.wrapped);
      case 'return':
        return state.region === FINALLY ? this.end('forgotten', effects) : this.returned(next.value, effects, inside, state.region);
      case 'end':
        this.end('forgotten', effects);
    }
  }

  private branch(next: Extract<BlockFact['next'], { k: 'branch' }>, state: PathState, go: (to: number) => void): void {
    const test = letsOwnPass(this.types, this.path, this.facts, this.fn.blocks, next, this.flow) || comesToTheSame(this.facts, this.fn, next) ? OTHER : readTest(this.types, this.path, this.facts, next.test, this.flow, replacedIf(state.wrapped, this.followed));
    if (test.k === 'presence') {
      this.tested ||= !test.elsewhere;
      const taken = test.when ? next.then : next.else;
      dismissUntaken(this.facts, this.fn, this.flow, next, taken);
      return go(taken);
    }
    if (test.k === 'specific') {
      const answer = this.answerOf(test, next.test, state.wrapped);
      if (answer !== false) go(next.then);
      return answer === true ? undefined : go(next.else);
    }
    for (const to of [next.then, next.else]) go(to);
  }

  /** What a test of the error says of the failure that is followed; undefined where it may say either. */
  private answerOf(test: Extract<TestKind, { k: 'specific' }>, id: ValueId, wrapped: boolean): boolean | undefined {
    this.tested = true;
    Object.assign(this.out, { specific: true, asks: true });
    const { mode } = this.followed;
    const answer = mode && !wrapped ? test.answer(mode) : undefined;
    if (mode && answer === undefined) this.out.undecided = true;
    if (!mode && !wrapped) addLooks(this.out.looks, this.types, this.path, this.facts, id, this.flow);
    return answer;
  }

  private throwOn(block: BlockFact, effects: number, wrapped: boolean): void {
    if (block.onThrow === undefined) return this.leave(effects, wrapped);
    // In a loop the way can come back to where it is being followed: that adds nothing.
    const key = `${block.onThrow}.${effects}.${wrapped}`;
    if (this.entering.has(key)) return;
    this.entering.add(key);
    const saved = this.flow;
    this.enter(block.onThrow, effects, wrapped);
    this.flow = saved;
    this.entering.delete(key);
  }

  private leave(effects: number, wrapped: boolean): void {
    this.out.logs ||= (effects & LOG) !== 0;
    this.out.alters ||= wrapped || (effects & (SHOWN | AGAIN)) === SHOWN;
    // Logged and thrown on counts as made visible, as wrapping does.
    this.out.endings.add(wrapped || effects & (LOG | SHOWN) ? 'wrap' : 'rethrow');
  }

  private returned(given: ValueId | undefined, effects: number, isInsideOf: boolean, region: number): void {
    const value = given === undefined ? undefined : this.flow.left(given);
    const inside = isInsideOf || value !== given;
    if (!inside && this.start.k !== 'answer') return this.end('forgotten', effects);
    const fact = value === undefined ? undefined : this.facts.values[value];
    this.out.gives ||= inside && value !== undefined && !isNothing(this.facts, value);
    if (this.start.k === 'answer' && value !== undefined && saysWhether(this.facts, this.flow, value)) {
      this.tested = true;
      return this.end('shown', effects);
    }
    if (this.start.k === 'answer' && value !== undefined && holdsAnswer(this.facts, this.flow, value)) {
      if (this.tested && isOfSuccess(this.types, this.path, this.fnId, value, this.flow, this.start.block)) return this.end('forgotten', effects);
      // Whoever has looked, and makes something else of a failed answer, tells of the failure.
      if (inside && this.tested && !this.flow.isError(value)) return this.end('shown', effects);
      this.out.endings.add('answer');
      this.out.leavesAt.push({ ...exitOf(this.types, this.path, this.fnId, this.followed), answer: this.start.model });
      return;
    }
    const rejected = rejectionIn(this.facts, fact);
    if (rejected) return this.leave(effects & LOG, rejected.args[0] === undefined || !this.flow.isError(rejected.args[0]));
    if (!inside) return this.end('forgotten', effects);
    const isResult = fact?.k === 'binding' && !(effects & SHOWN) && (resultNames(this.facts, this.fnId, this.failing).has(fact.binding) || (region === AFTER && holdsData(this.facts, fact.binding)));
    if (value === undefined || isResult || isNothing(this.facts, value) || saysThereIsNone(this.facts, this.fn, value) || (this.start.k === 'handler' && this.start.unheard)) return this.end('forgotten', effects);
    if (this.flow.isError(value) && !(effects & SHOWN)) return this.end('handed', effects);
    // `return this.log(e)` gives what the logger gives: nothing.
    if (fact?.k === 'call' && this.effects.of(this.path, value, this.flow) === 'log') return this.end('forgotten', effects | LOG);
    this.end('shown', effects);
  }

  /** Past the catch clause: whoever looks afterwards at what the call should have given has noticed the failure. */
  private leaveRegion(state: PathState): void {
    const looked = !(state.effects & (SHOWN | PASSED | KEPT)) && (looksLater(this.facts, this.fn, resultNames(this.facts, this.fnId, this.failing), state.block, this.fn.handlers[state.region]!.to) || tellsByFlag(this.facts, this.fn, this.failing, state.block, this.fn.handlers[state.region]!));
    // Tried again until it is given up, which the next piece of work is not, or kept to be thrown later: what comes then decides.
    if ((repeatsFrom(this.facts, this.fn, this.failing, state.block) && !retrierOf(this.effects, this.path, this.facts, this.fnId, this.failing, 'loop').nextPiece) || state.effects & KEPT) return this.explore({ ...state, effects: looked ? state.effects | SHOWN : state.effects & ~SHOWN, region: AFTER, clause: state.region });
    if (looked) return this.end('shown', state.effects);
    const again = this.start.k === 'throws' ? comesAgain(this.facts, this.fnId, this.failing, state.block, state.region) : undefined;
    if (again !== undefined) return this.end('shown', state.effects | tellAgain(this.out, this.path, this.facts, again));
    const acts = !(state.effects & (SHOWN | PASSED)) && this.effects.acting(this.path, this.fn).has(state.block);
    // What stands where only a failure leads does the work in another way.
    if (acts && onlyFailureLeadsTo(this.fn, state.block, state.region)) return this.end('shown', state.effects);
    if (acts) this.out.goesOn = true;
    this.end('forgotten', state.effects);
  }

  private end(ending: Ending, effects: number): void {
    // Where another function was given the error, what this one does besides says nothing of the failure.
    if (this.delegated && !this.tested) return;
    this.out.logs ||= (effects & LOG) !== 0;
    const shown = ending === 'forgotten' && effects & SHOWN ? 'shown' : ending;
    this.out.alters ||= (shown === 'shown' || (effects & SHOWN) !== 0) && !(effects & AGAIN);
    this.out.endings.add(effects & PASSED ? (effects & (LOG | SHOWN) ? 'wrap' : 'pass') : shown);
  }
}
