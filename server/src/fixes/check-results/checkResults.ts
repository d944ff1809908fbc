import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isUncheckedResult } from '../../coverage/uncheckedResult.ts';
import type { FileFacts, FunctionId, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { freshName, indentAt, indentStep, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';
import type { Writer } from '../../languages/writing/writer.ts';
import { receiverText } from '../../resolve/evidence.ts';
import { beforeUse } from '../beforeUse.ts';
import type { Fix, Refusal, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { chainFrom, onlyUser } from '../requestChain.ts';
import { scriptWriterOf, writerOf } from '../writers.ts';
import { listChecked } from './listCheck.ts';
import { type RefusalReason, REFUSALS } from './refusals.ts';
import { checkOf, fetchOfFailedRows, shapeOfResult } from './resultShapes.ts';

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
export function checkResults({ covered, calls, program, path, text }: FixRequest): Fix | Refusal {
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && writerOf(facts);
  if (!facts || source === undefined || !writer || facts.damaged) return refuse('language');
  const { at, to } = facts.functions[facts.values[covered.call.value]!.in]!;
  const place: Place = { facts, source, writer, code: source.slice(at, to), taken: [] };
  const edits = checked(place, covered);
  if (typeof edits === 'string') return refuse(edits);
  for (const other of calls) {
    const more = other !== covered && other.owner === covered.owner && isUncheckedResult(other) ? checked(place, other) : 'elsewhere';
    if (typeof more !== 'string') edits.push(...more);
  }
  const what = covered.record.kind === 'bulk' ? 'row' : covered.record.kind === 'composite' ? 'part' : covered.record.kind === 'metadata' ? 'component' : 'record';
  const inCallback = callbackOf(facts, covered) !== undefined;
  return {
    id: 'check-results', title: `Check the result of each ${what}, and ${inCallback ? 'give the callback' : 'throw'} an error that holds the refused ones`, preferred: true,
    edits: { [path]: edits.sort((one, other) => one.start - other.start) }, creates: {},
  };
}

function refuse(reason: RefusalReason): Refusal {
  return { fix: 'check-results', reason, text: REFUSALS[reason] };
}

function checked(place: Place, covered: CoveredCall): TextEdit[] | RefusalReason {
  const { call, record } = covered;
  const { facts, source, writer, taken } = place;
  if (record.failure === 'floating') return 'nobody-waits';
  if (call.http) return 'plain-http';
  if (!scriptWriterOf(facts)) return listChecked(facts, source, writer, covered, taken) ?? 'other-answer';
  const callback = callbackOf(facts, covered);
  if (record.operation === 'bulk2.job.upload') return callback === undefined ? fetched(place, covered) : 'callback';
  const shape = shapeOfResult(record.operation);
  const typed = facts.dialect !== 'javascript';
  // What an old metadata job answers, no compiler knows; nor what a type says that the code names itself.
  if (shape === undefined || /Async$/.test(call.method) || (typed && /Parts$/.test(shape) && namesType(place, call))) return 'other-answer';
  const names = {
    records: shape === 'list' ? nameOfRecords(place, call) : undefined, noun: record.kind === 'metadata' ? 'components' : record.kind === 'bulk' ? 'rows' : 'records',
    isList: !typed || isSurelyList(place, call), typed,
  };
  const statements: Statements = (result, { indent, semicolon }, into) => checkOf(shape, { ...names, result, semicolon, step: indentStep(source, indent), refused: fresh(place, 'refused'), reasons: freshName(place.code, 'reasons'), ...(into === undefined ? {} : { into }) });
  if (callback !== undefined) return typed ? 'callback' : atCallback(place, callback, statements);
  return atStatement(place, covered, statements) ?? beforeStatement(place, covered, statements) ?? 'used-at-once';
}

type Statements = (result: string, place: { indent: string; semicolon: string }, into?: string) => string[];

/** The function that a call answers through. */
function callbackOf(facts: FileFacts, { call }: CoveredCall): FunctionId | undefined {
  const last = call.args.at(-1);
  const value = call.variant.callback && last !== undefined ? facts.values[last]! : undefined;
  return value?.k === 'function' ? value.fn : undefined;
}

/** Whether the code says itself what the answer of a raw request is: `request<Answer>(…)`. */
function namesType({ facts, source }: Place, call: CoveredCall['call']): boolean {
  const value = facts.values[call.value]!;
  const callee = value.k === 'call' ? facts.values[value.callee]! : undefined;
  return callee === undefined || /^\s*</.test(source.slice(callee.to, value.to));
}

/** Gives a callback that looks at its error one that holds what was refused, so that it does about that what it does about any failure. */
function atCallback({ facts, source }: Place, fn: FunctionId, statements: Statements): TextEdit[] | RefusalReason {
  const { at, to, params: [failure, answer] } = facts.functions[fn]!;
  const first = (facts.statements ?? []).find((each) => each.at > at && each.to <= to);
  const indent = first && indentAt(source, first.at);
  if (!first || indent === undefined || failure?.binding === undefined || failure.name === undefined || answer?.name === undefined) return 'callback';
  const isLookedAt = (indexOf(facts).bindingUses[failure.binding] ?? []).some((use) => (indexOf(facts).consumers[use] ?? []).some(({ k }) => k === 'test'));
  if (!isLookedAt || facts.bindings[failure.binding]!.sources.length > 1) return 'callback';
  const step = indentStep(source, indent);
  const text = [`if (!${failure.name}) {`, ...statements(answer.name, { indent, semicolon: endOfStatements(source) }, failure.name).map((line) => step + line), '}'];
  const begin = first.at - indent.length;
  return [{ start: begin, end: begin, newText: lines(source, indent, text) + lineBreak(source) }];
}

function endOfStatements(source: string): string {
  return /;\s*$/m.test(source) ? ';' : '';
}

/** Puts statements behind the one that waits for the call, which keeps its result for them. */
function atStatement(place: Place, { call }: CoveredCall, statements: Statements): TextEdit[] | undefined {
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
  const after = lineBreak(source) + lines(source, indent, [...statements(result, statement), ...(use === 'returned' ? [`return ${result}${semicolon}`] : [])]);
  const edits: TextEdit[] = [];
  if (use === 'dropped') edits.push({ start: statement.at, end: statement.at, newText: `const ${result} = ` });
  else if (use === 'returned') edits.push({ start: statement.at, end: expression.at, newText: `const ${result} = ${isWaited ? '' : 'await '}` });
  const end = lineEndAt(source, statement.to);
  return [...edits, { start: end, end, newText: after }];
}

/** Takes the call out of the statement that uses its result at once, and puts it with the check before that. */
function beforeStatement(place: Place, { call }: CoveredCall, statements: Statements): TextEdit[] | undefined {
  const { facts, source, writer } = place;
  const waits = onlyUser(facts, call.value);
  if (waits === undefined || facts.values[waits]!.k !== 'await') return undefined;
  const result = fresh(place, 'results');
  return beforeUse(facts, source, writer, waits, result, (slot) => statements(result, slot));
}

function isOutsideOfTry(facts: FileFacts, value: ValueId): boolean {
  const at = indexOf(facts).places.get(value);
  return at !== undefined && facts.functions[at.fn]!.blocks[at.block]!.onThrow === undefined;
}

/** `await job.poll()`: behind it the job has ended, and its refused rows can be fetched. */
function fetched(place: Place, { call }: CoveredCall): TextEdit[] | RefusalReason {
  const { facts, source, writer } = place;
  const upload = facts.values[call.value]!;
  const callee = upload.k === 'call' ? facts.values[upload.callee]! : upload;
  const job = callee.k === 'member' ? receiverText(facts, callee.object) : undefined;
  const written = callee.k === 'member' ? source.slice(facts.values[callee.object]!.at, facts.values[callee.object]!.to) : '';
  if (job === undefined || !/^[\p{ID_Continue}$.]+$/u.test(written)) return 'job-elsewhere';
  const polls = (indexOf(facts).callsByName.get('poll') ?? []).filter((id) => {
    const poll = facts.values[id]!;
    const member = poll.k === 'call' ? facts.values[poll.callee] : undefined;
    return poll.in === upload.in && poll.at > upload.to && member?.k === 'member' && receiverText(facts, member.object) === job;
  });
  const waits = polls.length === 1 ? onlyUserOrDrop(facts, polls[0]!) : undefined;
  const statement = waits === undefined ? undefined : writer.plainStatement(facts, source, facts.values[waits]!);
  if (!statement || statement.use === 'returned') return 'job-elsewhere';
  const end = lineEndAt(source, statement.to);
  const text = fetchOfFailedRows(written, { refused: fresh(place, 'refused'), reasons: freshName(place.code, 'reasons'), semicolon: statement.semicolon, step: indentStep(source, statement.indent) });
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
