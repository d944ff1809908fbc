import type { FileFacts } from '../facts/facts.ts';
import type { LoweredFunctions } from './lowering/loweredFunctions.ts';
import type { Correction, SyntaxNode } from './lowering/syntax.ts';
import type { Outline } from './outline.ts';

/** A language that is analysed: how its files are parsed and lowered, and nothing of what they are about. */
export interface Language extends Outline {
  /** The grammar's dialect for a file, by its name. */
  dialectOf(path: string): string;
  /** File name of a dialect's grammar. */
  grammarOf(dialect: string): string;
  /** Puts right what the grammar reads as no compiler does. */
  correct?: Correction;
  /**
   * Lowers a syntax tree: a pure function of text and tree that never fails.
   * @param lowered of a file that is being edited, its functions before; a language that does not know how to take them over lowers them all
   */
  lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean, lowered?: LoweredFunctions): FileFacts;
}
