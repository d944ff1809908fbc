import {
  type BindingFact, type BindingId, type ClassFact, type ClassId, type ExportFact, FACTS_VERSION, type FileFacts, type FunctionFact, type FunctionId, type ImportFact, type NamedTypeFact, type Span, type StoreFact, type TypeFact, type ValueFact, type ValueId,
  type ValueKind,
} from '../../facts/facts.ts';
import { BuiltTexts } from './builtTexts.ts';
import { COPIES, FlowBuilder } from './flow.ts';
import type { LoweredFunctions } from './loweredFunctions.ts';
import { Scope } from './scope.ts';
import { NestingError, type SyntaxNode } from './syntax.ts';

/** What is open while a function is lowered. */
export interface Frame {
  fn: FunctionId;
  flow: FlowBuilder;
  cls: ClassId | undefined;
}

/** The records of one file as they grow, and where lowering stands. */
export class Context {
  readonly text: string;
  readonly values: ValueFact[] = [];
  readonly bindings: BindingFact[] = [];
  readonly functions: FunctionFact[] = [];
  readonly classes: ClassFact[] = [];
  readonly imports: ImportFact[] = [];
  readonly exports: ExportFact[] = [];
  readonly stores: StoreFact[] = [];
  readonly types: NamedTypeFact[] = [];
  /** By where they begin: a finally body is emitted more than once. */
  private readonly statements = new Map<number, Span>();
  readonly functionOf = new Map<SyntaxNode, FunctionId>();
  private readonly stored = new Set<SyntaxNode>();
  private readonly parts = new Map<SyntaxNode, ValueId>();
  readonly built = new BuiltTexts(this.bindings);
  /** What tells this lowering from others. Nodes outlive it where a file is edited: they must not keep its records. */
  private readonly lowering = {};
  scope = new Scope();
  frame!: Frame;

  /** Every block has text of its own, except that finally bodies stand twice: what needs much more is copies of copies. */
  private readonly room: { blocks: number };

  /** What is known of the functions from before an edit; undefined for a file that is read once. */
  readonly lowered: LoweredFunctions | undefined;

  constructor(text: string, lowered?: LoweredFunctions) {
    this.text = text;
    this.lowered = lowered;
    this.room = { blocks: 2 * text.length + 10_000 };
  }

  get flow(): FlowBuilder {
    return this.frame.flow;
  }

  /** Notes a statement that stands in a body, so that others can be put beside it. */
  standsAt({ at, to }: Span): void {
    this.statements.set(at, { at, to });
  }

  /** The statements that stand in bodies, in source order. */
  statementsInOrder(): Span[] {
    return [...this.statements.values()].sort((one, other) => one.at - other.at);
  }

  slice(node: SyntaxNode): string {
    return this.text.slice(node.at, node.to);
  }

  /** The value that stands at `node`, if it has been made. A finally body is emitted more than once; its expressions are still one value each. */
  made(node: SyntaxNode): ValueId | undefined {
    return node.by === this.lowering ? node.made : undefined;
  }

  /** Ties a value to the node at which it stands. */
  tie(node: SyntaxNode, value: ValueId): ValueId {
    node.by = this.lowering;
    node.made = value;
    return value;
  }

  /** Records a value that stands at `node`, once. */
  value(node: SyntaxNode, kind: ValueKind): ValueId {
    return this.made(node) ?? this.tie(node, this.fresh(node, kind));
  }

  /** Records a value without tying it to the node: parts of patterns, implied values. */
  fresh(node: { at: number; to: number }, kind: ValueKind): ValueId {
    this.values.push({ ...kind, at: node.at, to: node.to, in: this.frame.fn });
    return this.values.length - 1;
  }

  binding(name: string, kind: BindingFact['kind'], at: number, constant: boolean, scope: Scope = this.scope): BindingId {
    this.bindings.push({ name, in: this.frame.fn, kind, sources: [], constant, at });
    const id = this.bindings.length - 1;
    scope.declare(name, id);
    return id;
  }

  /** Gives a name a value, once, and a type where it has none. */
  give(binding: BindingId, value: ValueId, type?: TypeFact): void {
    const fact = this.bindings[binding]!;
    const typed = type !== undefined && fact.type === undefined;
    this.lowered?.noteGiven(binding, value, typed);
    if (!fact.sources.includes(value)) fact.sources.push(value);
    if (typed) fact.type = type;
  }

  /** A value made once for a node beside the one that is tied to it: elements of loops, parts of patterns. */
  part(node: SyntaxNode, make: () => ValueId): ValueId {
    let made = this.parts.get(node);
    if (made === undefined) this.parts.set(node, (made = make()));
    return made;
  }

  /** Runs `body` in a scope of its own. */
  inScope(body: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(outer);
    body();
    this.scope = outer;
  }

  /** `object.name = value` at `target`. It stands once among the file's stores, however often it is lowered. */
  store(target: SyntaxNode, object: ValueId, name: string, value: ValueId): void {
    if (!this.stored.has(target)) this.stores.push({ object, name, value, in: this.frame.fn });
    this.stored.add(target);
    this.flow.step({ k: 'store', object, name, value });
  }

  /** Opens a function: a new frame. Returns what closes it. */
  open(fn: Omit<FunctionFact, 'blocks' | 'loops' | 'handlers' | 'params' | 'decorators'>, cls: ClassId | undefined): () => void {
    const fact: FunctionFact = { ...fn, params: [], decorators: [], blocks: [], loops: [], handlers: [] };
    this.functions.push(fact);
    const saved = { frame: this.frame, scope: this.scope };
    this.frame = { fn: this.functions.length - 1, flow: new FlowBuilder(fact, this.room), cls };
    this.scope = new Scope(this.scope);
    return () => {
      this.frame = saved.frame;
      this.scope = saved.scope;
    };
  }

  /** Adds a function whose control flow stands. @throws NestingError as the building of it would have */
  addFunction(fn: FunctionFact): void {
    this.room.blocks -= fn.blocks.length;
    if (this.room.blocks < 0) throw new NestingError(COPIES);
    this.functions.push(fn);
  }

  /** A variable that is given a value at one place only keeps it. For languages that do not say so themselves. */
  markConstants(): void {
    for (const each of this.bindings) if (each.kind === 'variable') each.constant = each.sources.length === 1;
  }

  /** All that has been recorded of the file. */
  facts(language: string, dialect: string, damaged: boolean): FileFacts {
    return {
      version: FACTS_VERSION,
      language,
      dialect,
      values: this.values,
      bindings: this.bindings,
      functions: this.functions,
      classes: this.classes,
      imports: this.imports,
      exports: this.exports,
      stores: this.stores,
      types: this.types,
      statements: this.statementsInOrder(),
      damaged,
    };
  }
}
