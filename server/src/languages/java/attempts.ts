import type { Protocol, ValueId } from '../../facts/facts.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';
import type { JavaContext } from './javaContext.ts';

/** Methods of vavr's `Try`, which holds what a function gave or else its failure: a promise that is settled already. */
const METHODS: Record<string, Protocol> = {
  map: 'then', mapTry: 'then', flatMap: 'then', flatMapTry: 'then', andThen: 'then', andThenTry: 'then', peek: 'then', onSuccess: 'then',
  recover: 'catch', recoverWith: 'catch', getOrElse: 'catch', getOrElseGet: 'catch', getOrElseThrow: 'catch', mapFailure: 'catch',
  onFailure: 'event',
  andFinally: 'finally', andFinallyTry: 'finally',
};

/** The static methods that are given the work. */
const MADE = /\bTry\s*\.\s*(?:of|run|ofSupplier|ofCallable|runRunnable)\s*\(/;

/** Longer chains are not looked through. */
const LONGEST = 5_000;

/** Whether vavr's classes are at hand in the file. */
export function knowsAttempts(ctx: JavaContext): boolean {
  return ctx.imports.some(({ module }) => /^(?:io\.vavr|javaslang)\b/.test(module));
}

/** Whether a value is a `Try`, as it is written or declared. */
export function isAttempt(ctx: JavaContext, node: SyntaxNode, id: ValueId): boolean {
  if (!knowsAttempts(ctx)) return false;
  const value = ctx.values[id];
  if (value?.k === 'binding') {
    const { type } = ctx.bindings[value.binding]!;
    return type?.k === 'ref' && type.name === 'Promise';
  }
  return value?.k === 'call' && node.to - node.at < LONGEST && MADE.test(ctx.slice(node));
}

/** What a method of a `Try` does. */
export function attemptProtocol(name: string): Protocol | undefined {
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
}

/** A `Try` that nobody asks keeps its failure to itself. */
export function forgotten(ctx: JavaContext, node: SyntaxNode, id: ValueId): ValueId {
  const callee = ctx.fresh(node, { k: 'member', object: id, name: 'getOrElse', nameAt: node.at, nameTo: node.to });
  const value = ctx.fresh(node, { k: 'call', callee, args: [ctx.fresh(node, { k: 'literal', value: null })], construct: false, protocol: 'catch' });
  ctx.flow.step({ k: 'call', value });
  return value;
}
