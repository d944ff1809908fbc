import type { RetrySafety } from '../../../catalog/index.ts';
import type { FailureClass } from '../report/callRecord.ts';

/** One way in which a call can fail, with what code can see of it. */
export class Mode {
  readonly code: string;
  readonly class: FailureClass;
  readonly http: readonly number[];
  /** Words that the message carries, as far as the catalogue knows. */
  readonly message: string | undefined;
  /** What a repeat may do. */
  readonly safety: RetrySafety;
  /** Where the code is at home: it stands where errors of the API stand, or tells of a broken connection. */
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

  /** Whether a member of the error equals a value; undefined where that is not known. */
  equals(member: string | undefined, wanted: string | number | boolean): boolean | undefined {
    if (typeof wanted === 'number' || /^\d{3}$/.test(String(wanted))) {
      if (member !== undefined && !/status|code/i.test(member)) return undefined;
      return this.http.length === 0 ? undefined : this.http.includes(Number(wanted));
    }
    if (typeof wanted !== 'string') return undefined;
    // What jsforce calls an answer without a code.
    if (wanted.replace(/^sf:|^ERROR_(?=HTTP_)/, '') === this.code) return true;
    return /^[A-Z][A-Z0-9_]{3,}$|^[a-z]+_[a-z_]+$/.test(wanted) ? false : undefined;
  }

  /** Whether the error's code or message contains a text. */
  contains(text: string): boolean | undefined {
    if (this.code.includes(text) || this.message?.toLowerCase().includes(text.toLowerCase())) return true;
    return /^[A-Z][A-Z0-9_]{3,}$/.test(text) ? false : undefined;
  }

  /** Whether the error's code or message matches a pattern as written in the source. */
  matches(pattern: string): boolean | undefined {
    const parts = /^\/([\s\S]*)\/([a-z]*)$/.exec(pattern);
    if (!parts || parts[1]!.length > 500) return undefined;
    // Only plain alternatives are read: a foreign pattern is never run, for it could take for ever.
    const words = parts[1]!.split('|').map((each) => each.replace(/^\(\??:?|\)$|\\b|\^|\$/g, ''));
    if (!words.every((each) => /^[\w \-:]+$/.test(each))) return undefined;
    const answers = words.map((each) => this.contains(each));
    return answers.includes(true) ? true : answers.every((each) => each === false) ? false : undefined;
  }
}
