import type { BindingFact, BindingId, ClassId, ValueId } from '../../facts/facts.ts';
import { Context } from '../lowering/context.ts';
import { Scope } from '../lowering/scope.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';

/** A class whose members are seen by their names alone. */
export interface ClassAround {
  cls: ClassId;
  binding: BindingId | undefined;
  /** Names of its fields, properties, methods and events. */
  names: ReadonlySet<string>;
  /** It has members that stand elsewhere: of a class that it extends, or of another part of it. */
  more: boolean;
}

/** The records of one file as they grow, with what only this language must remember. */
export class CSharpContext extends Context {
  /** Classes around, innermost last. */
  readonly classesAround: ClassAround[] = [];
  /** Errors that the catch clauses around have caught, innermost last: what a bare `throw` throws. */
  readonly caught: ValueId[] = [];
  /** What stands before the `?` of a conditional access, innermost last. */
  readonly conditionals: ValueId[] = [];
  /** Names declared so far, by where they stand: a finally body that is lowered twice has one name each. */
  private readonly declared = new Map<SyntaxNode, BindingId>();
  /** Names that hold work which has been begun and not waited for. */
  readonly begun = new Set<BindingId>();
  /** Names of the methods of each class, as far as they stand in the file. */
  readonly methodNames = new Map<ClassId, ReadonlySet<string>>();
  /** Imports made for names that are written with their namespace. */
  readonly qualified = new Map<string, BindingId>();
  moduleScope = new Scope();

  /** Declares the name that stands at a node in the innermost scope. */
  declare(node: SyntaxNode, kind: BindingFact['kind']): BindingId {
    const name = this.word(node);
    const known = this.declared.get(node);
    if (known !== undefined) {
      this.scope.declare(name, known);
      return known;
    }
    const made = this.binding(name, kind, node.at, false);
    this.declared.set(node, made);
    return made;
  }

  /** A name as it is meant: `@class` is `class`. */
  word(node: SyntaxNode): string {
    return this.slice(node).replace(/^@/, '').trim();
  }
}
