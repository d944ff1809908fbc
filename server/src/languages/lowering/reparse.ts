import type { Parser, Point, Tree } from '@vscode/tree-sitter-wasm';
import { LoweredFunctions } from './loweredFunctions.ts';
import { type CopiedParts, type CopiedTree, copyTree, type Correction, parse, treeOf } from './syntax.ts';

/** Files whose trees are kept: those that somebody is writing in. */
const KEPT = 4;

/** The last sound state of a file that is being edited. */
interface Kept {
  text: string;
  tree: Tree;
  parts: CopiedParts;
  lowered: LoweredFunctions;
}

/** A tree of a file, with what is known of its functions if it has been edited before. */
export interface ReparsedTree extends CopiedTree {
  lowered?: LoweredFunctions;
}

/**
 * Parses files that change again and again: what an edit leaves alone is neither parsed nor copied again. Trees stay in the parser's memory for the few files
 * edited last. A text with an error in it is parsed from its beginning, for how a parser finds its way past an error may depend on where it came from.
 */
export class Reparser {
  /** By file, the one edited last at the end; undefined for a file that has been seen once. */
  private readonly kept = new Map<string, Kept | undefined>();

  /** The tree of a file's text, the same as that of `parse`. @param file a name that stays the same from edit to edit */
  parse(parser: Parser, file: string, text: string, correct: Correction | undefined): ReparsedTree {
    // Most files are read once and never change: nothing is kept of them.
    if (!this.kept.has(file)) {
      this.keep(file, undefined);
      return parse(parser, text, correct);
    }
    const before = this.kept.get(file);
    const tree = before ? reparse(parser, before, text) : treeOf(parser, text);
    this.kept.delete(file);
    if (tree.rootNode.hasError) {
      tree.delete();
      this.keep(file, before);
      return parse(parser, text, correct);
    }
    try {
      const parts: CopiedParts = new Map();
      const copied = copyTree(tree, correct, { known: before?.parts, made: parts });
      const lowered = new LoweredFunctions(before?.lowered);
      this.keep(file, { text, tree, parts, lowered });
      return { ...copied, lowered };
    } catch (error) {
      tree.delete();
      throw error;
    } finally {
      before?.tree.delete();
    }
  }

  /** Forgets a file. */
  forget(file: string): void {
    this.kept.get(file)?.tree.delete();
    this.kept.delete(file);
  }

  private keep(file: string, kept: Kept | undefined): void {
    this.kept.set(file, kept);
    const [eldest] = this.kept.keys();
    if (this.kept.size > KEPT && eldest !== undefined) this.forget(eldest);
  }
}

/** Parses the text that a kept one has become. */
function reparse(parser: Parser, before: Kept, text: string): Tree {
  const edited = before.tree.copy();
  const { start, oldEnd, newEnd } = changeBetween(before.text, text);
  edited.edit({
    startIndex: start,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(text, start),
    oldEndPosition: pointAt(before.text, oldEnd),
    newEndPosition: pointAt(text, newEnd),
  });
  try {
    return treeOf(parser, text, edited);
  } finally {
    edited.delete();
  }
}

/** The one span in which two texts differ: between their common beginning and their common end. */
function changeBetween(before: string, after: string): { start: number; oldEnd: number; newEnd: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < shorter - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  // A character of two code units is never cut.
  if (start > 0 && isLowSurrogate(before, start)) start--;
  if (end > 0 && isLowSurrogate(before, before.length - end)) end--;
  return { start, oldEnd: before.length - end, newEnd: after.length - end };
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

function pointAt(text: string, at: number): Point {
  let row = 0;
  let line = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
    row++;
    line = next + 1;
  }
  return { row, column: at - line };
}
