import type { BindingId, ClassId, FileFacts, FunctionFact, FunctionId, Span, ValueId } from '../../facts/facts.ts';
import type { Context } from './context.ts';
import { type Moves, movedBinding, movedClass, movedExport, movedFunction, movedImport, movedStore, movedValue } from './moved.ts';
import { Scope } from './scope.ts';
import type { SyntaxNode } from './syntax.ts';

/** Texts after which everything is lowered again: a name in a record is a piece of the text that it was read from, and keeps the whole of that in memory. */
const OLDEST = 50;

const TABLES = ['values', 'bindings', 'functions', 'classes', 'imports', 'exports', 'stores', 'types'] as const;

/** How long the tables of a file are at some moment: what a function records stands between two of them, with nothing of others. */
type Mark = Record<(typeof TABLES)[number], number>;

/** A function as a lowering has left it. Ids and positions are those of that lowering's facts. */
interface Lowered {
  type: string;
  at: number;
  to: number;
  /** Length of the text before it that is read with it. */
  before: number;
  from: Mark;
  until: Mark;
  parent: FunctionId;
  cls: ClassId | undefined;
  /** What its record said before those around it added to it. */
  own: Own;
  /** The names that it looked for outside of itself, and what they meant. */
  sees: ReadonlyMap<string, BindingId | undefined>;
  /** What it gave to names outside of itself. */
  gives: readonly { binding: BindingId; value: ValueId }[];
  /** The functions directly in it that are kept too. */
  inner: readonly Key[];
}

type Own = Pick<FunctionFact, 'decorators'> & { name: string | undefined; cls: ClassId | undefined };

/** What a function is known by from one tree to the next: a node that an edit has left alone keeps its list of children. */
type Key = readonly SyntaxNode[];

/** A function that is being lowered. */
interface Open {
  from: Mark;
  sees: Map<string, BindingId | undefined>;
  gives: { binding: BindingId; value: ValueId }[];
  inner: Key[];
  /** Whether it has changed something of others that cannot be done again for it. */
  meddles: boolean;
}

/**
 * The functions of a file that is edited again and again. What an edit has left alone is not lowered again: its records are taken over, moved to where
 * they belong now. A function depends on nothing but its own text, the text before it that its language reads with it, what the names mean that it looks for
 * outside of itself, and whether it stands in a class; and it changes nothing but the tables, to which it adds, and the names to which it gives values. Where a
 * function is seen to do anything else it is not kept. So the facts are, id for id, those of a lowering from the beginning.
 */
export class LoweredFunctions {
  private known: ReadonlyMap<Key, Lowered>;
  private readonly made = new Map<Key, Lowered>();
  private before: FileFacts | undefined;
  private textBefore: string;
  private after: FileFacts | undefined;
  private text = '';
  private readonly open: Open[] = [];
  private count = 0;

  /** Texts since everything was lowered. */
  private readonly age: number;

  /** @param earlier those of the text before, used up; undefined at the first lowering of a file */
  constructor(earlier?: LoweredFunctions) {
    this.age = earlier?.after && earlier.age < OLDEST ? earlier.age + 1 : 0;
    this.before = this.age > 0 ? earlier?.after : undefined;
    this.known = this.before ? earlier!.made : new Map();
    this.textBefore = earlier?.text ?? '';
  }

  /** Number of functions that were lowered: those that were not taken over, alone or with one around them. */
  get lowered(): number {
    return this.count;
  }

  /** The lowering has come to its end. */
  finish(facts: FileFacts, text: string): void {
    this.after = facts;
    this.text = text;
    this.before = undefined;
    this.known = new Map();
    this.textBefore = '';
  }

  /** A name is given a value. `typed`: and a type. */
  noteGiven(binding: BindingId, value: ValueId, typed: boolean): void {
    for (const each of this.open) {
      if (binding >= each.from.bindings) continue;
      each.gives.push({ binding, value });
      each.meddles ||= typed;
    }
  }

  /**
   * Takes a function over from before, or lowers it.
   * @param before the text before it that is read with it
   * @param lower lowers it in the scope that stands then; records nothing but what stands in it
   */
  lower(ctx: Context, node: SyntaxNode, cls: ClassId | undefined, before: string, lower: () => FunctionId): FunctionId {
    const known = this.known.get(node.children);
    const taken = known && this.take(ctx, node, cls, before, known);
    if (taken !== undefined) {
      this.open.at(-1)?.inner.push(node.children);
      return taken;
    }
    this.count++;
    const open: Open = { from: markOf(ctx), sees: new Map(), gives: [], inner: [], meddles: false };
    const { scope } = ctx;
    const fields = cls === undefined ? 0 : ctx.classes[cls]!.fields.length;
    this.open.push(open);
    ctx.scope = new Scope(scope, open.sees);
    const id = lower();
    ctx.scope = scope;
    this.open.pop();
    const meddles = open.meddles || (cls !== undefined && ctx.classes[cls]!.fields.length > fields);
    const fact = ctx.functions[id]!;
    const { from, sees, gives, inner } = open;
    const lowered: Lowered = { type: node.type, at: node.at, to: node.to, before: before.length, from, until: markOf(ctx), parent: ctx.frame.fn, cls, own: { name: fact.name, cls: fact.cls, decorators: [...fact.decorators] }, sees, gives, inner };
    const isKept = !meddles && this.isClosed(ctx, lowered);
    if (isKept) this.made.set(node.children, lowered);
    this.open.at(-1)?.inner.push(...(isKept ? [node.children] : inner));
    return id;
  }

  /** Whether the records of a function name nothing outside of it but what is known to stand there. */
  private isClosed(ctx: Context, lowered: Lowered): boolean {
    let closed = lowered.at > 0;
    const { from, until, at, to } = lowered;
    const outer = new Set(lowered.sees.values());
    const among = (table: 'values' | 'functions' | 'classes' | 'bindings', id: number): boolean => id >= from[table] && id < until[table];
    const check = (holds: boolean, id: number): number => {
      closed &&= holds;
      return id;
    };
    const moves: Moves = {
      idsStay: false,
      value: (id) => check(among('values', id), id),
      binding: (id) => check(among('bindings', id) || outer.has(id), id),
      fn: (id) => check(among('functions', id) || id === lowered.parent, id),
      cls: (id) => check(among('classes', id) || id === lowered.cls, id),
      at: (position) => check(position === 0 || (position >= at && position <= to), position),
    };
    // What stands in the functions within has been looked at.
    const within = lowered.inner.map((key) => this.made.get(key)!);
    const each = <T>(table: (typeof TABLES)[number], records: readonly T[], look: (record: T) => unknown): void => {
      let id = from[table];
      for (const end of [...within, undefined]) {
        for (; id < (end?.from[table] ?? until[table]); id++) look(records[id]!);
        if (end) id = end.until[table];
      }
    };
    each('values', ctx.values, (value) => movedValue(value, moves));
    each('bindings', ctx.bindings, (binding) => check(binding.import === undefined, movedBinding(binding, moves).at));
    each('functions', ctx.functions, (fn) => movedFunction(fn, moves));
    each('classes', ctx.classes, (cls) => movedClass(cls, moves));
    each('imports', ctx.imports, (fact) => movedImport(fact, moves));
    each('exports', ctx.exports, (fact) => movedExport(fact, moves));
    each('stores', ctx.stores, (store) => movedStore(store, moves));
    return closed;
  }

  /** Adds the records of a function from before; undefined where it is not the same function, or its names mean something else. */
  private take(ctx: Context, node: SyntaxNode, cls: ClassId | undefined, before: string, lowered: Lowered): FunctionId | undefined {
    const facts = this.before!;
    const { at, to, from, until } = lowered;
    if (node.type !== lowered.type || (cls === undefined) !== (lowered.cls === undefined)) return undefined;
    if (before !== this.textBefore.slice(at - lowered.before, at) || this.textBefore.slice(at, to) !== ctx.text.slice(node.at, node.to)) return undefined;
    const outer = new Map<BindingId, BindingId>();
    let idsStay = cls === lowered.cls && ctx.frame.fn === lowered.parent;
    for (const [name, meant] of lowered.sees) {
      const means = ctx.scope.lookUp(name);
      if ((means === undefined) !== (meant === undefined)) return undefined;
      if (means !== undefined && meant !== undefined) outer.set(meant, means);
      idsStay &&= means === meant;
    }
    const start = markOf(ctx);
    for (const table of TABLES) idsStay &&= start[table] === from[table];
    const moved = !idsStay || node.at !== at;
    const moves: Moves = {
      idsStay,
      value: (id) => id + start.values - from.values,
      binding: (id) => (id < from.bindings ? outer.get(id)! : id + start.bindings - from.bindings),
      fn: (id) => (id < from.functions ? ctx.frame.fn : id + start.functions - from.functions),
      cls: (id) => (id < from.classes ? cls! : id + start.classes - from.classes),
      at: (position) => (position < at ? position : position + node.at - at),
    };
    const add = <T>(table: (typeof TABLES)[number], all: readonly T[], to: T[], move: (record: T, moves: Moves) => T): void => {
      for (let id = from[table]; id < until[table]; id++) to.push(moved ? move(all[id]!, moves) : all[id]!);
    };
    add('values', facts.values, ctx.values, movedValue);
    add('bindings', facts.bindings, ctx.bindings, movedBinding);
    add('classes', facts.classes, ctx.classes, movedClass);
    add('imports', facts.imports, ctx.imports, movedImport);
    add('exports', facts.exports, ctx.exports, movedExport);
    add('stores', facts.stores, ctx.stores, movedStore);
    add('types', facts.types, ctx.types, (type) => type);
    // A record of a function is what others remember things by: it is a new one in every state of the program.
    for (let id = from.functions; id < until.functions; id++) {
      const fn = id === from.functions ? asAlone(facts.functions[id]!, lowered.own) : { ...facts.functions[id]! };
      ctx.addFunction(moved ? movedFunction(fn, moves) : fn);
    }
    for (const { binding, value } of lowered.gives) ctx.give(moves.binding(binding), moves.value(value));
    for (const each of statementsIn(facts, at, to)) ctx.standsAt({ at: moves.at(each.at), to: moves.at(each.to) });
    this.keep(node.children, lowered, moved ? { moves, by: eachTable((table) => start[table] - from[table]) } : undefined);
    return start.functions;
  }

  /** Keeps a function that was taken over, and those in it. @param move undefined where nothing has moved */
  private keep(key: Key, lowered: Lowered, move: { moves: Moves; by: Mark } | undefined): void {
    for (const each of lowered.inner) this.keep(each, this.known.get(each)!, move);
    this.made.set(key, move ? movedLowered(lowered, move.moves, move.by) : lowered);
  }
}

function markOf(ctx: Context): Mark {
  return eachTable((table) => ctx[table].length);
}

function eachTable(at: (table: keyof Mark) => number): Mark {
  return { values: at('values'), bindings: at('bindings'), functions: at('functions'), classes: at('classes'), imports: at('imports'), exports: at('exports'), stores: at('stores'), types: at('types') };
}

/** The record of a function without what those around it have added. */
function asAlone(fn: FunctionFact, { name, cls, decorators }: Own): FunctionFact {
  const { name: _name, cls: _cls, ...rest } = fn;
  return { ...rest, ...(name === undefined ? {} : { name }), ...(cls === undefined ? {} : { cls }), decorators: [...decorators] };
}

function movedLowered(lowered: Lowered, moves: Moves, by: Mark): Lowered {
  const { at, to, from, until, parent, cls, own, sees, gives } = lowered;
  return {
    ...lowered,
    at: moves.at(at),
    to: moves.at(to),
    from: eachTable((table) => from[table] + by[table]),
    until: eachTable((table) => until[table] + by[table]),
    parent: moves.fn(parent),
    cls: cls === undefined ? undefined : moves.cls(cls),
    own: { ...own, cls: own.cls === undefined ? undefined : moves.cls(own.cls) },
    sees: moves.idsStay ? sees : new Map([...sees].map(([name, meant]) => [name, meant === undefined ? undefined : moves.binding(meant)])),
    gives: moves.idsStay ? gives : gives.map(({ binding, value }) => ({ binding: moves.binding(binding), value: moves.value(value) })),
  };
}

/** The statements that begin within a function, in source order. */
function statementsIn({ statements = [] }: FileFacts, at: number, to: number): readonly Span[] {
  let low = 0;
  for (let high = statements.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (statements[middle]!.at <= at) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < statements.length && statements[end]!.at < to) end++;
  return statements.slice(low, end);
}
