import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lastWord } from './annotations.ts';
import type { CSharpContext } from './csharpContext.ts';

/** Methods that begin work, by the name that such methods have. */
const BEGINS = /Async$/;
const TASKS = /^(?:Task|System\.Threading\.Tasks\.Task)(?:\.Factory)?$/;

/** Whether an expression gives work that has been begun and not waited for. */
export function beginsWork(ctx: CSharpContext, node: SyntaxNode): boolean {
  switch (node.type) {
    case 'invocation_expression': {
      const target = field(node, 'function');
      if (!target) return false;
      const object = target.type === 'member_access_expression' ? field(target, 'expression') : undefined;
      return BEGINS.test(nameOf(ctx, target)) || (object !== undefined && TASKS.test(ctx.slice(object)));
    }
    case 'identifier': {
      const binding = ctx.scope.lookUp(ctx.word(node));
      return binding !== undefined && ctx.begun.has(binding);
    }
    case 'parenthesized_expression': {
      const inner = named(node)[0];
      return inner !== undefined && beginsWork(ctx, inner);
    }
    default:
      return false;
  }
}

/** The name of the method that a callee names. */
export function nameOf(ctx: CSharpContext, target: SyntaxNode): string {
  const name = target.type === 'member_access_expression' || target.type === 'member_binding_expression' ? field(target, 'name') : target.type === 'conditional_access_expression' ? named(target).at(-1) : target;
  if (!name) return '';
  if (name.type === 'member_binding_expression') return nameOf(ctx, name);
  return lastWord(name, ctx.text).replace(/^\?/, '');
}
