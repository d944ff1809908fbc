import type { BlockFact, TerminatorFact } from './facts.ts';

/** Blocks that normal and exceptional edges reach from the entry. */
export function reachableBlocks(blocks: readonly { next: TerminatorFact; onThrow?: number; steps: unknown[] }[]): Set<number> {
  const seen = new Set<number>();
  const work = [0];
  while (work.length > 0) {
    const id = work.pop()!;
    const block = blocks[id];
    if (!block || seen.has(id)) continue;
    seen.add(id);
    if (block.onThrow !== undefined && (block.steps.length > 0 || block.next.k === 'throw')) work.push(block.onThrow);
    work.push(...successors(block.next));
  }
  return seen;
}

/** Blocks a terminator may go to. */
export function successors(next: TerminatorFact): number[] {
  switch (next.k) {
    case 'goto':
      return [next.to];
    case 'branch':
      return [next.then, next.else];
    case 'iterate':
      return [next.body, next.done];
    default:
      return [];
  }
}

/** Blocks that normal edges reach; `follows` may leave edges out. */
export function reach(blocks: readonly BlockFact[], from: number, follows?: (id: number, to: number) => boolean): Set<number> {
  const seen = new Set<number>();
  const work = [from];
  while (work.length > 0) {
    const id = work.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    work.push(...successors(blocks[id]!.next).filter((to) => !follows || follows(id, to)));
  }
  return seen;
}

/** Blocks from which normal edges lead to one of these, themselves included. */
export function blocksBefore(blocks: readonly BlockFact[], targets: readonly number[]): Set<number> {
  const before: number[][] = blocks.map(() => []);
  blocks.forEach((block, id) => {
    for (const to of successors(block.next)) before[to]?.push(id);
  });
  const seen = new Set(targets);
  for (const id of seen) for (const from of before[id]!) seen.add(from);
  return seen;
}
