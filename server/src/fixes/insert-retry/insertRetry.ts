import type { Fix, Refusal, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { helperFor } from './helperOfFile.ts';
import { REFUSALS, type RefusalReason } from './refusals.ts';
import { inOrder, isRepeatable, wrapped } from './wrap.ts';

/**
 * Wraps the request of a finding, and the others that the finding speaks of, in the retry helper, each by itself, and adds the helper file and its import where they
 * are missing. Where the package has no retry library, the file can stand by itself or on one that is then installed. Done where what is repeated has no effect but the request; else the reason why not is told.
 */
export function insertRetry(request: FixRequest): Fix[] | Refusal {
  const { covered, others } = request;
  const helper = helperFor(request);
  if (typeof helper === 'string') return refusal(helper);
  const { path, library } = helper;
  const given = new Set<string>();
  const first = wrapped(helper, covered, isRepeatable(covered), given);
  if (typeof first === 'string') return refusal(first);
  const edits = [...first];
  let count = 1;
  for (const other of others) {
    const more = wrapped(helper, other, isRepeatable(other), given);
    if (typeof more === 'string' || more.some((edit) => meets(edits, edit))) continue;
    edits.push(...more);
    count++;
  }
  const title = `Insert retry ${isRepeatable(covered) ? 'after failures that pass by themselves' : 'after failures that surely applied nothing'}${count > 1 ? `, at ${count} calls of this function` : ''}`;
  const fix: Fix = {
    id: 'insert-retry',
    title: `${title}${library === undefined ? '' : `, with ${library}`}`,
    preferred: true,
    edits: { [path]: inOrder([...edits, ...helper.imports]) },
    creates: helper.creates,
  };
  const choices = helper.choices.map(({ creates, library: missing }): Fix => (
    { ...fix, id: `insert-retry-with-${missing.name}`, title: `${title}, with ${missing.name} (installs it)`, preferred: false, creates, installs: missing }));
  return [fix, ...choices];
}

function refusal(reason: RefusalReason): Refusal {
  return { fix: 'insert-retry', reason, text: REFUSALS[reason] };
}

/** Whether an edit touches text that another one takes away, or puts a constant where another one does. */
function meets(edits: readonly TextEdit[], { start, end }: TextEdit): boolean {
  return edits.some((each) => (start < each.end && each.start < end) || (each.start < start && end < each.end));
}
