import type { Fix, TextEdit } from './edit.ts';

/** Several fixes as one change. */
export interface Combined {
  /** Those that are in it; the others touch what one of these touches. */
  used: Fix[];
  edits: Record<string, TextEdit[]>;
  creates: Record<string, string>;
}

/** Joins fixes that were computed for the same texts, the first first. What two of them add at one place in the same words, such as an import, is added once. */
export function combine(fixes: readonly Fix[]): Combined {
  const out: Combined = { used: [], edits: {}, creates: {} };
  const files = new Map<string, Map<string, TextEdit>>();
  for (const fix of fixes) {
    const clashes = Object.entries(fix.edits).some(([path, edits]) => {
      const taken = files.get(path);
      return taken !== undefined && edits.some((edit) => !taken.has(keyOf(edit)) && [...taken.values()].some((other) => touches(edit, other)));
    });
    if (clashes || Object.entries(fix.creates).some(([path, text]) => Object.hasOwn(out.creates, path) && out.creates[path] !== text)) continue;
    out.used.push(fix);
    Object.assign(out.creates, fix.creates);
    for (const [path, edits] of Object.entries(fix.edits)) {
      const taken = files.get(path) ?? new Map<string, TextEdit>();
      for (const edit of edits) taken.set(keyOf(edit), edit);
      files.set(path, taken);
    }
  }
  for (const [path, edits] of files) out.edits[path] = [...edits.values()].sort((one, other) => one.start - other.start || one.end - other.end);
  return out;
}

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

function keyOf({ start, end, newText }: TextEdit): string {
  return `${start}:${end}:${newText}`;
}

function touches(one: TextEdit, other: TextEdit): boolean {
  return one.start === other.start || (one.start < other.end && other.start < one.end);
}
