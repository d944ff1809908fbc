import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { TextEdit } from '../edit.ts';
import { hasSingleUse, isChangedLater } from './captured.ts';
import { constantsBefore } from './constants.ts';
import type { Helper } from './helperOfFile.ts';
import { evaluatedOnce } from './once.ts';
import type { RefusalReason } from './refusals.ts';

/**
 * The edits that wrap one call, or why it cannot be wrapped.
 * @param repeatable whether it may be sent again after an unknown outcome
 * @param given names that were given to constants in the same function; grows
 */
export function wrapped({ writer, form, facts, source }: Helper, covered: CoveredCall, repeatable: boolean, given: Set<string>): TextEdit[] | RefusalReason {
  if (covered.call.operation.requests === 'many-writes') return 'many-writes';
  const repeated = form.repeated(facts, source, covered);
  if (typeof repeated === 'string') return repeated;
  const { value, awaited, promised } = repeated;
  if (hasSingleUse(facts, value)) return 'single-use-argument';
  if (!awaited && isChangedLater(facts, value)) return 'changed-later';
  const once = evaluatedOnce(facts, source, value, covered, awaited);
  const constants = once.length === 0 ? [] : constantsBefore(writer, facts, source, value, once, given);
  if (!constants) return once[0]!.reason;
  const { at, to } = facts.values[value]!;
  // Where a constant holds the connection, a new one would not be seen.
  const renewal = once.some((each) => facts.values[each.value]!.at === at) ? undefined : form.renewal?.(facts, covered);
  const { before, after } = form.around({ repeatable, promised, renewal, call: covered.call });
  return [
    ...constants,
    { start: at, end: at, newText: before },
    { start: to, end: to, newText: after },
  ];
}

/** Whether a request may be sent again after an unknown outcome. A delete would then fail although it is done, so it counts as not repeatable here. */
export function isRepeatable({ call: { operation } }: CoveredCall): boolean {
  return operation.repeatable === 'yes' && operation.kind !== 'delete';
}

/** Edits by place; what begins at one place is one edit. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const out: TextEdit[] = [];
  for (const edit of [...edits].sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = out.at(-1);
    if (last?.start === edit.start && last.end === edit.start) out[out.length - 1] = { start: last.start, end: edit.end, newText: last.newText + edit.newText };
    else out.push(edit);
  }
  return out;
}
