import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** The calls that stand on one another on a request, the request first: `query(…)`, `.sort(…)`, `.then(…)`. */
export function chainFrom(facts: FileFacts, value: ValueId): { value: ValueId; name: string | undefined }[] {
  const out: { value: ValueId; name: string | undefined }[] = [{ value, name: undefined }];
  for (let at = value; ; ) {
    const next = onlyUser(facts, at);
    const member = next === undefined ? undefined : facts.values[next]!;
    if (next === undefined || member?.k !== 'member' || member.object !== at) return out;
    const outer = onlyUser(facts, next);
    const call = outer === undefined ? undefined : facts.values[outer]!;
    if (outer === undefined || call?.k !== 'call' || call.callee !== next) return out;
    out.push({ value: outer, name: member.name });
    at = outer;
  }
}

/** The one value that is made of a value; undefined where nothing or more than that becomes of it. */
export function onlyUser(facts: FileFacts, value: ValueId): ValueId | undefined {
  const [only, ...others] = indexOf(facts).consumers[value] ?? [];
  return others.length === 0 && only?.k === 'value' ? only.value : undefined;
}
