import type { BindingFact, BlockFact, ClassFact, ExportFact, FunctionFact, HandlerFact, ImportFact, LoopFact, ParameterFact, StepFact, StoreFact, TerminatorFact, ValueFact, ValueId } from '../../facts/facts.ts';

/** Where what a record names is to be found in other tables than its own. Each answers for any id that the records name; they may throw for others. */
export interface Moves {
  /** Whether every id stays as it is, and positions alone change: most of what is typed in a body moves what follows and no more. */
  idsStay: boolean;
  value(id: number): number;
  binding(id: number): number;
  fn(id: number): number;
  cls(id: number): number;
  /** A position in the text. */
  at(position: number): number;
}

/** A value in other tables. */
export function movedValue(value: ValueFact, moves: Moves): ValueFact {
  const moved = { ...value, at: moves.at(value.at), to: moves.at(value.to), in: moves.fn(value.in) };
  if (moves.idsStay && moved.k !== 'member') return moved;
  switch (moved.k) {
    case 'binding':
      moved.binding = moves.binding(moved.binding);
      break;
    case 'template':
      moved.parts = moved.parts.map((part) => (typeof part === 'string' ? part : moves.value(part)));
      break;
    case 'member':
      moved.object = moves.value(moved.object);
      moved.nameAt = moves.at(moved.nameAt);
      moved.nameTo = moves.at(moved.nameTo);
      break;
    case 'index':
      moved.object = moves.value(moved.object);
      moved.key = moves.value(moved.key);
      break;
    case 'call':
      moved.callee = moves.value(moved.callee);
      moved.args = movedValues(moved.args, moves);
      if (moved.named !== undefined) moved.named = moves.value(moved.named);
      break;
    case 'await':
    case 'element':
    case 'typed':
    case 'assign':
      moved.of = moves.value(moved.of);
      break;
    case 'function':
    case 'parameter':
      moved.fn = moves.fn(moved.fn);
      break;
    case 'class':
      moved.cls = moves.cls(moved.cls);
      break;
    case 'object':
      moved.props = moved.props.map(({ key, value: each }) => ({ key, value: moves.value(each) }));
      moved.spreads = movedValues(moved.spreads, moves);
      break;
    case 'array':
      moved.items = movedValues(moved.items, moves);
      moved.spreads = movedValues(moved.spreads, moves);
      break;
    case 'this':
      if (moved.cls !== undefined) moved.cls = moves.cls(moved.cls);
      break;
    case 'operator':
    case 'choice':
    case 'other':
      moved.of = movedValues(moved.of, moves);
      break;
    case 'yield':
      if (moved.of !== undefined) moved.of = moves.value(moved.of);
      break;
    default:
  }
  return moved;
}

function movedValues(values: ValueId[], moves: Moves): ValueId[] {
  return values.map((each) => moves.value(each));
}

export function movedBinding(binding: BindingFact, moves: Moves): BindingFact {
  return { ...binding, in: moves.fn(binding.in), sources: moves.idsStay ? binding.sources : movedValues(binding.sources, moves), at: moves.at(binding.at) };
}

export function movedStore(store: StoreFact, moves: Moves): StoreFact {
  return { ...store, object: moves.value(store.object), value: moves.value(store.value), in: moves.fn(store.in) };
}

/** An import by a call: one by a statement stands in no function. */
export function movedImport(fact: ImportFact, moves: Moves): ImportFact {
  return { ...fact, at: moves.at(fact.at), ...(fact.value === undefined ? {} : { value: moves.value(fact.value) }), ...(fact.binding === undefined ? {} : { binding: moves.binding(fact.binding) }) };
}

export function movedExport(fact: ExportFact, moves: Moves): ExportFact {
  return fact.value === undefined ? fact : { ...fact, value: moves.value(fact.value) };
}

export function movedClass(cls: ClassFact, moves: Moves): ClassFact {
  const { extends: parent, binding, mixins } = cls;
  return {
    ...cls,
    at: moves.at(cls.at),
    to: moves.at(cls.to),
    ...(parent === undefined ? {} : { extends: moves.value(parent) }),
    ...(binding === undefined ? {} : { binding: moves.binding(binding) }),
    ...(mixins === undefined ? {} : { mixins: movedValues(mixins, moves) }),
    methods: cls.methods.map((each) => ({ ...each, fn: moves.fn(each.fn) })),
    fields: cls.fields.map((each) => (each.value === undefined ? each : { ...each, value: moves.value(each.value) })),
  };
}

export function movedFunction(fn: FunctionFact, moves: Moves): FunctionFact {
  const { parent, cls } = fn;
  return {
    ...fn,
    at: moves.at(fn.at),
    to: moves.at(fn.to),
    ...(parent === undefined ? {} : { parent: moves.fn(parent) }),
    ...(cls === undefined ? {} : { cls: moves.cls(cls) }),
    params: moves.idsStay ? fn.params : fn.params.map((each): ParameterFact => (each.binding === undefined ? each : { ...each, binding: moves.binding(each.binding) })),
    blocks: moves.idsStay ? fn.blocks : fn.blocks.map((each): BlockFact => ({ ...each, steps: each.steps.map((step) => movedStep(step, moves)), next: movedEnd(each.next, moves) })),
    loops: fn.loops.map((each): LoopFact => ({ ...each, at: moves.at(each.at), to: moves.at(each.to), ...(each.over === undefined ? {} : { over: moves.value(each.over) }), ...(each.times === undefined ? {} : { times: moves.value(each.times) }) })),
    handlers: fn.handlers.map((each) => movedHandler(each, moves)),
  };
}

function movedHandler(handler: HandlerFact, moves: Moves): HandlerFact {
  const { classes, filter } = handler;
  return {
    ...handler,
    at: moves.at(handler.at),
    to: moves.at(handler.to),
    caught: moves.value(handler.caught),
    ...(classes === undefined ? {} : { classes: movedValues(classes, moves) }),
    ...(filter === undefined ? {} : { filter: moves.value(filter) }),
  };
}

function movedStep(step: StepFact, moves: Moves): StepFact {
  const value = moves.value(step.value);
  switch (step.k) {
    case 'bind':
      return { ...step, binding: moves.binding(step.binding), value };
    case 'store':
      return { ...step, object: moves.value(step.object), value };
    default:
      return { ...step, value };
  }
}

function movedEnd(next: TerminatorFact, moves: Moves): TerminatorFact {
  switch (next.k) {
    case 'branch':
      return { ...next, test: moves.value(next.test) };
    case 'iterate':
      return { ...next, over: moves.value(next.over) };
    case 'return':
      return next.value === undefined ? next : { ...next, value: moves.value(next.value) };
    case 'throw':
      return { ...next, value: moves.value(next.value) };
    default:
      return next;
  }
}
