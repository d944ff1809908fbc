import type { BindingFact, BindingId, ClassId, TypeFact, ValueId } from '../../facts/facts.ts';
import { Context } from '../lowering/context.ts';
import { Scope } from '../lowering/scope.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';

/** A class whose members are seen by their names alone. */
export interface ClassAround {
  cls: ClassId;
  binding: BindingId | undefined;
  /** Names of its fields; true for those of the class, false for those of its objects. */
  fields: ReadonlyMap<string, boolean>;
  /** The same of its methods. */
  methods: ReadonlyMap<string, boolean>;
  /** It extends a class or has an interface, so it has members that are not written in it. */
  more: boolean;
}

/** The records of one file as they grow, with what only this language must remember. */
export class JavaContext extends Context {
  /** The package of the file; empty for none. */
  packageName = '';
  /** Packages all of whose classes can be named. */
  readonly openPackages: string[] = [];
  /** Classes all of whose own members can be named. */
  readonly openClasses: BindingId[] = [];
  /** Classes around, innermost last. */
  readonly classesAround: ClassAround[] = [];
  /** Where the value of a `switch` that is an expression goes, innermost last. */
  readonly yields: { values: ValueId[]; after: number }[] = [];
  /** Imports made for names that are written with their package, or that only another file of the package can declare. */
  readonly implied = new Map<string, BindingId>();
  private readonly declared = new Map<SyntaxNode, BindingId>();
  /** What the type parameters around extend, innermost last. */
  readonly bounds: ReadonlyMap<string, TypeFact>[] = [];
  moduleScope = new Scope();

  /** Declares the name that stands at a node in the innermost scope; a finally body that is lowered twice has one name each. */
  declare(node: SyntaxNode, kind: BindingFact['kind'], type?: TypeFact): BindingId {
    const name = this.slice(node);
    let binding = this.declared.get(node);
    if (binding === undefined) {
      binding = this.binding(name, kind, node.at, false);
      if (type) this.bindings[binding]!.type = type;
      this.declared.set(node, binding);
    } else this.scope.declare(name, binding);
    return binding;
  }

  /** Gives a name a value, here. */
  bind(binding: BindingId, value: ValueId): void {
    const { sources } = this.bindings[binding]!;
    if (!sources.includes(value)) sources.push(value);
    this.built.drop(binding);
    this.flow.step({ k: 'bind', binding, value });
  }
}
