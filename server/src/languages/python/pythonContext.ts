import type { BindingId, ValueId } from '../../facts/facts.ts';
import { Context } from '../lowering/context.ts';
import { Scope } from '../lowering/scope.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';

/** The records of one file as they grow, with what only this language must remember. */
export class PythonContext extends Context {
  /** Names that are the object or class whose method stands around: `self`, `cls`. */
  readonly receivers = new Set<BindingId>();
  /** Errors that the catch clauses around have caught, innermost last: what a bare `raise` throws. */
  readonly caught: ValueId[] = [];
  /** Names of a comprehension, which are its own. */
  readonly comprehensions = new Map<SyntaxNode, Scope>();
  moduleScope = new Scope();
}
