import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isUncheckedResult } from '../../coverage/uncheckedResult.ts';
import type { FileFacts, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import type { Writer } from '../../languages/writing/writer.ts';
import { receiverText } from '../../resolve/evidence.ts';
import type { Fix, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { chainFrom, onlyUser } from '../requestChain.ts';
import { scriptWriterOf, writerOf } from '../writers.ts';
import { listChecked } from './listCheck.ts';
import { checkOf, fetchOfFailedRows, shapeOfResult } from './resultShapes.ts';
import { freshName, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';

/** What is known of the file that is edited. */
interface Place {
  facts: FileFacts;
  source: string;
  writer: Writer;
  /** The function in which the calls stand: what it names is taken. */
  code: string;
  /** Names that the fix has given already. */
  taken: string[];
}

/** Looks at the result of each record and throws an error that holds the refused ones: at the call of the finding and the others of its function. */
export function checkResults({ covered, calls, program, path, text }: FixRequest): Fix | undefined {
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && writerOf(facts);
  if (!facts || source === undefined || !writer) return undefined;
  const { at, to } = facts.functions[facts.values[covered.call.value]!.in]!;
  const place: Place = { facts, source, writer, code: source.slice(at, to), taken: [] };
  const edits = checked(place, covered);
  if (!edits) return undefined;
  for (const other of calls) if (other !== covered && other.owner === covered.owner && isUncheckedResult(other)) edits.push(...(checked(place, other) ?? []));
  const what = covered.record.kind === 'bulk' ? 'row' : covered.record.kind === 'composite' ? 'part' : covered.record.kind === 'metadata' ? 'component' : 'record';
  return {
    id: 'check-results', title: `Check the result of each ${what}, and throw an error that holds the refused ones`, preferred: true,
    edits: { [path]: edits.sort((one, other) => one.start - other.start) }, creates: {},
  };
}

function checked(place: Place, covered: CoveredCall): TextEdit[] | undefined {
  const { facts, source, writer, taken } = place;
  const { call, record } = covered;
  if (!scriptWriterOf(facts)) return listChecked(facts, source, writer, covered, taken);
  const last = call.args.at(-1);
  if (call.http || record.failure === 'floating' || (call.variant.callback && last !== undefined && place.facts.values[last]!.k === 'function')) return undefined;
  if (record.operation === 'bulk2.job.upload') return fetched(place, covered);
  const shape = shapeOfResult(record.operation);
  // What a raw request or an old metadata job answers, no compiler knows.
  if (shape === undefined || /Async$/.test(call.method) || (/Parts$/.test(shape) && place.facts.dialect !== 'javascript')) return undefined;
  return atStatement(place, covered, (result, semicolon) => checkOf(shape, {
    result, semicolon, refused: fresh(place, 'refused'), records: shape === 'list' ? nameOfRecords(place, call) : undefined, noun: record.kind === 'metadata' ? 'components' : record.kind === 'bulk' ? 'rows' : 'records', isList: place.facts.dialect === 'javascript' || isSurelyList(place, call),
  }));
}

/** Puts statements behind the one that waits for the call, which keeps its result for them. */
function atStatement(place: Place, { call }: CoveredCall, statements: (result: string, semicolon: string) => string[]): TextEdit[] | undefined {
  const { facts, source, writer } = place;
  const chain = chainFrom(facts, call.value);
  const whole = chain.at(-1)!.value;
  if (chain.length > 1 && call.value !== whole) return undefined;
  const waits = onlyUser(facts, whole);
  const isWaited = waits !== undefined && facts.values[waits]!.k === 'await';
  const expression = facts.values[isWaited ? waits : whole]!;
  const statement = writer.plainStatement(facts, source, expression);
  const fn = facts.functions[expression.in]!;
  if (!statement || (!isWaited && !(statement.use === 'returned' && fn.async && isOutsideOfTry(facts, call.value)))) return undefined;
  const { indent, semicolon, use } = statement;
  const result = statement.name ?? fresh(place, 'results');
  const after = lineBreak(source) + lines(source, indent, [...statements(result, semicolon), ...(use === 'returned' ? [`return ${result}${semicolon}`] : [])]);
  const edits: TextEdit[] = [];
  if (use === 'dropped') edits.push({ start: statement.at, end: statement.at, newText: `const ${result} = ` });
  else if (use === 'returned') edits.push({ start: statement.at, end: expression.at, newText: `const ${result} = ${isWaited ? '' : 'await '}` });
  const end = lineEndAt(source, statement.to);
  return [...edits, { start: end, end, newText: after }];
}

function isOutsideOfTry(facts: FileFacts, value: ValueId): boolean {
  const at = indexOf(facts).places.get(value);
  return at !== undefined && facts.functions[at.fn]!.blocks[at.block]!.onThrow === undefined;
}

/** `await job.poll()`: behind it the job has ended, and its refused rows can be fetched. */
function fetched(place: Place, { call }: CoveredCall): TextEdit[] | undefined {
  const { facts, source, writer } = place;
  const upload = facts.values[call.value]!;
  const callee = upload.k === 'call' ? facts.values[upload.callee]! : upload;
  const job = callee.k === 'member' ? receiverText(facts, callee.object) : undefined;
  const written = callee.k === 'member' ? source.slice(facts.values[callee.object]!.at, facts.values[callee.object]!.to) : '';
  if (job === undefined || !/^[\p{ID_Continue}$.]+$/u.test(written)) return undefined;
  const polls = (indexOf(facts).callsByName.get('poll') ?? []).filter((id) => {
    const poll = facts.values[id]!;
    const member = poll.k === 'call' ? facts.values[poll.callee] : undefined;
    return poll.in === upload.in && poll.at > upload.to && member?.k === 'member' && receiverText(facts, member.object) === job;
  });
  const waits = polls.length === 1 ? onlyUserOrDrop(facts, polls[0]!) : undefined;
  const statement = waits === undefined ? undefined : writer.plainStatement(facts, source, facts.values[waits]!);
  if (!statement || statement.use === 'returned') return undefined;
  const end = lineEndAt(source, statement.to);
  const text = fetchOfFailedRows(written, fresh(place, 'refused'), statement.semicolon);
  return [{ start: end, end, newText: lineBreak(source) + lines(source, statement.indent, text) }];
}

function onlyUserOrDrop(facts: FileFacts, id: ValueId): ValueId | undefined {
  const user = onlyUser(facts, id);
  return user !== undefined && facts.values[user]!.k === 'await' ? user : undefined;
}

/** A name that neither the function nor the fix has yet. */
function fresh({ code, taken }: Place, wanted: string): string {
  const name = freshName(`${code} ${taken.join(' ')}`, wanted);
  taken.push(name);
  return name;
}

/** The name of the list that is written, if it has one that means the same a moment later. */
function nameOfRecords({ facts, source }: Place, call: CoveredCall['call']): string | undefined {
  const index = call.operation.id.startsWith('bulk.') ? undefined : recordsArgument(call);
  const value = index === undefined ? undefined : facts.values[index]!;
  return value?.k === 'binding' ? source.slice(value.at, value.to) : undefined;
}

function recordsArgument({ args, variant }: CoveredCall['call']): ValueId | undefined {
  return variant.when === undefined ? undefined : args[variant.when.index];
}

/** Whether the compiler, too, sees a list, and not one record or a list of them. */
function isSurelyList({ facts }: Place, call: CoveredCall['call']): boolean {
  if (call.variant.when === undefined) return true;
  const id = recordsArgument(call);
  const value = id === undefined ? undefined : facts.values[id]!;
  if (value?.k === 'array' || (value?.k === 'call' && value.protocol === 'map')) return true;
  const binding = value?.k === 'binding' ? facts.bindings[value.binding]! : undefined;
  if (binding?.type) return binding.type.k === 'array';
  return binding?.sources.some((each) => isListValue(facts, each)) ?? false;
}

function isListValue(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id]!;
  return value.k === 'array' || (value.k === 'call' && value.protocol === 'map');
}
