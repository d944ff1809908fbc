import type { BlockId, LoopFact, ValueId } from '../../facts/facts.ts';
import type { FlowBuilder } from './flow.ts';

/** A loop, as far as all languages write it alike. */
export interface Loop {
  kind: LoopFact['kind'];
  /** Where it stands. */
  node: { at: number; to: number };
  /** By which `break` and `continue` may name it. */
  labels?: string[];
  /** What it walks. */
  over?: ValueId;
  /** How many rounds it makes, where that is written down. */
  times?: ValueId | undefined;
  body: () => void;
  /** What runs between two rounds. */
  step?: (() => void) | undefined;
  /** What runs where it was not broken off. */
  otherwise?: (() => void) | undefined;
}

/** Leaves the current block: to `body` for another round, or to `done`. */
type Test = (body: BlockId, done: BlockId) => void;

/** A loop over the elements of something. `awaits`: each is waited for. */
export function lowerEachLoop(flow: FlowBuilder, loop: Loop & { over: ValueId }, awaits: boolean): void {
  lowerLoop(flow, loop, (body, done) => flow.end({ k: 'iterate', over: loop.over, awaits, body, done }));
}

/** A loop whose test comes before each round. */
export function lowerLoop(flow: FlowBuilder, loop: Loop, test: Test): void {
  around(flow, loop, (head, after, done) => {
    const body = flow.newBlock();
    const next = loop.step ? flow.newBlock() : head;
    test(body, done);
    flow.current = body;
    flow.within({ labels: loop.labels ?? [], breakTo: after, continueTo: next }, loop.body);
    if (loop.step) {
      flow.goto(next);
      flow.current = next;
      loop.step();
    }
    flow.goto(head);
  });
}

/** A loop whose test comes after each round. */
export function lowerDoLoop(flow: FlowBuilder, loop: Loop, test: Test): void {
  around(flow, loop, (head, after, done) => {
    const next = flow.newBlock();
    flow.within({ labels: loop.labels ?? [], breakTo: after, continueTo: next }, loop.body);
    flow.goto(next);
    flow.current = next;
    test(head, done);
  });
}

/** A loop that only a jump goes on with. */
export function lowerOnceOrMore(flow: FlowBuilder, loop: Loop): void {
  around(flow, loop, (head, after) => {
    flow.within({ labels: loop.labels ?? [], breakTo: after, continueTo: head }, loop.body);
    flow.goto(after);
  });
}

function around(flow: FlowBuilder, { node, kind, over, times, otherwise }: Loop, rounds: (head: BlockId, after: BlockId, done: BlockId) => void): void {
  const after = flow.newBlock();
  const done = otherwise ? flow.newBlock() : after;
  const loop = flow.newLoop(kind, flow.fn.blocks.length, node.at, node.to, over);
  if (times !== undefined) flow.fn.loops[loop]!.times = times;
  const outer = flow.loop;
  flow.loop = loop;
  rounds(flow.split(), after, done);
  flow.loop = outer;
  if (otherwise) {
    flow.current = done;
    otherwise();
    flow.goto(after);
  }
  flow.current = after;
}
