import { Budget } from './budget.ts';

/** Depth of demand at which an answer is given up: real code stays far below. */
const MAX_DEPTH = 300;
/** Rounds after which a question is taken as answered; the sets are small and only grow, so real code needs two or three. */
const MAX_ROUNDS = 12;

/**
 * Solves equations that refer to each other. Every question that arises under one first question is part of one system, solved by rounds until nothing
 * grows: the least solution, whatever the order of questions. Answers hold for one state of the program.
 */
export class Solver {
  readonly budget = new Budget();
  private readonly settled = new Map<string, readonly unknown[]>();
  private readonly draft = new Map<string, readonly unknown[]>();
  private readonly visited = new Set<string>();
  private changed = false;
  private depth = 0;

  /** Answers one equation. `compute` may ask others, itself included; its answer only ever grows. */
  solve<T>(key: string, compute: () => readonly T[]): readonly T[] {
    this.budget.step();
    const known = this.settled.get(key);
    if (known) return known as readonly T[];
    if (this.depth > 0) return this.ask(key, compute);
    let answer: readonly T[] = [];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      this.changed = false;
      this.visited.clear();
      answer = this.ask(key, compute);
      if (!this.changed) break;
    }
    for (const [each, value] of this.draft) this.settled.set(each, value);
    this.draft.clear();
    this.visited.clear();
    return answer;
  }

  /** The answer of an equation that is solved, whatever is being asked now. */
  answered(key: string): readonly unknown[] | undefined {
    return this.settled.get(key);
  }

  private ask<T>(key: string, compute: () => readonly T[]): readonly T[] {
    const before = (this.draft.get(key) ?? []) as readonly T[];
    if (this.visited.has(key) || this.depth > MAX_DEPTH) return before;
    this.visited.add(key);
    this.depth++;
    let after: readonly T[];
    try {
      after = compute();
    } finally {
      this.depth--;
    }
    if (after.length !== before.length || !this.draft.has(key)) {
      this.draft.set(key, after);
      if (after.length !== before.length) this.changed = true;
    } else {
      after = before;
    }
    return after;
  }
}
