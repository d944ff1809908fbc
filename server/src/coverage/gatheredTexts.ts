import type { BindingId, FileFacts, ValueId } from '../facts/facts.ts';
import { isAbsent } from './nothing.ts';

/** A text with more pieces than this is made, and not read. */
const MOST = 20;

const BUILDERS = /^(?:StringBuilder|StringBuffer)$/;

/**
 * The values of which a text consists that a name holds and that grows piece by piece: `text.append(line)`, `text += chunk`. Undefined for any other name,
 * and where nothing but written texts is put there.
 */
export function piecesOf(facts: FileFacts, binding: BindingId): ValueId[] | undefined {
  const { sources } = facts.bindings[binding]!;
  if (sources.length > MOST) return undefined;
  const pieces = new Set<ValueId>();
  let grows = false;
  for (const source of sources) {
    if (isBeginning(facts, source)) continue;
    const value = facts.values[source]!;
    if (value.k !== 'operator' || value.op !== '+') return undefined;
    grows = true;
    for (const part of value.of) collect(facts, part, binding, sources, pieces);
  }
  return grows && pieces.size > 0 ? [...pieces] : undefined;
}

function collect(facts: FileFacts, id: ValueId, binding: BindingId, sources: readonly ValueId[], pieces: Set<ValueId>): void {
  const value = facts.values[id];
  if (!value || sources.includes(id) || isBeginning(facts, id)) return;
  if (value.k === 'binding' && value.binding === binding) return;
  const parts = value.k === 'operator' && value.op === '+' ? value.of : value.k === 'template' ? value.parts : undefined;
  if (!parts) pieces.add(id);
  else for (const part of parts) if (typeof part !== 'string') collect(facts, part, binding, sources, pieces);
}

/** A text that is written, nothing, or what builds one and has nothing yet. */
function isBeginning(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.k === 'literal' || isAbsent(facts, id)) return true;
  const callee = value?.k === 'call' && value.construct ? facts.values[value.callee] : undefined;
  return callee?.k === 'global' && BUILDERS.test(callee.name) && value?.k === 'call' && value.args.every((each) => facts.values[each]?.k === 'literal');
}
