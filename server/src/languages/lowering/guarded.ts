import type { BlockId, HandlerFact, ValueId } from '../../facts/facts.ts';
import type { Context } from './context.ts';
import type { SyntaxNode } from './syntax.ts';

/** A clause that takes errors. */
export interface CatchClause {
  node: SyntaxNode;
  /** Lowers what the clause does with the error, and notes at the handler which errors it takes: with neither classes nor a filter, all. */
  lower: (caught: ValueId, handler: HandlerFact) => void;
}

/** `try`, as far as all languages write it alike. */
export interface Guarded {
  body: () => void;
  /** What runs where the body threw nothing; the clauses do not take its errors. */
  otherwise?: (() => void) | undefined;
  clauses: readonly CatchClause[];
  /** What runs whatever happens. Lowered once for each way there. */
  finally?: (() => void) | undefined;
}

/** Lowers `try`: each clause takes its errors and leaves the others to the next. */
export function lowerGuarded(ctx: Context, { body, otherwise, clauses, finally: last }: Guarded): void {
  const { flow } = ctx;
  const outer = { onThrow: flow.onThrow, handler: flow.handler };
  // Entered by an error: the last body runs, then the error goes on.
  let exceptional: BlockId | undefined;
  if (last) {
    exceptional = flow.newBlock();
    flow.finals.push({ emit: last, ...outer });
  }
  const guard = exceptional ?? outer.onThrow;
  flow.onThrow = guard;
  const after = flow.newBlock();
  const entries = clauses.map(() => flow.newBlock());
  flow.onThrow = entries[0] ?? guard;
  flow.split();
  body();
  flow.onThrow = guard;
  if (otherwise) {
    flow.split();
    otherwise();
  }
  flow.goto(after);
  clauses.forEach((clause, index) => lowerClause(ctx, clause, entries[index]!, entries[index + 1] ?? guard, after));
  flow.handler = outer.handler;
  flow.current = after;
  flow.onThrow = outer.onThrow;
  if (last && exceptional !== undefined) {
    flow.finals.pop();
    if (outer.onThrow === undefined) delete flow.fn.blocks[exceptional]!.onThrow;
    else flow.fn.blocks[exceptional]!.onThrow = outer.onThrow;
    flow.split();
    last();
    const normalEnd = flow.current;
    flow.current = exceptional;
    last();
    flow.end({ k: 'resume' });
    flow.current = normalEnd;
  }
  flow.split();
}

function lowerClause(ctx: Context, { node, lower }: CatchClause, entry: BlockId, otherwise: BlockId | undefined, after: BlockId): void {
  const { flow } = ctx;
  const around = flow.handler;
  flow.current = entry;
  const caught = ctx.value(node, { k: 'caught', handler: flow.fn.handlers.length });
  const handler = flow.newHandler(entry, caught, node.at, node.to);
  const fact = flow.fn.handlers[handler]!;
  flow.fn.blocks[entry]!.handler = handler;
  flow.handler = handler;
  lower(caught, fact);
  if ((fact.classes || fact.filter !== undefined) && otherwise !== undefined) fact.otherwise = otherwise;
  flow.goto(after);
  flow.handler = around;
}

/** Whether a body between braces holds a comment and nothing else: somebody thought about it. */
export function isRemark(ctx: Context, body: SyntaxNode | undefined): boolean {
  return body !== undefined && !body.children.some((each) => each.named) && /\/[/*]/.test(ctx.slice(body));
}
