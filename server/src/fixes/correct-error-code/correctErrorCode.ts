import { isCode } from '../../../../catalog/index.ts';
import type { FileFacts, Span } from '../../facts/facts.ts';
import { indexOf, partsOf } from '../../facts/fileIndex.ts';
import { valuesWithin } from '../../facts/positions.ts';
import type { Fix } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';

/** Puts the code that exists in the place of the one that does not. */
export function correctErrorCode({ finding, covered, program, path, text }: FixRequest): Fix | undefined {
  const facts = program.get(path);
  const source = text(path);
  const [meant] = finding.codes;
  const look = covered.looks.find((each) => each.path === path && each.at === finding.start && each.to === finding.end);
  if (!facts || source === undefined || meant === undefined || !look) return undefined;
  const unknown = look.wanted.filter((each) => typeof each === 'string' && !isCode(each));
  const word = unknown.find((each) => finding.message.includes(` ${each},`)) ?? unknown[0];
  if (typeof word !== 'string' || (unknown.length > 1 && !finding.message.includes(word))) return undefined;
  const places = comparedWith(facts, look, word).filter(({ at, to }) => source.slice(at + 1, to - 1) === word);
  if (places.length !== 1) return undefined;
  const [{ at, to }] = places as [Span];
  return {
    id: 'correct-error-code', title: `Replace ${word} by ${meant}`, preferred: true, safe: true,
    edits: { [path]: [{ start: at + 1, end: to - 1, newText: meant }] }, creates: {},
  };
}

/** The texts with which what stands at a place is compared, where they are this word. */
function comparedWith(facts: FileFacts, { at, to }: Span, word: string): Span[] {
  const out = new Map<number, Span>();
  const subjects = valuesWithin(facts, at, to).filter((each) => facts.values[each]!.at === at && facts.values[each]!.to === to);
  const work = subjects.flatMap((subject) => (indexOf(facts).consumers[subject] ?? []).flatMap((consumer) => (consumer.k === 'value' ? [consumer.value] : [])));
  const seen = new Set(subjects);
  for (const id of work) {
    if (seen.has(id) || seen.size > 500) continue;
    seen.add(id);
    const value = facts.values[id]!;
    if (value.k === 'literal' && value.value === word) out.set(value.at, value);
    // A list of codes may have a name.
    if (value.k === 'binding') work.push(...facts.bindings[value.binding]!.sources);
    else if (['operator', 'call', 'member', 'array', 'typed'].includes(value.k)) work.push(...partsOf(value));
    // `message.includes('…')`
    if (value.k === 'member') for (const consumer of indexOf(facts).consumers[id] ?? []) if (consumer.k === 'value') work.push(consumer.value);
  }
  return [...out.values()];
}
