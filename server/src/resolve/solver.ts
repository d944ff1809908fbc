import { Budget } from './budget.ts';

/** Depth of demand at which an answer is given up: real code stays far below. */
const MAX_DEPTH = 300;
/** Rounds after which a question is taken as answered; the sets are small and only grow, so real code needs two or three. */
const MAX_ROUNDS = 12;

/** One equation: what is asked, and the answer as far as it is known. */
export class Question<T = unknown> {
  answer: readonly T[] = [];
  /** Whether the answer stands for good. */
  settled = false;
  /** Place in the order of discovery; -1 before the first evaluation. */
  order = -1;
  /** The earliest open question that this one was seen to depend on. */
  low = -1;
  /** The round in which it was evaluated last. */
  round = 0;
  /** Whether its evaluation is under way. */
  active = false;
  /** Whether it was asked for in its own evaluation. */
  circular = false;
}

/**
 * Solves equations that refer to each other, on demand. Questions that depend on each other in a circle are one system, solved by rounds until nothing grows:
 * the least solution, whatever the order of questions. What depends on no open question is settled at once (Tarjan's strongly connected components).
 * Answers hold for one state of the program.
 */
export class Solver {
  readonly budget = new Budget();
  private readonly questions = new Map<string, Question>();
  /** Open questions in the order of their discovery. */
  private readonly open: Question[] = [];
  private changed = false;
  private depth = 0;
  private rounds = 1;
  private round = 1;
  /** The question under evaluation. */
  private asking: Question | undefined;

  /** Answers the equation of a key. `compute` may ask others, itself included; its answer only ever grows. */
  solve<T>(key: string, compute: () => readonly T[]): readonly T[] {
    let question = this.questions.get(key);
    if (!question) this.questions.set(key, (question = new Question()));
    return this.answer(question as Question<T>, compute);
  }

  /** The same for a question that the caller keeps; one question always comes with the same equation. */
  answer<T>(question: Question<T>, compute: () => readonly T[]): readonly T[] {
    this.budget.step();
    if (question.settled) return question.answer;
    if (question.active) question.circular = true;
    else if (question.round < this.round && this.depth <= MAX_DEPTH) this.evaluate(question, compute);
    if (!question.settled && question.order >= 0 && this.asking && question.low < this.asking.low) this.asking.low = question.low;
    return question.answer;
  }

  private evaluate<T>(question: Question<T>, compute: () => readonly T[]): void {
    const isNew = question.order < 0;
    if (isNew) {
      question.order = question.low = this.open.length;
      this.open.push(question);
    }
    const outer = this.asking;
    this.asking = question;
    this.depth++;
    question.active = true;
    this.once(question, compute);
    if (isNew && question.low === question.order) this.close(question, compute);
    question.active = false;
    this.depth--;
    this.asking = outer;
  }

  private once<T>(question: Question<T>, compute: () => readonly T[]): void {
    question.round = this.round;
    const answer = compute();
    if (answer.length === question.answer.length) return;
    question.answer = answer;
    this.changed = true;
  }

  /** Ends the first evaluation of a question that depends on no earlier open one: whatever is still open after it is in a circle with it. */
  private close<T>(question: Question<T>, compute: () => readonly T[]): void {
    if (question.circular || this.open.length > question.order + 1) {
      const { changed, round } = this;
      for (let count = 1; count < MAX_ROUNDS; count++) {
        this.round = ++this.rounds;
        this.changed = false;
        this.once(question, compute);
        if (!this.changed || question.low < question.order) break;
      }
      this.round = round;
      // What has grown may reach a question that is open further out; the circle is then part of a larger one, which is solved there.
      this.changed = changed || question.low < question.order;
      if (question.low < question.order) return;
    }
    for (const each of this.open.splice(question.order)) each.settled = true;
  }
}
