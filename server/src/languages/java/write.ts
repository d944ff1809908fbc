import type { FileFacts, Span } from '../../facts/facts.ts';
import { freeOf, indentStep } from '../writing/writeLayout.ts';
import { placeBeforeOf, plainStatementOf, type StatementForm } from '../writing/writeStatements.ts';
import type { Insertion, ListCheck, Writer } from '../writing/writer.ts';

const FORM: StatementForm = {
  semicolon: ';',
  rest: /^[ \t]*(?:\/\/.*)?$/,
  returned: /^return\s+$/,
  declared: /^(?:final\s+)?[\w.]+(?:<[\w\s.,<>?[\]]*>)?(?:\[\])*\s+(\w+)\s*=\s*$/,
  assigned: /^(\w+)\s*=\s*$/,
  head: /^(?:(?:final\s+)?[\w.]+(?:<[\w\s.,<>?[\]]*>)?(?:\[\])*\s+\w+\s*=\s*|return\s+|throw\s+|if\s*|(?:this\.)?\w+(?:\.\w+)*\s*=\s*)?\(*$/,
};

const RESERVED = new Set((
  'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if implements import instanceof int interface long native new ' +
  'package private protected public return short static strictfp super switch synchronized this throw throws transient try void volatile while true false null var record yield sealed'
).split(' '));

function constantName(word: string, taken: (name: string) => boolean): string {
  const bare = word.replace(/^(?:get|build|make|create|to|fetch|load|find|compute|generate|read|as)(?=[A-Z])/, '').replace(/__c$/i, '').replace(/\W/g, '').replace(/^\d+/, '');
  const base = bare === '' ? 'value' : bare.replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (head) => head.toLowerCase());
  return freeOf(base, (name) => RESERVED.has(name) || taken(name));
}

/** Exceptions of the platform that take a message and a cause. */
const TAKES_CAUSE = /^(?:Runtime|IllegalState|IllegalArgument|UnsupportedOperation|IO|Security|Completion|UncheckedIO|ConcurrentModification)?Exception$|^Error$/;

/** `new Error("…", error)`; `(Error) new Error("…").initCause(error)` where a class may have no such constructor. */
function causeEdits(facts: FileFacts, source: string, thrown: Span, clause: Span): Insertion[] | undefined {
  const head = /^catch\s*\(\s*(?:final\s+)?[\w.\s|@]+?\s(\w+)\s*\)\s*\{/.exec(source.slice(clause.at, clause.to));
  const made = /^new\s+([\w.]+)\s*\(/.exec(source.slice(thrown.at, thrown.to));
  if (!head || !made || source[thrown.to - 1] !== ')' || !/\bthrow\s+$/.test(source.slice(0, thrown.at))) return undefined;
  const [, name] = head;
  const given = argumentsAt(facts, thrown);
  if (given === undefined || facts.bindings.filter((each) => each.name === name && each.at >= clause.at && each.at < clause.to).length > 1) return undefined;
  const end = thrown.to - 1;
  if (TAKES_CAUSE.test(made[1]!) && given <= 1) return [{ at: end, to: end, text: `${given === 0 ? '' : ', '}${name}` }];
  return [{ at: thrown.at, to: thrown.at, text: `(${made[1]}) ` }, { at: thrown.to, to: thrown.to, text: `.initCause(${name})` }];
}

/** How many arguments a call has that stands at a place. */
function argumentsAt(facts: FileFacts, { at, to }: Span): number | undefined {
  const call = facts.values.find((each) => each.k === 'call' && each.at === at && each.to === to);
  return call?.k === 'call' ? call.args.length : undefined;
}

function checkOfList(source: string, { list, elementType, element, refused, ok, why, noun }: ListCheck): string[] | undefined {
  if (elementType === undefined) return undefined;
  const step = indentStep(source);
  return [
    `java.util.List<String> ${refused} = new java.util.ArrayList<>();`,
    `for (${elementType} ${element} : ${list}) {`,
    `${step}if (!${element}.${ok}) ${refused}.add(java.util.Arrays.asList(${element}.${why}).toString());`,
    '}',
    `if (!${refused}.isEmpty()) throw new IllegalStateException(${refused}.size() + " ${noun} were refused: " + ${refused}.subList(0, Math.min(3, ${refused}.size())));`,
  ];
}

/** How Java is written. */
export const JAVA_WRITER: Writer = {
  plainStatement: (facts, source, expression) => plainStatementOf(FORM, facts, source, expression),
  placeBefore: (facts, source, expression) => placeBeforeOf(FORM, facts, source, expression),
  // Older versions of the language want a type, which is not known.
  constant: (source, name, value, type = /^\s*(?:final\s+)?var\s+\w+\s*=/m.test(source) ? 'var' : undefined) => (type === undefined ? undefined : `${type} ${name} = ${value}`),
  constantName,
  checkOfList,
  causeEdits,
};
