import type {
  BindingFact, BindingId, ClassFact, ClassId, ExportFact, FunctionFact, FunctionId, ImportFact, NamedTypeFact, Span, StoreFact, ValueFact, ValueId, ValueKind,
} from '../../facts/facts.ts';
import { BuiltTexts } from './builtTexts.ts';
import { FlowBuilder } from './flow.ts';
import { Scope } from './scope.ts';
import type { SyntaxNode } from './syntax.ts';

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
  readonly built = new BuiltTexts(this.bindings);
  scope = new Scope();
  frame!: Frame;

  /** Every block has text of its own, except that finally bodies stand twice: what needs much more is copies of copies. */
  private readonly room: { blocks: number };

  constructor(text: string) {
    this.text = text;
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
    return node.by === this ? node.made : undefined;
  }

  /** Ties a value to the node at which it stands. */
  tie(node: SyntaxNode, value: ValueId): ValueId {
    node.by = this;
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
}
