import type { BindingId, FileFacts, ValueId } from '../facts/facts.ts';
import { partsOf } from '../facts/fileIndex.ts';

/** Names and values that hold an error or something taken from it, within one file. */
export class ErrorFlow {
  private readonly facts: FileFacts;
  private readonly roots: Set<ValueId>;
  private readonly bindings: Set<BindingId>;
  private readonly memo = new Map<ValueId, boolean>();

  /** @param roots values that are the error itself. @param bindings names that hold it. */
  constructor(facts: FileFacts, roots: Iterable<ValueId>, bindings: Iterable<BindingId>) {
    this.facts = facts;
    this.roots = new Set(roots);
    this.bindings = new Set(bindings);
  }

  /** Whether a value is the error itself, under any name. */
  isError(id: ValueId, depth = 0): boolean {
    if (this.roots.has(id)) return true;
    const value = this.facts.values[id];
    if (!value || depth > 10) return false;
    if (value.k === 'binding') {
      if (this.bindings.has(value.binding)) return true;
      const binding = this.facts.bindings[value.binding]!;
      return binding.sources.length > 0 && binding.sources.length < 4 && binding.sources.every((source) => this.isError(source, depth + 1));
    }
    if (value.k === 'typed' || value.k === 'assign' || value.k === 'await') return this.isError(value.of, depth + 1);
    if (value.k === 'choice') return value.of.some((each) => this.isError(each, depth + 1));
    return false;
  }

  /** Whether a value carries anything of the error: its message, a text or object made of it, an error that wraps it. */
  carries(id: ValueId): boolean {
    const known = this.memo.get(id);
    if (known !== undefined) return known;
    this.memo.set(id, false);
    const value = this.facts.values[id];
    let result = this.roots.has(id) || this.isError(id);
    if (!result && value?.k === 'binding') {
      const binding = this.facts.bindings[value.binding]!;
      result = binding.sources.some((source) => this.carries(source));
    } else if (!result && value && value.k !== 'function') result = partsOf(value).some((part) => this.carries(part));
    this.memo.set(id, result);
    return result;
  }
}
