/** Longest pause after failures, in milliseconds. */
const LONGEST_PAUSE = 60 * 60_000;

/** A view that is shown again reads anew only when its figures are older than this, in milliseconds. */
const FRESH = 60_000;

/**
 * When to read limits: at once when the view appears with old figures, then every so often while it is visible, more and more rarely while
 * readings fail, never while it is hidden. Knows time, and nothing of editor or org.
 */
export class Poller {
  readonly #read: () => void;
  readonly #interval: () => number;
  #visible = false;
  #timer: NodeJS.Timeout | undefined;
  #lastEnd: number | undefined;
  #failures = 0;

  /**
   * @param read starts a reading; its end is told through `ended`
   * @param interval pause between two readings, in milliseconds; asked before each pause
   */
  constructor(read: () => void, interval: () => number) {
    this.#read = read;
    this.#interval = interval;
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible && (this.#lastEnd === undefined || Date.now() - this.#lastEnd > FRESH)) this.#read();
    else this.#schedule();
  }

  /** Notes the end of a reading, whoever asked for it. */
  ended(succeeded: boolean): void {
    this.#lastEnd = Date.now();
    this.#failures = succeeded ? 0 : this.#failures + 1;
    this.#schedule();
  }

  /** Another org, another history. */
  reset(): void {
    this.#lastEnd = undefined;
    this.#failures = 0;
    clearTimeout(this.#timer);
  }

  dispose(): void {
    this.#visible = false;
    clearTimeout(this.#timer);
  }

  /** Milliseconds until the next reading by itself; `undefined` while hidden. */
  get pause(): number | undefined {
    return this.#visible ? Math.min(LONGEST_PAUSE, this.#interval() * 2 ** Math.min(this.#failures, 10)) : undefined;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const pause = this.pause;
    if (pause === undefined) return;
    const since = this.#lastEnd === undefined ? 0 : Date.now() - this.#lastEnd;
    this.#timer = setTimeout(() => this.#read(), Math.max(0, pause - since));
  }
}
