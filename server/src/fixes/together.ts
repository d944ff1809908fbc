import type { Fix, TextEdit } from './edit.ts';

/** Many fixes as one change, and how many of them it holds: one that would edit what another edits is left out. */
export interface Together extends Pick<Fix, 'edits' | 'creates'> {
  count: number;
}

interface Owned extends TextEdit {
  fix: number;
}

/** Joins fixes that were made from the same texts. What several of them bring in (an import, a helper file) is brought in once; the first in the list goes first. */
export function together(fixes: readonly Fix[]): Together {
  const byPath = new Map<string, Owned[]>();
  fixes.forEach((fix, number) => {
    for (const [path, edits] of Object.entries(fix.edits)) {
      const own = edits.map((edit) => ({ ...edit, fix: number }));
      const list = byPath.get(path);
      if (list) list.push(...own);
      else byPath.set(path, own);
    }
  });
  const out = new Set<number>();
  for (const edits of byPath.values()) for (const number of overlapping(edits)) out.add(number);
  const edits: Record<string, TextEdit[]> = {};
  for (const [path, owned] of byPath) {
    const kept = inOrder(owned.filter(({ fix }) => !out.has(fix)));
    if (kept.length > 0) edits[path] = kept.filter((edit, at) => !isSame(edit, kept[at - 1])).map(({ start, end, newText }) => ({ start, end, newText }));
  }
  const creates: Record<string, string> = {};
  fixes.forEach((fix, number) => {
    if (!out.has(number)) for (const [path, text] of Object.entries(fix.creates)) creates[path] ??= text;
  });
  return { edits, creates, count: fixes.length - out.size };
}

/** The fixes that meet one before them: they take away the same text, or put something into what it takes away, or another text to the same place. */
function overlapping(edits: readonly Owned[]): Set<number> {
  const out = new Set<number>();
  let last: Owned | undefined;
  for (const edit of inOrder(edits)) {
    if (out.has(edit.fix)) continue;
    if (last && last.fix !== edit.fix && !isSame(edit, last) && (edit.start < last.end || (edit.start === last.start && edit.end === last.end))) {
      out.add(Math.max(edit.fix, last.fix));
      if (edit.fix > last.fix) continue;
    }
    if (!last || edit.end >= last.end) last = edit;
  }
  return out;
}

function inOrder<T extends TextEdit>(edits: readonly T[]): T[] {
  return [...edits].sort((one, other) => one.start - other.start || one.end - other.end || (one.newText < other.newText ? -1 : one.newText > other.newText ? 1 : 0));
}

function isSame(one: TextEdit, other: TextEdit | undefined): boolean {
  return other !== undefined && one.start === other.start && one.end === other.end && one.newText === other.newText;
}
