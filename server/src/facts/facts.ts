/**
 * What a language's lowering says of one file: language-neutral, serialisable, without any knowledge of Salesforce.
 * Ids are indices into the arrays of `FileFacts`. Positions are offsets in UTF-16 code units; `to` is exclusive.
 */

/** Raised whenever the meaning of a record changes; part of every cache key. What version 1 freezes stands in ARCHITECTURE.md. */
export const FACTS_VERSION = 1;

export type ValueId = number;
export type BindingId = number;
export type FunctionId = number;
export type ClassId = number;
/** Index into the blocks of one function. */
export type BlockId = number;

export interface Span {
  at: number;
  to: number;
}

/** A type annotation, as far as it can carry a client type. */
export type TypeFact =
  | { k: 'ref'; name: string; args: TypeFact[] }
  | { k: 'union'; of: TypeFact[] }
  | { k: 'array'; of: TypeFact }
  | { k: 'object'; members: Record<string, TypeFact> }
  | { k: 'function'; returns?: TypeFact; params: (TypeFact | undefined)[] }
  /** The type of the value of a name, dotted or not: `typeof conn`. */
  | { k: 'value'; name: string };

/** `import { imported as local } from 'module'`; `imported` is `*` for a namespace, `default` for a default import, empty where no name is taken. */
export interface ImportFact {
  /** As the language writes it: a path, a package's name, a dotted name. */
  module: string;
  imported: string;
  /** The module that `imported` means where `module` has nothing of that name: names of modules and names in them can look alike. */
  submodule?: string;
  /** Further modules in which `imported` is looked for, in this order, where `module` has nothing of that name: the names of all of them are at hand. */
  among?: string[];
  /** The binding it makes; absent for a side-effect import. */
  binding?: BindingId;
  typeOnly: boolean;
  /** Every name of the module is seen in the file without being taken; absent for one that is only loaded. */
  opens?: true;
  /** It holds for all files of the language as well. */
  everywhere?: true;
  /** `commonjs`: `default` and `*` both mean the module's whole export value. */
  style: 'es' | 'commonjs';
  /** The call that imports, for `require('x')` and `import('x')`. */
  value?: ValueId;
  at: number;
}

/** One exported name. `name` is `default`, a word, `*` (everything of `from`), or `=` (the whole CommonJS export value). */
export interface ExportFact {
  name: string;
  /** The module of which it is a name, in languages where several files make one; absent where the file is the module. */
  module?: string;
  value?: ValueId;
  /** Re-export: module and the name it has there. */
  from?: string;
  imported?: string;
}

/**
 * What a callee with a well-known meaning in the language does with functions and promises given to it.
 * `then` handlers run when the receiver settles; `each` calls its function for every element and ignores what it returns;
 * `map` collects what the function returns; `inline` calls it before returning; `later` stores it (timer, event);
 * `aside` gives it to a thread of its own, which alone ends with a failure;
 * `promise` is the promise constructor; `bind` returns the receiver function; `apply` calls the receiver function;
 * `pure` changes nothing and tells nobody: text work, look-ups.
 */
export type Protocol =
  | 'then' | 'catch' | 'finally' | 'all' | 'all-settled' | 'race' | 'any' | 'resolve' | 'reject' | 'promise'
  | 'each' | 'map' | 'inline' | 'later' | 'aside' | 'event' | 'push' | 'bind' | 'apply' | 'exit' | 'import' | 'pure';

/**
 * What languages spell differently has one form: the number of elements is the member `length`, the text of a value is a template of it, a name in
 * brackets (`row['Id']`) is a member, a constructor is called `constructor`, no value at all is `null`.
 */
export type ValueKind =
  | { k: 'binding'; binding: BindingId }
  | { k: 'global'; name: string }
  | { k: 'literal'; value: string | number | boolean | null }
  | { k: 'undefined' }
  | { k: 'pattern'; source: string }
  | { k: 'template'; parts: (string | ValueId)[] }
  /** `demands`: it throws where there is no such member; `optional`: it is asked for only where there is an object, `a?.b`. */
  | { k: 'member'; object: ValueId; name: string; nameAt: number; nameTo: number; demands?: true; optional?: true }
  | { k: 'index'; object: ValueId; key: ValueId }
  /**
   * `named`: the arguments that are given by name, as an object. `construct`: a class is called, by the language's word for it or, where it has none, by
   * the name's form. `decorates`: a decorator is given the function below it.
   */
  | { k: 'call'; callee: ValueId; args: ValueId[]; named?: ValueId; construct: boolean; decorates?: true; protocol?: Protocol; spread?: boolean; optional?: boolean; typeArgs?: TypeFact[] }
  | { k: 'await'; of: ValueId }
  | { k: 'function'; fn: FunctionId }
  | { k: 'class'; cls: ClassId }
  | { k: 'object'; props: { key: string; value: ValueId }[]; spreads: ValueId[] }
  | { k: 'array'; items: ValueId[]; spreads: ValueId[] }
  /** `cls`: the class whose object it is, where that is not the one whose method stands around: an inner class speaks of an outer one's object. */
  | { k: 'this'; cls?: ClassId }
  | { k: 'super' }
  /**
   * An operator applied to values; comparisons keep their sign, `!` is `not`. `instanceof` takes a class or a list of classes. `in` asks whether an object
   * has a member, `contains` whether a list, a text or a map holds what comes second. `slice` is a part of a list or a text. `typeof`.
   */
  | { k: 'operator'; op: string; of: ValueId[] }
  /** One of several values: conditional expression, `||`, `??`, `&&`, reassignment. */
  | { k: 'choice'; op: string; of: ValueId[] }
  /** An element of an iterated collection. */
  | { k: 'element'; of: ValueId }
  | { k: 'parameter'; fn: FunctionId; index: number }
  /** The error a handler caught. */
  | { k: 'caught'; handler: number }
  /** The value with its type asserted. */
  | { k: 'typed'; of: ValueId; type: TypeFact }
  | { k: 'assign'; of: ValueId }
  | { k: 'yield'; of?: ValueId }
  | { k: 'other'; of: ValueId[] };

export type ValueFact = ValueKind & Span & { in: FunctionId };
export type CallValue = Extract<ValueKind, { k: 'call' }> & Span & { in: FunctionId };

export interface BindingFact {
  name: string;
  /** Function that declares it; 0 is the module. */
  in: FunctionId;
  kind: 'import' | 'parameter' | 'variable' | 'function' | 'class' | 'caught';
  /** Every value that it is given, in source order. */
  sources: ValueId[];
  type?: TypeFact;
  import?: number;
  constant: boolean;
  at: number;
}

/** `object.name = value`, outside an object literal. */
export interface StoreFact {
  object: ValueId;
  name: string;
  value: ValueId;
  in: FunctionId;
}

export interface ParameterFact {
  name?: string;
  binding?: BindingId;
  type?: TypeFact;
  /** It takes all further arguments: those by place, or with `names` those by name. */
  rest: boolean;
  names?: true;
  /** It can be given by name only. */
  byName?: true;
}

export interface FunctionFact extends Span {
  name?: string;
  parent?: FunctionId;
  cls?: ClassId;
  kind: 'module' | 'function' | 'arrow' | 'method' | 'constructor' | 'getter' | 'setter';
  static: boolean;
  async: boolean;
  generator: boolean;
  params: ParameterFact[];
  returns?: TypeFact;
  /** Classes of errors that it declares to throw. */
  throws?: TypeFact[];
  decorators: string[];
  /** It stands for an object with one method, whatever that is called: a call of a method of it calls it. */
  object?: true;
  /** Other functions of its class have its name: a call means those that take as many arguments as it gives. */
  overloaded?: true;
  /** Block 0 is the entry. */
  blocks: BlockFact[];
  loops: LoopFact[];
  handlers: HandlerFact[];
}

/** A loop. `each`: runs once an element of `over`. `count`: runs while an index is below a collection's length. `while`: anything else. */
export interface LoopFact {
  kind: 'each' | 'count' | 'while';
  over?: ValueId;
  /** How often it runs at most, where that is written: `for attempt in range(3)`. */
  times?: ValueId;
  head: BlockId;
  parent?: number;
  at: number;
  to: number;
}

/** A catch clause. An exception comes to the first clause of its `try`, at `entry`, and goes on to `otherwise` where the clause does not take it. */
export interface HandlerFact extends Span {
  entry: BlockId;
  /** The classes that it takes, each an expression that names one or a list of them. Absent: it takes everything. */
  classes?: ValueId[];
  /** It takes nothing for which this is false; evaluated where the exception is. */
  filter?: ValueId;
  /** The next clause, or where an exception goes that no clause takes; absent: out of the function. Only where there are `classes` or a `filter`. */
  otherwise?: BlockId;
  caught: ValueId;
  /** Handler in whose clause this one stands. */
  parent?: number;
  /** Nothing but a comment stands in it: somebody has decided that nothing is to be done. */
  remark?: boolean;
}

export type StepFact =
  /** The call happens here. */
  | { k: 'call'; value: ValueId }
  /** A promise settles here; its rejection is thrown here. */
  | { k: 'await'; value: ValueId }
  | { k: 'bind'; binding: BindingId; value: ValueId }
  | { k: 'store'; object: ValueId; name: string; value: ValueId }
  /** The value of an expression statement is dropped here. */
  | { k: 'drop'; value: ValueId }
  | { k: 'yield'; value: ValueId };

export type TerminatorFact =
  | { k: 'goto'; to: BlockId }
  | { k: 'branch'; test: ValueId; then: BlockId; else: BlockId }
  /** Loop head: another element, or done. */
  | { k: 'iterate'; over: ValueId; awaits: boolean; body: BlockId; done: BlockId }
  | { k: 'return'; value?: ValueId }
  | { k: 'throw'; value: ValueId }
  /** End of a finally block that was entered by an exception: the exception goes on. */
  | { k: 'resume' }
  | { k: 'end' };

export interface BlockFact {
  steps: StepFact[];
  next: TerminatorFact;
  /** Where an exception of this block goes; absent: out of the function. */
  onThrow?: BlockId;
  /** Innermost loop. */
  loop?: number;
  /** Innermost catch clause in which the block stands. */
  handler?: number;
}

export interface ClassFact extends Span {
  name?: string;
  extends?: ValueId;
  /** Interfaces that it says it has. */
  implements?: TypeFact[];
  binding?: BindingId;
  /** Further classes that it extends, in the order in which their members are looked for. */
  mixins?: ValueId[];
  /** Methods, accessors and the constructor by name. */
  methods: { name: string; fn: FunctionId; static: boolean }[];
  /** Methods without a body stand here too, with what is written above them. */
  fields: { name: string; value?: ValueId; type?: TypeFact; static: boolean; decorators?: string[] }[];
  decorators: string[];
}

/** A named type: interface, alias, or the type side of a class. */
export interface NamedTypeFact {
  name: string;
  type: TypeFact;
}

export interface FileFacts {
  version: typeof FACTS_VERSION;
  language: string;
  dialect: string;
  values: ValueFact[];
  bindings: BindingFact[];
  functions: FunctionFact[];
  classes: ClassFact[];
  imports: ImportFact[];
  exports: ExportFact[];
  stores: StoreFact[];
  types: NamedTypeFact[];
  /** Modules whose names the file sees because it stands in them, nearest first; absent where the file is the module. */
  sees?: string[];
  /** Statements that stand in a body, so that others can be put beside them, in source order; absent where a language's lowering does not tell. */
  statements?: Span[];
  /** Its top level runs where a program begins with this file, and not where another file imports it. */
  entry?: true;
  /** True if the parser had to skip text it could not read. */
  damaged: boolean;
}
