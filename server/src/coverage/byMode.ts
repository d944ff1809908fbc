import type { Asked, Mode } from './mode.ts';

/** Where the next question leads, by its answer; or the result, where nothing more is asked. */
interface Turn<T> {
  asks?: Asked;
  answers?: Map<boolean | undefined, Turn<T>>;
  result?: { value: T };
}

/**
 * What is worked out for each of many failure modes, once for all that code does not tell apart: a result depends on a mode only by the answers to what
 * was asked of it on the way. `undefined` stands for a failure of any mode.
 */
export class ByMode<T> {
  private readonly first: Turn<T> = {};
  private whole: { value: T } | undefined;

  /** The result for a mode; `compute` gives it where no mode with the same answers has come before. */
  get(mode: Mode | undefined, compute: () => T): T {
    if (!mode) return (this.whole ??= { value: compute() }).value;
    let turn: Turn<T> | undefined = this.first;
    while (turn?.asks) turn = turn.answers!.get(mode.ask(turn.asks.key, turn.asks.of));
    if (turn?.result) return turn.result.value;
    const { value, asked } = mode.listen(compute);
    this.remember(asked, value);
    return value;
  }

  private remember(asked: Iterable<Asked>, value: T): void {
    let turn = this.first;
    for (const each of asked) {
      turn.asks ??= each;
      // Where something else was asked than the last time, the ways cannot be compared.
      if (turn.asks.key !== each.key || turn.result) return;
      turn.answers ??= new Map();
      let next = turn.answers.get(each.answer);
      if (!next) turn.answers.set(each.answer, (next = {}));
      turn = next;
    }
    if (!turn.asks) turn.result = { value };
  }
}
