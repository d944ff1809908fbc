import type { BindingId } from '../../facts/facts.ts';

/** Names visible at a place, innermost first. */
export class Scope {
  readonly parent: Scope | undefined;
  private readonly names = new Map<string, BindingId>();
  private readonly depth: number;
  /** Told what is looked for in this scope and is not found in it. */
  private readonly passing: Map<string, BindingId | undefined> | undefined;
  /** The innermost scope from here outward to which such is told. */
  private readonly told: Scope | undefined;

  /** @param passing is filled with the names that are looked for in it and stand further out, or nowhere, and what they mean */
  constructor(parent?: Scope, passing?: Map<string, BindingId | undefined>) {
    this.parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
    this.passing = passing;
    this.told = passing ? this : parent?.told;
  }

  declare(name: string, binding: BindingId): void {
    this.names.set(name, binding);
  }

  /** The bindings of its own names, in the order in which they were declared. */
  get bindings(): Iterable<BindingId> {
    return this.names.values();
  }

  own(name: string): BindingId | undefined {
    return this.names.get(name);
  }

  lookUp(name: string): BindingId | undefined {
    let found: BindingId | undefined;
    let scope: Scope | undefined = this;
    while (scope && (found = scope.names.get(name)) === undefined) scope = scope.parent;
    const depth = scope ? scope.depth : -1;
    for (let told = this.told; told && told.depth > depth; told = told.parent?.told) told.passing!.set(name, found);
    return found;
  }
}
