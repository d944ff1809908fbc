import { codeNames } from '../../../catalog/index.ts';

/** More than this many would be guessing. */
const MOST = 3;
/** At least this share of what two names have must be common to both. */
const ALIKE = 0.55;

/** Known codes whose names are most like an unknown one, best first: a misspelling, a newer or older name, another API's way to write it. */
export function nearestCodes(name: string): readonly string[] {
  const wanted = shape(name.slice(0, 100));
  if (wanted.letters.size === 0) return [];
  return codeNames()
    .filter((known) => !/^\d+$/.test(known) && !/^ERROR_HTTP_/.test(known))
    .map((known) => ({ known, likeness: likeness(wanted, shape(known)) }))
    .filter((candidate) => candidate.likeness >= ALIKE)
    .sort((a, b) => b.likeness - a.likeness || (a.known < b.known ? -1 : 1))
    .slice(0, MOST)
    .map(({ known }) => known);
}

interface Shape {
  words: ReadonlySet<string>;
  /** Neighbouring letters: they survive a typing error elsewhere in the name. */
  letters: ReadonlySet<string>;
}

function shape(name: string): Shape {
  const words = name.replace(/^[a-z]{2,8}:/i, '').replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/).filter(Boolean);
  const joined = words.join('');
  const letters = new Set<string>();
  for (let at = 0; at + 1 < joined.length; at++) letters.add(joined.slice(at, at + 2));
  return { words: new Set(words), letters };
}

function likeness(a: Shape, b: Shape): number {
  return 0.5 * overlap(a.words, b.words) + 0.5 * overlap(a.letters, b.letters);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const item of a) if (b.has(item)) common++;
  return (2 * common) / (a.size + b.size || 1);
}
