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
  const after = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop('while', ctx.flow.fn.blocks.length, labeled.at, statements.at(-1)!.to);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  ctx.flow.jumps.push({ labels: label ? [ctx.slice(label)] : [], breakTo: after, continueTo: head, finals: ctx.flow.finals.length });
  lowerStatements(ctx, [...first, ...statements.slice(1)]);
  ctx.flow.jumps.pop();
  ctx.flow.goto(after);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}

/** `goto again;`: back to a label that stands before; a way forward ends here. */
export function lowerGoto(ctx: CSharpContext, node: SyntaxNode): void {
  const label = named(node)[0];
  const target = label && ctx.flow.jumps.findLast((each) => each.labels.includes(ctx.slice(label)));
  if (target?.continueTo !== undefined) {
    ctx.flow.runFinals(target.finals);
    ctx.flow.goto(target.continueTo);
  }
  ctx.flow.unreachable();
}
