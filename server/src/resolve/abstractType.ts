import type { ClientMethod, ClientModel } from '../../../catalog/schema/client.ts';
import type { HttpLibrary } from '../../../catalog/schema/httpLibrary.ts';
import type { RetryLibrary } from '../../../catalog/schema/library.ts';
import type { ClassId, FunctionId, TypeFact, ValueId } from '../facts/facts.ts';

/** What a value may be, as far as it matters for finding Salesforce calls. */
export type AbstractType =
  /** An instance of a client library's class. */
  | { k: 'client'; client: ClientModel; type: string; package: string }
  /** The class itself. */
  | { k: 'client-class'; client: ClientModel; type: string; package: string }
  /** A class for anybody's API: what it is given says whether an object of it is of this type. */
  | { k: 'client-class-for'; client: ClientModel; type: string; package: string }
  /** The library's module. */
  | { k: 'client-module'; client: ClientModel; package: string; default: string | undefined }
  /** A method of a client class, taken from a value of that class. */
  | { k: 'client-method'; client: ClientModel; type: string; name: string; variants: ClientMethod[]; package: string }
  /** A class by which failures of a library can be caught. */
  | { k: 'exception'; client: ClientModel; name: string }
  | { k: 'retry-module'; library: RetryLibrary; path: string }
  | { k: 'retry-policy'; library: RetryLibrary; factory: string }
  /** A module, function, member or instance of an HTTP library: `path` says which member of the module, or of the instance made at a call. */
  | { k: 'http'; library: HttpLibrary; package: string; path: string; instance?: { id: string; path: string; value: ValueId } }
  | { k: 'instance'; path: string; cls: ClassId }
  | { k: 'class'; path: string; cls: ClassId }
  | { k: 'function'; path: string; fn: FunctionId }
  | { k: 'object'; path: string; value: ValueId }
  /** What a function gives that gives values one by one. */
  | { k: 'yielded'; path: string; fn: FunctionId }
  | { k: 'module'; path: string; style: 'es' | 'commonjs' }
  | { k: 'array'; path: string; value: ValueId }
  | { k: 'structure'; path: string; type: TypeFact }
  /** A function of which only the type is known. */
  | { k: 'callable'; path: string; type: Extract<TypeFact, { k: 'function' }> }
  /** An array of whatever the annotation names. */
  | { k: 'list'; path: string; type: TypeFact };

/** Identity of a type, for sets. */
export function typeKey(type: AbstractType): string {
  switch (type.k) {
    case 'client':
    case 'client-class':
    case 'client-class-for':
      return `${type.k}:${type.client.id}:${type.type}`;
    case 'client-module':
      return `${type.k}:${type.client.id}:${type.default ?? ''}`;
    case 'client-method':
      return `${type.k}:${type.client.id}:${type.type}.${type.name}`;
    case 'exception':
      return `${type.k}:${type.client.id}:${type.name}`;
    case 'retry-module':
      return `${type.k}:${type.library.id}:${type.path}`;
    case 'retry-policy':
      return `${type.k}:${type.library.id}:${type.factory}`;
    case 'http':
      return `${type.k}:${type.library.id}:${type.path}:${type.instance ? `${type.instance.value}@${type.instance.path}` : ''}`;
    case 'instance':
    case 'class':
      return `${type.k}:${type.path}:${type.cls}`;
    case 'function':
    case 'yielded':
      return `${type.k}:${type.path}:${type.fn}`;
    case 'object':
    case 'array':
      return `${type.k}:${type.path}:${type.value}`;
    case 'module':
      return `${type.k}:${type.path}:${type.style}`;
    case 'structure':
    case 'list':
    case 'callable':
      return `${type.k}:${type.path}:${JSON.stringify(type.type)}`;
  }
}

/** Whether two types are one, as their keys would say. */
export function isSameType(one: AbstractType, other: AbstractType): boolean {
  if (one === other) return true;
  switch (one.k) {
    case 'function':
    case 'yielded':
      return other.k === one.k && one.fn === other.fn && one.path === other.path;
    case 'instance':
    case 'class':
      return other.k === one.k && one.cls === other.cls && one.path === other.path;
    case 'object':
    case 'array':
      return other.k === one.k && one.value === other.value && one.path === other.path;
    case 'module':
      return other.k === 'module' && one.style === other.style && one.path === other.path;
    default:
      return other.k === one.k && typeKey(one) === typeKey(other);
  }
}

/** Members past which more would say nothing: a large registry of handlers still fits. */
const MOST = 48;

/** A set of types in a fixed order. */
export class TypeSet {
  readonly all: AbstractType[] = [];

  add(type: AbstractType): this {
    // Nearly every set has one or two members: looking at them costs less than a key for each.
    if (this.all.length < MOST && !this.all.some((each) => isSameType(each, type))) this.all.push(type);
    return this;
  }

  addAll(types: Iterable<AbstractType>): this {
    for (const type of types) this.add(type);
    return this;
  }
}
