/**
 * What is worked out once for a thing, and holds for as long as what it was worked out with: thousands of calls may stand in one loop or fail into one clause,
 * and each of them asks. Kept only when it is complete, so that an analysis which is given up leaves nothing half done.
 */
export class Remembered<Holding extends object, Thing extends object, Answer> {
  private readonly answers = new WeakMap<Holding, WeakMap<Thing, Answer>>();

  /** @param holding the state of the analysis, a new one for each state of the program */
  get(holding: Holding, thing: Thing, work: () => Answer): Answer {
    let known = this.answers.get(holding);
    if (!known) this.answers.set(holding, (known = new WeakMap()));
    let answer = known.get(thing);
    if (answer === undefined) known.set(thing, (answer = work()));
    return answer;
  }
}
