import type { BlockFact, BlockId, FunctionFact, HandlerFact, LoopFact, StepFact, TerminatorFact, ValueId } from '../../facts/facts.ts';
import { NestingError } from './syntax.ts';

/** Why a file is left out whose blocks are too many. */
export const COPIES = 'finally bodies are nested too deeply to analyse';

/** Where `break` and `continue` go. */
interface Target {
  /** Labels that name this loop or block. */
  labels: string[];
  breakTo: BlockId;
  continueTo?: BlockId;
}

interface Jump extends Target {
  /** How many finally blocks were open when the target was. */
  finals: number;
}

/** Builds the control-flow form of one function, block by block. */
export class FlowBuilder {
  readonly fn: FunctionFact;
  private readonly room: { blocks: number };
  current: BlockId = 0;
  onThrow: BlockId | undefined;
  loop: number | undefined;
  handler: number | undefined;
  private readonly jumps: Jump[] = [];
  /** Finally bodies that a jump out must run, outermost first; each emits a copy of its body. */
  readonly finals: { emit: () => void; onThrow: BlockId | undefined; handler: number | undefined }[] = [];

  /** @param room blocks that the whole file may still have; all its builders draw on one */
  constructor(fn: FunctionFact, room: { blocks: number }) {
    this.fn = fn;
    this.room = room;
    this.current = this.newBlock();
  }

  /** @throws NestingError where copies of finally bodies hold copies of finally bodies, and so on, beyond any real program */
  newBlock(): BlockId {
    if (--this.room.blocks < 0) throw new NestingError(COPIES);
    const block: BlockFact = { steps: [], next: { k: 'end' } };
    if (this.onThrow !== undefined) block.onThrow = this.onThrow;
    if (this.loop !== undefined) block.loop = this.loop;
    if (this.handler !== undefined) block.handler = this.handler;
    this.fn.blocks.push(block);
    return this.fn.blocks.length - 1;
  }

  step(step: StepFact): void {
    this.fn.blocks[this.current]!.steps.push(step);
  }

  /** Ends the current block. What follows goes to a fresh block unless the caller moves elsewhere. */
  end(next: TerminatorFact): void {
    this.fn.blocks[this.current]!.next = next;
  }

  goto(to: BlockId): void {
    this.end({ k: 'goto', to });
  }

  /** Goes to a new block and continues there; needed where the exception target or loop changes. */
  split(): BlockId {
    const next = this.newBlock();
    this.goto(next);
    this.current = next;
    return next;
  }

  /** Continues in a block that nothing reaches: code after return, throw, break. */
  unreachable(): void {
    this.current = this.newBlock();
  }

  /** Leaves the function with a value or none. */
  returns(value?: ValueId): void {
    this.runFinals(0);
    this.end(value === undefined ? { k: 'return' } : { k: 'return', value });
    this.unreachable();
  }

  throws(value: ValueId): void {
    this.end({ k: 'throw', value });
    this.unreachable();
  }

  /** `break`, or with `goesOn` `continue`, to the innermost of the loops and blocks around that it means. */
  jump(goesOn: boolean, isMeant: (target: Jump) => boolean): void {
    const target = this.jumps.findLast(isMeant);
    if (target) {
      this.runFinals(target.finals);
      this.goto((goesOn ? target.continueTo : undefined) ?? target.breakTo);
    }
    this.unreachable();
  }

  /** Lowers what `break` and `continue` leave for these targets. */
  within(target: Target, body: () => void): void {
    this.jumps.push({ ...target, finals: this.finals.length });
    body();
    this.jumps.pop();
  }

  /** A block of statements that `break` with one of its labels leaves. */
  labelled(labels: string[], body: () => void): void {
    const after = this.newBlock();
    this.within({ labels, breakTo: after }, body);
    this.goto(after);
    this.current = after;
  }

  newLoop(kind: LoopFact['kind'], head: BlockId, at: number, to: number, over?: ValueId): number {
    const loop: LoopFact = { kind, head, at, to };
    if (over !== undefined) loop.over = over;
    if (this.loop !== undefined) loop.parent = this.loop;
    this.fn.loops.push(loop);
    return this.fn.loops.length - 1;
  }

  newHandler(entry: BlockId, caught: ValueId, at: number, to: number): number {
    const handler: HandlerFact = { entry, caught, at, to };
    if (this.handler !== undefined) handler.parent = this.handler;
    this.fn.handlers.push(handler);
    return this.fn.handlers.length - 1;
  }

  /** Emits copies of the finally bodies between here and `depth`, innermost first, as a jump out runs them. */
  runFinals(depth: number): void {
    const saved = { onThrow: this.onThrow, handler: this.handler };
    for (let index = this.finals.length - 1; index >= depth; index--) {
      const final = this.finals[index]!;
      const kept = this.finals.splice(index);
      this.onThrow = final.onThrow;
      this.handler = final.handler;
      this.split();
      final.emit();
      this.finals.push(...kept);
    }
    this.onThrow = saved.onThrow;
    this.handler = saved.handler;
  }
}
