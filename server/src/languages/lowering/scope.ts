import type { BindingId } from '../../facts/facts.ts';

/** Names visible at a place, innermost first. */
export class Scope {
  readonly parent: Scope | undefined;
  private readonly names = new Map<string, BindingId>();

  constructor(parent?: Scope) {
    this.parent = parent;
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
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.names.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
