import type { FlowBuilder } from './flow.ts';

/** `break` or, with `goesOn`, `continue`: with a label for what has that label, without one for the innermost loop, or what can be left like one and has no label. */
export function lowerJump(flow: FlowBuilder, goesOn: boolean, label: string | undefined): void {
  flow.jump(goesOn, (each) => (label === undefined ? each.continueTo !== undefined || (!goesOn && each.labels.length === 0) : each.labels.includes(label)));
}
