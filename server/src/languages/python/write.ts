import type { FileFacts, Span } from '../../facts/facts.ts';
import { freeOf, freshName, indentStep } from '../writing/writeLayout.ts';
import { placeBeforeOf, plainStatementOf, type StatementForm } from '../writing/writeStatements.ts';
import type { Insertion, ListCheck, Writer } from '../writing/writer.ts';

const FORM: StatementForm = {
  semicolon: '',
  rest: /^[ \t]*(?:#.*)?$/,
  returned: /^return\s+$/,
  declared: /^([\p{ID_Start}_][\p{ID_Continue}]*)\s*(?::[^=]*)?=\s*$/u,
  assigned: /^(?!)()/,
  head: /^(?:[\p{ID_Start}_][\p{ID_Continue}.]*(?:\s*,\s*[\p{ID_Start}_][\p{ID_Continue}.]*)*\s*(?::[^=()]*)?=\s*|return\s+|raise\s+|if\s+(?:not\s+)?)?(?:await\s+)?\(*$/u,
};

const RESERVED = new Set((
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type ' +
  'id input list dict set str int float bool len print open'
).split(' '));

/** A name as Python writes it, made of a word: `get_account_record` gives `account_record`. */
function constantName(word: string, taken: (name: string) => boolean): string {
  const snake = word.replace(/__c$/i, '').replace(/([a-z0-9])(?=[A-Z])/g, '$1_').toLowerCase().replace(/\W/g, '').replace(/^[\d_]+/, '');
  const base = snake.replace(/^(?:get|build|make|create|to|fetch|load|find|compute|generate|read|as)_(?=[a-z])/, '');
  return freeOf(base === '' ? 'value' : base, (name) => RESERVED.has(name) || taken(name));
}

/** `raise Error(…) from error`. */
function causeEdits(facts: FileFacts, source: string, thrown: Span, clause: Span): Insertion[] | undefined {
  const text = source.slice(clause.at, clause.to);
  const head = /^except\s+([^:*\n]+?)(?:\s+as\s+([\p{ID_Start}_][\p{ID_Continue}]*))?\s*:/u.exec(text);
  const statement = (facts.statements ?? []).findLast((each) => each.at <= thrown.at && thrown.to <= each.to);
  if (!head || !statement || !/^raise\s+$/.test(source.slice(statement.at, thrown.at)) || source.slice(thrown.to, statement.to).trim() !== '') return undefined;
  const [, classes, given] = head;
  const name = given ?? freshName(text, 'error');
  const end = clause.at + text.indexOf(classes!) + classes!.length;
  return [...(given === undefined ? [{ at: end, to: end, text: ` as ${name}` }] : []), { at: thrown.to, to: thrown.to, text: ` from ${name}` }];
}

function checkOfList(source: string, { list, element, refused, ok, why, noun }: ListCheck): string[] {
  return [
    `${refused} = [${element}["${why}"] for ${element} in ${list} if not ${element}["${ok}"]]`,
    `if ${refused}:`,
    `${indentStep(source)}raise RuntimeError(f"{len(${refused})} of {len(${list})} ${noun} were refused: {${refused}[:3]}")`,
  ];
}

/** How Python is written. */
export const PYTHON_WRITER: Writer = {
  plainStatement: (facts, source, expression) => plainStatementOf(FORM, facts, source, expression),
  placeBefore: (facts, source, expression) => placeBeforeOf(FORM, facts, source, expression),
  constant: (_source, name, value) => `${name} = ${/\n/.test(value) ? `(${value})` : value}`,
  constantName,
  checkOfList,
  causeEdits,
};
