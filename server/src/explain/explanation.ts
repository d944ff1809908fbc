import type { ErrorCode, FailureClass, FailureMode, HttpStatus, Message } from '../../../catalog/index.ts';

/** One distinct error of a text and everything the catalogue knows about it. */
export interface Explanation {
  /** The code as it was written; absent where only a message or a status was there. */
  code?: string;
  /** The message of its first occurrence. */
  message?: string;
  http?: number;
  fields?: readonly string[];
  /** How many times it was met. */
  count: number;
  /** When it was met first and last, as the text writes it; absent where no line says. */
  firstSeen?: string;
  lastSeen?: string;
  /** What the code means, one for each API that uses it in its own way, the most fitting first. Empty where the code is unknown. */
  meanings: readonly Meaning[];
  /** A known text that the message is, where that says more than the code. */
  knownMessage?: Message;
  /** What the HTTP status says, where there is no code that says more. */
  status?: HttpStatus;
  /** For what is not known: what can be said honestly. */
  guess?: Guess;
}

/** A code in one API. */
export interface Meaning {
  entry: ErrorCode;
  /** The mode that fits message and status; absent where they do not tell and the code has several. */
  mode?: FailureMode;
}

/** Nothing here is known for sure. */
export interface Guess {
  /** Codes with a name like the unknown one. */
  nearest: readonly string[];
  /** Class by the HTTP status alone. */
  class?: FailureClass;
  /** What the guess rests on, for people. */
  because: string;
}
