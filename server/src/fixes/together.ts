import type { Fix, TextEdit } from './edit.ts';

/** Many fixes as one change. */
export interface Together extends Pick<Fix, 'edits' | 'creates'> {
  /** Those that are in it: one that would edit what another edits, or make another file of one name, is left out. */
  used: Fix[];
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
  const creates: Record<string, string> = {};
  fixes.forEach((fix, number) => {
    if (out.has(number)) return;
    if (Object.entries(fix.creates).some(([path, text]) => Object.hasOwn(creates, path) && creates[path] !== text)) out.add(number);
    else Object.assign(creates, fix.creates);
  });
  const edits: Record<string, TextEdit[]> = {};
  for (const [path, owned] of byPath) {
    const kept = inOrder(owned.filter(({ fix }) => !out.has(fix)));
    if (kept.length > 0) edits[path] = kept.filter((edit, at) => !isSame(edit, kept[at - 1])).map(({ start, end, newText }) => ({ start, end, newText }));
  }
  return { edits, creates, used: fixes.filter((_, number) => !out.has(number)) };
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
