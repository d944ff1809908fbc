import type { FileFacts, Span } from '../../facts/facts.ts';
import { freeOf, freshName, indentStep } from '../writing/writeLayout.ts';
import { placeBeforeOf, plainStatementOf, type StatementForm } from '../writing/writeStatements.ts';
import type { Insertion, ListCheck, Writer } from '../writing/writer.ts';

const FORM: StatementForm = {
  semicolon: ';',
  rest: /^[ \t]*(?:\/\/.*)?$/,
  returned: /^return\s+$/,
  declared: /^[\w.]+(?:<[\w\s.,<>?[\]]*>)?\??(?:\[\])*\s+(@?\w+)\s*=\s*$/,
  assigned: /^(\w+)\s*=\s*$/,
  head: /^(?:[\w.]+(?:<[\w\s.,<>?[\]]*>)?\??(?:\[\])*\s+@?\w+\s*=\s*|return\s+|throw\s+|if\s*|(?:this\.)?\w+(?:\.\w+)*\s*=\s*)?(?:await\s+)?\(*$/,
};

const RESERVED = new Set((
  'abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int ' +
  'interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw ' +
  'true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while var await async dynamic value'
).split(' '));

function constantName(word: string, taken: (name: string) => boolean): string {
  const bare = word.replace(/Async$/, '').replace(/^(?:Get|Build|Make|Create|To|Fetch|Load|Find|Compute|Generate|Read|As)(?=[A-Z])/, '').replace(/__c$/i, '').replace(/\W/g, '').replace(/^\d+/, '');
  const base = bare === '' ? 'item' : bare.replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (head) => head.toLowerCase());
  return freeOf(base, (name) => RESERVED.has(name) || taken(name));
}

/** Exceptions of the base library that take a message and an inner exception. */
const TAKES_CAUSE = /^(?:System\.)?(?:Invalid(?:Operation|Data)|Application|Argument|NotSupported|NotImplemented|Timeout|IO|HttpRequest|System|Format|UnauthorizedAccess)?Exception$/;

/** `new Error("…", error)`. */
function causeEdits(facts: FileFacts, source: string, thrown: Span, clause: Span): Insertion[] | undefined {
  const text = source.slice(clause.at, clause.to);
  const head = /^catch\b\s*(?:\(\s*([\w.]+(?:<[\w.]+>)?)(?:\s+(\w+))?\s*\))?/.exec(text);
  const made = /^new\s+([\w.]+)\s*\(/.exec(source.slice(thrown.at, thrown.to));
  const call = facts.values.find((each) => each.k === 'call' && each.at === thrown.at && each.to === thrown.to);
  // Without a message there is no place for the inner exception but behind one.
  if (!head || !made || source[thrown.to - 1] !== ')' || call?.k !== 'call' || call.args.length !== 1 || call.named !== undefined || !TAKES_CAUSE.test(made[1]!)) return undefined;
  const [whole, type, given] = head;
  const name = given ?? freshName(text, 'error');
  if (facts.bindings.filter((each) => each.name === name && each.at >= clause.at && each.at < clause.to).length > 1) return undefined;
  const edits: Insertion[] = [];
  if (type === undefined) edits.push({ at: clause.at + 5, to: clause.at + 5, text: ` (System.Exception ${name})` });
  else if (given === undefined) {
    const at = clause.at + whole.lastIndexOf(type) + type.length;
    edits.push({ at, to: at, text: ` ${name}` });
  }
  return [...edits, { at: thrown.to - 1, to: thrown.to - 1, text: `, ${name}` }];
}

function checkOfList(source: string, { list, element, refused, ok, why, code, noun }: ListCheck): string[] {
  const step = indentStep(source);
  return [
    `var ${refused} = new System.Collections.Generic.List<string>();`,
    `foreach (var ${element} in ${list})`,
    '{',
    `${step}if (!${element}.${ok}) ${refused}.Add(string.Join(", ", System.Linq.Enumerable.Select(${element}.${why}, error => error.${code})));`,
    '}',
    `if (${refused}.Count > 0) throw new System.InvalidOperationException($"{${refused}.Count} ${noun} were refused: {string.Join("; ", ${refused})}");`,
  ];
}

/** How C# is written. */
export const CSHARP_WRITER: Writer = {
  plainStatement: (facts, source, expression) => plainStatementOf(FORM, facts, source, expression),
  placeBefore: (facts, source, expression) => placeBeforeOf(FORM, facts, source, expression),
  constant: (_source, name, value) => `var ${name} = ${value}`,
  constantName,
  checkOfList,
  causeEdits,
};
