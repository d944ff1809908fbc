import type { BindingFact, BindingId, BlockId, ValueFact, ValueId } from '../../facts/facts.ts';
import type { FlowBuilder } from './flow.ts';

/** What the builders of texts of a file hold, as long as the code goes straight on: `text.append(a); text.append(b);` is one text. */
export class BuiltTexts {
  private readonly bindings: readonly BindingFact[];
  private readonly held = new Map<BindingId, { value: ValueId; flow: FlowBuilder; block: BlockId }>();

  constructor(bindings: readonly BindingFact[]) {
    this.bindings = bindings;
  }

  /** From here on the builder of this name holds this text, which was the last that it was given. A text that was added to at once is none of its own. */
  keep(binding: BindingId, value: ValueId, before: ValueId | undefined, flow: FlowBuilder): void {
    const { sources } = this.bindings[binding]!;
    const at = before === undefined ? -1 : sources.indexOf(before);
    if (at >= 0 && sources.length > 1) sources.splice(at, 1);
    this.held.set(binding, { value, flow, block: flow.current });
  }

  /** The builder of this name holds something else. */
  drop(binding: BindingId): void {
    this.held.delete(binding);
  }

  /** What the builder holds that a name stands for; undefined for what is no name, and where the code may have come another way. */
  latest(name: ValueFact | undefined, flow: FlowBuilder): ValueId | undefined {
    if (name?.k !== 'binding') return undefined;
    const held = this.held.get(name.binding);
    if (held) return held.flow === flow && held.block === flow.current ? held.value : undefined;
    const { sources } = this.bindings[name.binding]!;
    return sources.length === 1 ? sources[0] : undefined;
  }
}
