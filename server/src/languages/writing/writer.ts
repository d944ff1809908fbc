import type { FileFacts, Span } from '../../facts/facts.ts';

/** Text to put in the place of some: `at === to` puts it between. */
export interface Insertion extends Span {
  text: string;
}

/** A statement whose whole work is one expression: what stands before and after it. */
export interface PlainStatement extends Span {
  /** What becomes of the value of the expression: it is dropped, it gets a new name, it is given to a name that is there, it is returned. */
  use: 'dropped' | 'declared' | 'assigned' | 'returned';
  /** The name that it gets, if it gets one. */
  name?: string;
  /** White space before the statement on its line. */
  indent: string;
  /** Ends statements, in this file's habit: `;` or nothing. */
  semicolon: string;
}

/** Where a line can be put before a statement, and how it is written there. */
export interface PlaceBefore {
  at: number;
  indent: string;
  newline: string;
  semicolon: string;
}

/** A list of results that is to be looked at, each by itself. */
export interface ListCheck {
  /** What holds the list. */
  list: string;
  /** The type of its elements as the file writes it, where it does. */
  elementType: string | undefined;
  /** Names for an element and for the refused ones, which nothing else has. */
  element: string;
  refused: string;
  /** Where each says that all is well, a method with `()`; where it has a list of reasons why not; and where such a reason has its code. */
  ok: string;
  why: string;
  code: string;
  /** What the elements stand for: `records`. */
  noun: string;
}

/** How a language is written. It knows nothing of what the text is about. Every answer is undefined where something cannot be written at a place. */
export interface Writer {
  /**
   * The statement in which an expression stands, where that is all it does and where other statements can be put beside it. Undefined where the statement
   * does more, shares its line, or is no statement of a body.
   */
  plainStatement(facts: FileFacts, source: string, expression: Span): PlainStatement | undefined;
  /** The place before the statement of an expression, where the statement begins a line of a body: what is put there runs just before it, and as often. */
  placeBefore(facts: FileFacts, source: string, expression: Span): PlaceBefore | undefined;
  /** Gives an expression a name of its own, without the end of the statement. Undefined where the language wants a type and none is given. */
  constant(source: string, name: string, value: string, type?: string): string | undefined;
  /** A name for a new constant, made of a word: `getAccountRecord` gives `accountRecord`. */
  constantName(word: string, taken: (name: string) => boolean): string;
  /** Statements that throw an error which tells of the elements of a list that say they were refused; absent where it is not written so. */
  checkOfList?(source: string, check: ListCheck): string[] | undefined;
  /** Edits that give an error, which is made and thrown at a place inside a catch clause, the caught one as its cause. */
  causeEdits?(facts: FileFacts, source: string, thrown: Span, clause: Span): Insertion[] | undefined;
}
