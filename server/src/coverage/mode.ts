import type { RetrySafety } from '../../../catalog/index.ts';
import type { FailureClass } from '../report/callRecord.ts';

/** A question about a mode, and what was answered. */
export interface Asked {
  key: string;
  of: (mode: Mode) => boolean | undefined;
  answer: boolean | undefined;
}

/** One way in which a call can fail, with what code can see of it. */
export class Mode {
  readonly code: string;
  readonly class: FailureClass;
  private readonly http: readonly number[];
  /** Words that the message carries, as far as the catalogue knows. */
  readonly message: string | undefined;
  /** What a repeat may do. */
  readonly safety: RetrySafety;
  private heard = new Map<string, Asked>();
  /** Whether no answer came: a broken connection, a time-out. */
  readonly network: boolean;

  constructor(code: string, failureClass: FailureClass, http: readonly number[], message: string | undefined, safety: RetrySafety, network: boolean) {
    this.code = code;
    this.class = failureClass;
    this.http = http;
    this.message = message;
    this.safety = safety;
    this.network = network;
  }

  /** Whether Salesforce refused the whole request, so that a repeat is harmless. */
  get notApplied(): boolean {
    return this.safety === 'not-applied';
  }

  /** Answers a question. Whatever looks at a mode to judge a failure asks it, for `ByMode` goes by the answers. `key` tells questions apart. */
  ask(key: string, of: (mode: Mode) => boolean | undefined): boolean | undefined {
    let asked = this.heard.get(key);
    if (!asked) this.heard.set(key, (asked = { key, of, answer: of(this) }));
    return asked.answer;
  }

  /** Runs a piece of work and tells what it asked, in the order of first asking. */
  listen<T>(work: () => T): { value: T; asked: Asked[] } {
    const outer = this.heard;
    this.heard = new Map();
    const value = work();
    const asked = [...this.heard.values()];
    for (const each of asked) if (!outer.has(each.key)) outer.set(each.key, each);
    this.heard = outer;
    return { value, asked };
  }

  /** Whether classes of errors take it: by its code, its statuses and whether an answer came at all. `key` tells classes apart. */
  isOf(key: string, judge: (code: string, statuses: readonly number[], network: boolean) => boolean | undefined): boolean | undefined {
    return this.ask(`^${key}`, (mode) => judge(mode.code, mode.http, mode.network));
  }

  /** Whether it comes with an HTTP status. */
  hasStatus(): boolean {
    return this.ask('status', (mode) => mode.http.length > 0) === true;
  }

  /** Whether a member of the error equals a value; undefined where that is not known. */
  equals(member: string | undefined, wanted: string | number | boolean): boolean | undefined {
    return this.ask(`=${typeof wanted}\0${wanted}${member === undefined ? '' : `\0${member}`}`, (mode) => mode.compare(member, wanted));
  }

  /** Whether the error's code or message contains a text. */
  contains(text: string): boolean | undefined {
    return this.ask(`*${text}`, (mode) => mode.search(text));
  }

  /** Whether the error's code or message matches a pattern as written in the source. */
  matches(pattern: string): boolean | undefined {
    return this.ask(`/${pattern}`, (mode) => mode.match(pattern));
  }

  private compare(member: string | undefined, wanted: string | number | boolean): boolean | undefined {
    if (typeof wanted === 'number' || /^\d{3}$/.test(String(wanted))) {
      if (member !== undefined && !/status|code/i.test(member)) return undefined;
      return this.http.length === 0 ? undefined : this.http.includes(Number(wanted));
    }
    if (typeof wanted !== 'string') return undefined;
    // What jsforce calls an answer without a code.
    if (wanted.replace(/^sf:|^ERROR_(?=HTTP_)/, '') === this.code) return true;
    return /^[A-Z][A-Z0-9_]{3,}$|^[a-z]+_[a-z_]+$/.test(wanted) ? false : undefined;
  }

  private search(text: string): boolean | undefined {
    if (this.code.includes(text) || this.message?.toLowerCase().includes(text.toLowerCase())) return true;
    return /^[A-Z][A-Z0-9_]{3,}$/.test(text) ? false : undefined;
  }

  private match(pattern: string): boolean | undefined {
    const parts = /^\/([\s\S]*)\/([a-z]*)$/.exec(pattern);
    if (!parts || parts[1]!.length > 500) return undefined;
    // Only plain alternatives are read: a foreign pattern is never run, for it could take for ever.
    const words = parts[1]!.split('|').map((each) => each.replace(/^\(\??:?|\)$|\\b|\^|\$/g, ''));
    if (!words.every((each) => /^[\w \-:]+$/.test(each))) return undefined;
    const answers = words.map((each) => this.search(each));
    return answers.includes(true) ? true : answers.every((each) => each === false) ? false : undefined;
  }
}
