import { type Loop, lowerOnceOrMore } from '../lowering/loops.ts';
import { named, type SyntaxNode } from '../lowering/syntax.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerStatements } from './statements.ts';

/** Where the text of a file goes to each label, in the order of the text. */
const jumps = new WeakMap<CSharpContext, Map<string, number[]>>();

function jumpsTo(ctx: CSharpContext, label: string): readonly number[] {
  let known = jumps.get(ctx);
  if (!known) {
    known = new Map();
    for (const each of ctx.text.matchAll(/\bgoto\s+(\w+)/g)) {
      const places = known.get(each[1]!);
      if (places) places.push(each.index);
      else known.set(each[1]!, [each.index]);
    }
    jumps.set(ctx, known);
  }
  return known.get(label) ?? [];
}

/** The last place between a label and an end where the code goes back to the label. */
export function lastGoto(ctx: CSharpContext, labeled: SyntaxNode, end: number): number | undefined {
  const [label] = named(labeled);
  return label && jumpsTo(ctx, ctx.slice(label)).findLast((at) => at > labeled.at && at < end);
}

/** What stands between a label and the last way back to it is a loop that goes on by `goto` alone. */
export function lowerRepeated(ctx: CSharpContext, labeled: SyntaxNode, statements: readonly SyntaxNode[]): void {
  const [label, ...first] = named(labeled);
  const loop: Loop = {
    kind: 'while',
    node: { at: labeled.at, to: statements.at(-1)!.to },
    labels: label ? [ctx.slice(label)] : [],
    body: () => lowerStatements(ctx, [...first, ...statements.slice(1)]),
  };
  lowerOnceOrMore(ctx.flow, loop);
}

/** `goto again;`: back to a label that stands before; a way forward ends here. */
export function lowerGoto(ctx: CSharpContext, node: SyntaxNode): void {
  const label = named(node)[0];
  ctx.flow.jump(true, (each) => label !== undefined && each.continueTo !== undefined && each.labels.includes(ctx.slice(label)));
}
