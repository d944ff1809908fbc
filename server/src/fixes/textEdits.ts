import type { TextEdit } from './edit.ts';

/** A text after edits that are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const { start, end, newText } of edits) {
    out += text.slice(at, start) + newText;
    at = end;
  }
  return out + text.slice(at);
}

/** Where a place of a text is after edits. */
export function movedBy(edits: readonly TextEdit[], at: number): number {
  let moved = at;
  for (const { start, end, newText } of edits) if (end <= at && (start < at || start === end)) moved += newText.length - (end - start);
  return moved;
}
