import type { FileFacts } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { freshName, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';
import type { Writer } from '../../languages/writing/writer.ts';
import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { TextEdit } from '../edit.ts';

/** What answers consist of in clients whose answers have types, by operation. */
const TYPES: Readonly<Record<string, string>> = { 'soap.create': 'SaveResult', 'soap.update': 'SaveResult', 'soap.upsert': 'UpsertResult', 'soap.delete': 'DeleteResult', 'soap.undelete': 'UndeleteResult' };

/** Puts a check of each element behind the statement of a call that answers with a list, as its client's model says that the elements tell of a failure. */
export function listChecked(facts: FileFacts, source: string, writer: Writer, { call, record }: CoveredCall, taken: string[]): TextEdit[] | undefined {
  const { failure } = call.variant;
  const [why, first, ...code] = failure?.by === 'per-record' && failure.list === '' ? (failure.code?.split('.') ?? []) : [];
  if (failure?.by !== 'per-record' || failure.ok === undefined || why === undefined || first !== '0' || code.length === 0 || record.failure === 'floating') return undefined;
  const value = facts.values[call.value]!;
  const user = (indexOf(facts).consumers[call.value] ?? [])[0];
  const waits = user?.k === 'value' && facts.values[user.value]!.k === 'await' ? facts.values[user.value] : undefined;
  const statement = writer.plainStatement(facts, source, waits ?? value);
  if (!statement || !writer.checkOfList) return undefined;
  const fn = facts.functions[value.in]!;
  const fresh = (wanted: string): string => {
    const name = freshName(`${source.slice(fn.at, fn.to)} ${taken.join(' ')}`, wanted);
    taken.push(name);
    return name;
  };
  const list = statement.name ?? fresh('results');
  const elementType = typeOf(facts, statement.name, value.in) ?? importedType(facts, TYPES[call.operation.id]);
  const named = statement.use === 'dropped' || statement.use === 'returned' ? writer.constant(source, list, '', elementType === undefined ? undefined : `${elementType}[]`) : '';
  const check = writer.checkOfList(source, { list, elementType, element: fresh('result'), refused: fresh('refused'), ok: failure.ok, why, code: code.join('.'), noun: record.kind === 'bulk' ? 'rows' : 'records' });
  if (named === undefined || !check) return undefined;
  const end = lineEndAt(source, statement.to);
  const edits: TextEdit[] = [];
  if (statement.use === 'dropped') edits.push({ start: statement.at, end: statement.at, newText: named });
  if (statement.use === 'returned') edits.push({ start: statement.at, end: (waits ?? value).at, newText: named });
  const after = [...check, ...(statement.use === 'returned' ? [`return ${list}${statement.semicolon}`] : [])];
  return [...edits, { start: end, end, newText: lineBreak(source) + lines(source, statement.indent, after) }];
}

/** The type of the elements of a list that has a name. */
function typeOf(facts: FileFacts, name: string | undefined, fn: number): string | undefined {
  const type = name === undefined ? undefined : facts.bindings.find((each) => each.name === name && each.in === fn)?.type;
  return type?.k === 'array' && type.of.k === 'ref' ? type.of.name.split('.').at(-1) : undefined;
}

function importedType(facts: FileFacts, name: string | undefined): string | undefined {
  return name !== undefined && facts.imports.some((each) => each.imported === name || each.module.endsWith(`.${name}`)) ? name : undefined;
}
