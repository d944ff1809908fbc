import type { FileFacts, ValueId } from '../facts/facts.ts';
import type { TextEdit } from './edit.ts';
import { outermostOf, runsBefore } from './outermost.ts';
import { onlyUser } from './requestChain.ts';
import type { Writer } from '../languages/writing/writer.ts';
import { lineBreak, lines } from '../languages/writing/writeLayout.ts';

/** How lines are written where they are put. */
interface LinePlace {
  indent: string;
  semicolon: string;
}

/**
 * Edits that take an expression out of the statement that uses it at once: it is kept under a name before that, with lines behind it. Undefined where that would
 * change when, or whether, something runs.
 */
export function beforeUse(facts: FileFacts, source: string, writer: Writer, value: ValueId, name: string, behind: (place: LinePlace) => string[]): TextEdit[] | undefined {
  const outermost = outermostOf(facts, value);
  const slot = outermost === undefined || runsBefore(facts, outermost, value) ? undefined : writer.placeBefore(facts, source, facts.values[outermost]!);
  if (!slot) return undefined;
  const { at, to } = facts.values[value]!;
  const user = onlyUser(facts, value);
  const member = user === undefined ? undefined : facts.values[user]!;
  // `(await call).member` needs no brackets any more.
  const inBrackets = member?.k === 'member' && member.object === value && source[at - 1] === '(' && source[to] === ')' ? 1 : 0;
  const begin = slot.at - slot.indent.length;
  const text = lines(source, slot.indent, [`const ${name} = ${source.slice(at, to)}${slot.semicolon}`, ...behind(slot)]);
  return [{ start: begin, end: begin, newText: text + lineBreak(source) }, { start: at - inBrackets, end: to + inBrackets, newText: name }];
}
