import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { FileFacts } from '../../facts/facts.ts';
import type { Fix, Refusal, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { hasSingleUse, isChangedLater } from './captured.ts';
import { constantsBefore } from './constants.ts';
import { helperPlace } from './helperPlace.ts';
import { evaluatedOnce } from './once.ts';
import { REFUSALS, type RefusalReason } from './refusals.ts';
import { renewalOf } from './renewal.ts';
import { repeatedOf } from './repeated.ts';
import { HELPER_NAME, retryHelper } from './retryHelper.ts';
import { retryLibraryOf } from './retryLibrary.ts';
import { type Writer, writerOf } from '../writers.ts';

/**
 * Wraps the request of a finding, and the others that the finding speaks of, in the retry helper, each by itself, and adds the helper file and its import where they
 * are missing. Done where what is repeated has no effect but the request; else the reason why not is told.
 */
export function insertRetry(request: FixRequest): Fix | Refusal {
  const { covered, program, text } = request;
  const { path } = covered.call;
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && writerOf(facts.language);
  if (!facts || source === undefined || !writer) return refusal('language');
  const project = program.projects.of(path);
  const style = writer.importStyle(facts, source, path, project);
  const helper = helperPlace(path, project.folder, style.extension, program.known);
  const existing = text(helper);
  if (existing !== undefined && !existing.includes(HELPER_NAME)) return refusal('helper-taken');
  const first = wrapped(writer, facts, source, covered);
  if (typeof first === 'string') return refusal(first);
  const edits = [...first];
  let count = 1;
  for (const other of othersOf(request)) {
    const more = wrapped(writer, facts, source, other);
    if (typeof more === 'string' || more.some((edit) => edits.some((each) => edit.start < each.end && each.start < edit.end) || isWithin(edits, edit))) continue;
    edits.push(...more);
    count++;
  }
  const library = existing === undefined ? retryLibraryOf(program, project, style) : undefined;
  const bring = writer.importInsertion(facts, source, path, helper, HELPER_NAME, style);
  if (bring) edits.push({ start: bring.at, end: bring.at, newText: bring.text });
  return {
    id: 'insert-retry',
    title: `Insert retry ${isRepeatable(covered) ? 'after failures that pass by themselves' : 'after failures that surely applied nothing'}${count > 1 ? `, at ${count} calls of this function` : ''}${library === undefined ? '' : `, with ${library}`}`,
    preferred: true,
    edits: { [path]: inOrder(edits) },
    creates: existing === undefined ? { [helper]: withLineEnds(retryHelper({ typed: style.typed, module: style.module, library }), source) } : {},
  };
}

function refusal(reason: RefusalReason): Refusal {
  return { fix: 'insert-retry', reason, text: REFUSALS[reason] };
}

/** The other calls that the finding is about. */
function othersOf({ finding, covered, calls }: FixRequest): CoveredCall[] {
  const places = new Set(finding.related.filter((each) => each.path === finding.path).map(({ start }) => start));
  return calls.filter((each) => each !== covered && each.owner === covered.owner && places.has(each.record.start));
}

/** The edits that wrap one call, or why it cannot be wrapped. */
function wrapped(writer: Writer, facts: FileFacts, source: string, covered: CoveredCall): TextEdit[] | RefusalReason {
  if (covered.call.operation.requests === 'many-writes') return 'many-writes';
  const repeated = repeatedOf(facts, covered);
  if (typeof repeated === 'string') return repeated;
  const { value, awaited } = repeated;
  if (hasSingleUse(facts, value)) return 'single-use-argument';
  if (!awaited && isChangedLater(facts, value)) return 'changed-later';
  const once = evaluatedOnce(facts, source, value, covered, awaited);
  const constants = once.length === 0 ? [] : constantsBefore(writer, facts, source, value, once);
  if (!constants) return once[0]!.reason;
  const { at, to } = facts.values[value]!;
  // Where a constant holds the connection, a new one would not be seen.
  const renewal = once.some((each) => facts.values[each.value]!.at === at) ? undefined : renewalOf(facts, covered);
  return [...constants, { start: at, end: at, newText: `${HELPER_NAME}(() => ` }, { start: to, end: to, newText: `${optionsOf(covered, renewal)})` }];
}

/** What the helper is told of a request. */
function optionsOf(covered: CoveredCall, renewal: string | undefined): string {
  const options = [...(isRepeatable(covered) ? ['repeatable: true'] : []), ...(renewal === undefined ? [] : [`renewSession: () => ${renewal}`])];
  return options.length === 0 ? '' : `, { ${options.join(', ')} }`;
}

/** Whether a request may be sent again after an unknown outcome. A delete would then fail although it is done, so it counts as not repeatable here. */
function isRepeatable({ call: { operation } }: CoveredCall): boolean {
  return operation.repeatable === 'yes' && operation.kind !== 'delete';
}

/** Whether an edit lies within text that another one takes away. */
function isWithin(edits: readonly TextEdit[], { start, end }: TextEdit): boolean {
  return edits.some((each) => each.start < start && end < each.end);
}

/** By place; what begins at one place is one edit. */
function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const out: TextEdit[] = [];
  for (const edit of [...edits].sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = out.at(-1);
    if (last?.start === edit.start && last.end === edit.start) out[out.length - 1] = { start: last.start, end: edit.end, newText: last.newText + edit.newText };
    else out.push(edit);
  }
  return out;
}

function withLineEnds(text: string, like: string): string {
  return like.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
