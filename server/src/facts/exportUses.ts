import type { FileFacts, ValueId } from './facts.ts';
import { indexOf } from './fileIndex.ts';

/** Where a file names an export of a package, however it is imported: `require('p').name`, `import * as p`, `(await import('p')).name`, under any name. */
export function exportUses(facts: FileFacts, module: string, name: string): ValueId[] {
  const { bindingUses } = indexOf(facts);
  const whole: ValueId[] = [];
  const uses: ValueId[] = [];
  for (const each of facts.imports) {
    if (each.module !== module || each.typeOnly) continue;
    const values = [...(each.value === undefined ? [] : [each.value]), ...(each.binding === undefined ? [] : (bindingUses[each.binding] ?? []))];
    // Where the whole module is the export, `default` and `*` are the same.
    if (each.imported === name || (name === 'default' && each.imported === '*')) uses.push(...values);
    if (each.imported === '*' || (each.imported === 'default' && each.style === 'commonjs')) whole.push(...values);
  }
  return [...uses.flatMap((id) => named(facts, id)), ...whole.flatMap((id) => named(facts, id)).flatMap((id) => membersOf(facts, id, name)).flatMap((id) => named(facts, id))];
}

/** A value, what waits for it, and the uses of the name that it is given. */
function named(facts: FileFacts, id: ValueId): ValueId[] {
  const { bindingUses, consumers } = indexOf(facts);
  return [id, ...(consumers[id] ?? []).flatMap((consumer) => {
    if (consumer.k === 'bind') return bindingUses[consumer.binding] ?? [];
    return consumer.k === 'value' && facts.values[consumer.value]?.k === 'await' ? named(facts, consumer.value) : [];
  })];
}

function membersOf(facts: FileFacts, object: ValueId, name: string): ValueId[] {
  return (indexOf(facts).consumers[object] ?? []).flatMap((consumer) => {
    const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && member?.k === 'member' && member.object === object && member.name === name ? [consumer.value] : [];
  });
}
