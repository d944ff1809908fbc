import type { Family } from '../../../catalog/schema/words.ts';

/** One error as a text shows it: at least one of code, message and status is there. */
export interface FoundError {
  /** The code as it is written: `UNABLE_TO_LOCK_ROW`, `sf:INVALID_SESSION_ID`, `invalid_grant`, `10001`. */
  code?: string;
  message?: string;
  /** HTTP status of the answer, or of the part of a composite answer. */
  http?: number;
  /** The API that the shape of the answer gives away. */
  family?: Family;
  fields?: readonly string[];
  /** Offset in the text where it begins, in UTF-16 code units. */
  at: number;
}

/** How the catalogue is asked while errors are looked for; no entry is read. */
export interface Vocabulary {
  isCode(name: string): boolean;
  /** A word that other systems use too. */
  isGeneric(name: string): boolean;
  /** Whether a line holds a known text that comes without a code. */
  isMessage(line: string): boolean;
}
