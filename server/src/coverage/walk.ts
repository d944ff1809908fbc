import type { BindingId, BlockFact, FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { valuesWithin } from '../facts/positions.ts';
import type { Types } from '../resolve/types.ts';
import { reach } from './blocks.ts';
import { callbackExit } from './callbackExit.ts';
import type { Effects } from './effects.ts';
import { errorBranch } from './errorBranch.ts';
import { ErrorFlow } from './errorFlow.ts';
import { readTest } from './errorTests.ts';
import type { Mode } from './mode.ts';
import { isNothing } from './nothing.ts';
import { AFTER, BEGUN, FINALLY, KEPT, LOG, PASSED, type PathState, SHOWN, type Start, WHOLE } from './pathState.ts';
import { type Ending, mergeInto, newReaction, type Reaction } from './reaction.ts';
import { isRecursion } from './recursion.ts';
import { isNextElement, repeatsFrom } from './repetition.ts';
import { looksLater, resultNames } from './resultNames.ts';

/** Follows one failure through one function, path by path. */
export function walk(types: Types, effects: Effects, path: string, fn: FunctionId, start: Start, mode: Mode | undefined): Reaction {
  const facts = types.program.get(path)!;
  return new Walk(types, effects, path, facts, facts.functions[fn]!, fn, mode).run(start);
}

class Walk {
  private readonly types: Types;
  private readonly effects: Effects;
  private readonly path: string;
  private readonly facts: FileFacts;
  private readonly fn: FunctionFact;
  private readonly fnId: FunctionId;
  private readonly mode: Mode | undefined;
  private readonly out = newReaction();
  private flow!: ErrorFlow;
  private failing: ValueId | undefined;
  /** Blocks that belong to the failure alone, for handlers that are whole functions. */
  private exclusive: Set<number> | undefined;
  private tested = false;
  private delegated = false;
  private start!: Start;

  constructor(types: Types, effects: Effects, path: string, facts: FileFacts, fn: FunctionFact, fnId: FunctionId, mode: Mode | undefined) {
    this.types = types;
    this.effects = effects;
    this.path = path;
    this.facts = facts;
    this.fn = fn;
    this.fnId = fnId;
    this.mode = mode;
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
    this.failing = start.value;
    this.flow = new ErrorFlow(this.facts, [], start.error === undefined ? [] : [start.error]);
    this.out.handler = { path: this.path, at: this.fn.at, to: this.fn.to };
    if (start.callback) this.exclusive = errorBranch(this.types, this.path, this.facts, this.fn, this.flow);
    this.explore({ block: 0, effects: 0, region: WHOLE, wrapped: false });
    if (start.callback && !this.tested && !this.delegated && !this.usesError(start.error)) {
      // The callback never looks at its error.
      this.out.endings.clear();
      this.out.floating = true;
      this.out.ignored = true;
    }
    return this.finish();
  }

  /** `TEXTS[e.errorCode]`: a table of codes tells errors apart as a test does. */
  private finish(): Reaction {
    const handler = this.out.handler;
    if (!handler || this.out.specific) return this.out;
    if (handler.path !== this.path) return this.out;
    this.out.specific = valuesWithin(this.facts, handler.at, handler.to).some((id) => {
      const value = this.facts.values[id]!;
      return value.k === 'index' && this.flow.carries(value.key) && !this.flow.isError(value.key);
    });
    return this.out;
  }

  private usesError(error: BindingId | undefined): boolean {
    return error !== undefined && (indexOf(this.facts).bindingUses[error] ?? []).length > 0;
  }

  /** Goes where an exception goes: into a catch clause, or through a finally body. */
  private enter(target: number, effects: number, wrapped: boolean): void {
    const handler = this.fn.handlers.findIndex((each) => each.entry === target);
    if (handler >= 0) {
      const fact = this.fn.handlers[handler]!;
      this.out.handler ??= { path: this.path, at: fact.at, to: fact.to };
      const roots = [fact.caught];
      this.flow = new ErrorFlow(this.facts, roots, []);
      this.explore({ block: target, effects, region: handler, wrapped });
    } else {
      this.explore({ block: target, effects, region: FINALLY, wrapped });
    }
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

  private inRegion(block: BlockFact, id: number, region: number): boolean {
    if (region === WHOLE) return this.exclusive === undefined || this.exclusive.has(id);
    if (region === FINALLY || region === AFTER) return true;
    for (let handler = block.handler; handler !== undefined; handler = this.fn.handlers[handler]?.parent) if (handler === region) return true;
    return false;
  }

  private visit(state: PathState, work: PathState[]): void {
    const block = this.fn.blocks[state.block]!;
    const inside = this.inRegion(block, state.block, state.region);
    if (!inside && state.region >= 0) {
      this.leaveRegion(state);
      return;
    }
    let effects = inside ? state.effects | BEGUN : state.effects;
    if (!inside && effects & BEGUN && block.steps.some((step) => step.k === 'call' && this.effects.of(this.path, step.value, this.flow) === 'act')) this.out.goesOn = true;
    for (const step of block.steps) {
      if (step.k === 'call' || step.k === 'await') {
        if (step.value === this.failing && state.region !== WHOLE) {
          this.out.repeats = true;
          return;
        }
      }
      if (!inside || state.region === FINALLY) continue;
      if (step.k === 'call') {
        if (isRecursion(this.types, this.path, this.facts, this.fnId, step.value)) {
          this.out.repeats = true;
          return;
        }
        if (this.delegates(step.value)) continue;
        const effect = this.effects.of(this.path, step.value, this.flow);
        if (effect === 'exit') {
          this.end('exit', effects);
          return;
        }
        if (effect === 'throw') {
          this.throwOn(block, effects, true);
          return;
        }
        if (effect === 'log') effects |= LOG;
        else if (effect === 'act') effects |= SHOWN;
        else if (effect === 'pass') {
          effects |= PASSED;
          this.passTo(step.value);
        }
      } else if (step.k === 'store') {
        effects |= SHOWN;
      } else if (step.k === 'bind' && this.isNote(step.binding, step.value, state)) {
        effects |= this.flow.isError(step.value) && state.region >= 0 ? KEPT : SHOWN;
      } else if (step.k === 'yield') effects |= SHOWN;
    }
    this.leaveBlock(block, state, effects, inside, work);
  }

  /** A callback that gives its error, unseen, to a function of the workspace: what that one does with it counts. */
  private delegates(id: ValueId): boolean {
    const call = this.facts.values[id];
    if (call?.k !== 'call' || this.start.k !== 'handler' || !this.start.callback || this.tested) return false;
    const index = call.args.findIndex((each) => this.flow.isError(each));
    if (index < 0) return false;
    for (const type of this.types.of(this.path, call.callee)) {
      if (type.k !== 'function' || (type.path === this.path && type.fn === this.fnId)) continue;
      const binding = this.types.program.get(type.path)!.functions[type.fn]!.params[index]?.binding;
      mergeInto(this.out, walk(this.types, this.effects, type.path, type.fn, { k: 'handler', error: binding, callback: true, value: this.failing }, this.mode));
      this.delegated = true;
      return true;
    }
    return false;
  }

  /** The callback that is handed the error belongs to whoever gave it. */
  private passTo(id: ValueId): void {
    const call = this.facts.values[id];
    const callee = call?.k === 'call' ? this.facts.values[call.callee] : undefined;
    if (callee?.k === 'binding') this.out.leavesAt.push(callbackExit(this.path, this.facts, callee.binding));
  }

  /** A name from outside the handler that is given something worth reading later. */
  private isNote(binding: BindingId, value: ValueId, state: PathState): boolean {
    const fact = this.facts.bindings[binding]!;
    if (fact.kind === 'caught') return false;
    const region = state.region >= 0 ? this.fn.handlers[state.region] : undefined;
    const local = region ? fact.at >= region.at && fact.at < region.to : fact.in === this.fnId;
    return !local && !isNothing(this.facts, value);
  }

  private leaveBlock(block: BlockFact, state: PathState, effects: number, inside: boolean, work: PathState[]): void {
    const next = block.next;
    const go = (to: number): void => void work.push({ ...state, block: to, effects });
    switch (next.k) {
      case 'goto':
        this.goOrNextElement(state, next.to, effects, go);
        return;
      case 'iterate':
        go(next.body);
        go(next.done);
        return;
      case 'branch':
        this.branch(next, state, go);
        return;
      case 'throw': {
        const same = this.flow.isError(next.value);
        this.throwOn(block, effects, state.wrapped || !same);
        return;
      }
      case 'resume':
        this.throwOn(block, effects, state.wrapped);
        return;
      case 'return':
        if (state.region === FINALLY) this.end('forgotten', effects);
        else this.returned(next.value, effects, inside);
        return;
      case 'end':
        this.end('forgotten', effects);
    }
  }

  /** Going back to the head of a loop over records means the next record, which is going on. */
  private goOrNextElement(state: PathState, to: number, effects: number, go: (to: number) => void): void {
    if (isNextElement(this.facts, this.fn, this.failing, state.block, to)) {
      if (!(effects & (SHOWN | PASSED))) this.out.goesOn = true;
      this.end('forgotten', effects);
      return;
    }
    go(to);
  }

  private branch(next: { test: ValueId; then: number; else: number }, state: PathState, go: (to: number) => void): void {
    const test = readTest(this.types, this.path, this.facts, next.test, this.flow);
    if (test.k === 'presence') {
      this.tested = true;
      go(test.when ? next.then : next.else);
      return;
    }
    if (test.k === 'specific') {
      this.tested = true;
      this.out.specific = true;
      this.out.asks = true;
      const answer = this.mode && !state.wrapped ? test.answer(this.mode) : undefined;
      if (answer !== false) go(next.then);
      if (answer !== true) go(next.else);
      return;
    }
    go(next.then);
    go(next.else);
  }

  private throwOn(block: BlockFact, effects: number, wrapped: boolean): void {
    if (block.onThrow !== undefined) {
      const saved = this.flow;
      this.enter(block.onThrow, effects, wrapped);
      this.flow = saved;
      return;
    }
    this.out.logs ||= (effects & LOG) !== 0;
    // Logged and thrown on counts as made visible, as wrapping does.
    this.out.endings.add(wrapped || effects & (LOG | SHOWN) ? 'wrap' : 'rethrow');
  }

  private returned(value: ValueId | undefined, effects: number, inside: boolean): void {
    if (!inside) {
      this.end('forgotten', effects);
      return;
    }
    const fact = value === undefined ? undefined : this.facts.values[value];
    if (fact?.k === 'choice') {
      const rejected = fact.of.map((each) => this.facts.values[each]).find((each) => each?.k === 'call' && each.protocol === 'reject');
      if (rejected?.k === 'call') {
        this.out.endings.add(rejected.args[0] !== undefined && this.flow.isError(rejected.args[0]) && !(effects & LOG) ? 'rethrow' : 'wrap');
        return;
      }
    }
    if (fact?.k === 'call' && fact.protocol === 'reject') {
      this.out.endings.add(fact.args[0] !== undefined && this.flow.isError(fact.args[0]) && !(effects & LOG) ? 'rethrow' : 'wrap');
      return;
    }
    const isResult = fact?.k === 'binding' && resultNames(this.facts, this.fnId, this.failing).has(fact.binding) && !(effects & SHOWN);
    if (value === undefined || isResult || isNothing(this.facts, value)) {
      this.end('forgotten', effects);
      return;
    }
    if (this.flow.isError(value) && !(effects & SHOWN)) {
      this.end('handed', effects);
      return;
    }
    // `return this.log(e)` gives what the logger gives: nothing.
    if (fact?.k === 'call' && this.effects.of(this.path, value, this.flow) === 'log') {
      this.end('forgotten', effects | LOG);
      return;
    }
    this.end('shown', effects);
  }

  /** Past the catch clause: whoever looks afterwards at what the call should have given has noticed the failure. */
  private leaveRegion(state: PathState): void {
    if (!(state.effects & (SHOWN | PASSED | KEPT)) && looksLater(this.facts, this.fn, resultNames(this.facts, this.fnId, this.failing), state.block)) {
      this.end('shown', state.effects);
      return;
    }
    if (repeatsFrom(this.facts, this.fn, this.failing, state.block) || state.effects & KEPT) {
      // Tried again until it is given up, or kept to be thrown later: what comes then decides.
      this.explore({ ...state, effects: state.effects & ~(SHOWN | KEPT), region: AFTER });
      return;
    }
    if (!(state.effects & (SHOWN | PASSED)) && this.actsFrom(state.block)) this.out.goesOn = true;
    this.end('forgotten', state.effects);
  }

  /** Whether anything but text work is done on the way on from a block. */
  private actsFrom(from: number): boolean {
    return [...reach(this.fn.blocks, from)].some((id) => this.fn.blocks[id]!.steps.some((step) => step.k === 'call' && this.effects.of(this.path, step.value, undefined) === 'act'));
  }

  private end(ending: Ending, effects: number): void {
    // Where another function was given the error, what this one does besides says nothing of the failure.
    if (this.delegated && !this.tested) return;
    this.out.logs ||= (effects & LOG) !== 0;
    if (effects & PASSED) this.out.endings.add(effects & (LOG | SHOWN) ? 'wrap' : 'pass');
    else if (ending === 'forgotten' && effects & SHOWN) this.out.endings.add('shown');
    else this.out.endings.add(ending);
  }
}
