import type { BindingId, FileFacts, TypeFact, ValueFact, ValueId } from '../facts/facts.ts';
import { lastName, partsOf } from '../facts/fileIndex.ts';
import { piecesOf } from './gatheredTexts.ts';
import { isAbsent } from './nothing.ts';

/** What an HTTP client's answer is made of. */
export interface AnswerFlow {
  /** Members that hold the body, and methods that read it. */
  bodies: ReadonlySet<string>;
  readers: ReadonlySet<string>;
  /** Members and methods that give something after a success only. */
  afterSuccess: ReadonlySet<string>;
  /** Members that are true where the answer tells of a success. */
  good: ReadonlySet<string>;
  /** Methods that throw where the answer tells of a failure. */
  raisers: ReadonlySet<string>;
  /** Names that hold an error beside the answer, which is absent where there is an answer. */
  absent: ReadonlySet<BindingId>;
  /** What the call gives is the status itself. */
  isStatus: boolean;
}

/** Functions that make of a text what it says. */
const PARSERS = new Set(['parse', 'loads', 'load', 'fromstring', 'readTree', 'readValue', 'fromJson', 'parseString', 'parseReader', 'toString', 'toByteArray', 'readAllBytes', 'readObject', 'unmarshal', 'toJSON', 'Parse']);
/** Functions that make an object of a class of it, or something that holds whatever came. */
const GENERIC_PARSERS = new Set(['DeserializeObject', 'Deserialize']);
/** Methods of what reads a body piece by piece. */
const PIECES = new Set(['readLine', 'nextLine', 'lines', 'ReadLine', 'ReadLineAsync']);
const BODY_OBJECTS = /^(?:JSON\w*|Json\w*|InputStreamReader|BufferedReader|Scanner|Gson)$/;

/** Whether what is made of a text holds everything that the text says: no class with members of its own, which a failure does not have. */
function saysNoMore(typeArgs: readonly TypeFact[] | undefined): boolean {
  const made = typeArgs?.[0];
  return made === undefined || (made.k === 'ref' && /^(?:Map|dynamic|object|J(?:Object|Token)|Json(?:Element|Node|Object|Document)|ExpandoObject)$/.test(made.name));
}

/** What is there to be replaced: `""`, `{}`, `new HashMap<>()`. */
function isEmpty(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.k === 'literal') return value.value === '';
  if (value?.k === 'array') return value.items.length + value.spreads.length === 0;
  if (value?.k === 'object') return value.props.length + value.spreads.length === 0;
  return value?.k === 'call' && value.construct && value.args.length === 0 && value.named === undefined;
}

/** Names and values that hold an error or something taken from it, within one file. */
export class ErrorFlow {
  /** Set where what is followed is no error but an answer that may tell of one. */
  readonly answer: AnswerFlow | undefined;
  private readonly facts: FileFacts;
  private readonly roots: Set<ValueId>;
  private readonly bindings: Set<BindingId>;
  /** The answer for which the error was thrown. */
  private readonly thrownFor: ErrorFlow | undefined;
  private readonly memo = new Map<ValueId, boolean>();
  /** Values that are not there where what is followed is. */
  private readonly untaken = new Set<ValueId>();

  /** @param roots values that are the error itself. @param bindings names that hold it. */
  constructor(facts: FileFacts, roots: Iterable<ValueId>, bindings: Iterable<BindingId>, answer?: AnswerFlow, thrownFor?: ErrorFlow) {
    this.answer = answer;
    this.thrownFor = thrownFor;
    this.facts = facts;
    this.roots = new Set(roots);
    this.bindings = new Set(bindings);
  }

  /** What a clause has caught on the way of this: of an error that was thrown for an answer, the answer tells as well. */
  caughtAs(caught: ValueId): ErrorFlow {
    return new ErrorFlow(this.facts, [caught], [], undefined, this.answer ? this : this.thrownFor);
  }

  /** Whether a value is what is followed, under any name, and no part of it: the answer, not its body. */
  isWhole(id: ValueId, depth = 0): boolean {
    if (this.roots.has(id)) return true;
    const value = this.facts.values[id];
    if (!value || depth > 10) return false;
    if (value.k === 'typed' || value.k === 'assign' || value.k === 'await') return this.isWhole(value.of, depth + 1);
    if (value.k !== 'binding') return false;
    const { sources } = this.facts.bindings[value.binding]!;
    return this.bindings.has(value.binding) || (sources.length > 0 && sources.every((source) => this.isWhole(source, depth + 1)));
  }

  /** Whether a value is the error itself, under any name. */
  isError(id: ValueId, depth = 0): boolean {
    if (this.untaken.has(id)) return false;
    if (this.roots.has(id)) return true;
    const value = this.facts.values[id];
    if (!value || depth > 10) return false;
    if (value.k === 'binding') {
      if (this.bindings.has(value.binding)) return true;
      const binding = this.facts.bindings[value.binding]!;
      // A name that is declared with nothing in it holds what it is given later.
      const given = binding.sources.filter((source) => !isAbsent(this.facts, source) && !(this.answer && source === binding.sources[0] && isEmpty(this.facts, source)));
      if (given.length > 0 && given.length < 4 && given.every((source) => this.isError(source, depth + 1))) return true;
      const pieces = this.answer && piecesOf(this.facts, value.binding);
      return pieces?.every((piece) => this.isError(piece, depth + 1)) === true;
    }
    // The text of the body is the body, as that of the answer is not.
    const [part, ...others] = value.k === 'template' ? value.parts : [];
    if (this.answer && typeof part === 'number' && others.length === 0) return !this.isWhole(part) && this.isError(part, depth + 1);
    if (value.k === 'typed' || value.k === 'assign' || value.k === 'await') return this.isError(value.of, depth + 1);
    if (value.k === 'choice') return value.of.some((each) => this.isError(each, depth + 1));
    if (this.answer) return this.isBody(value, this.answer, depth);
    return false;
  }

  /** The whole body of an answer: `await response.json()`, `response.data`, `JSON.parse(body)`. */
  private isBody(value: ValueFact, { bodies, readers }: AnswerFlow, depth: number): boolean {
    // `JsonDocument.Parse(text).RootElement` is the document once more.
    if (value.k === 'member') return (bodies.has(value.name) || value.name === 'RootElement') && this.isError(value.object, depth + 1);
    if (value.k !== 'call') return false;
    const callee = this.facts.values[value.callee];
    // An object that reads the body, made of it.
    if (value.construct && value.args[0] !== undefined && callee?.k !== 'class' && BODY_OBJECTS.test(lastName(this.facts, value.callee) ?? '')) return this.isError(value.args[0], depth + 1);
    if (callee?.k !== 'member') return false;
    if (value.args[0] !== undefined && (PARSERS.has(callee.name) || (GENERIC_PARSERS.has(callee.name) && saysNoMore(value.typeArgs)))) return this.isError(value.args[0], depth + 1);
    return (readers.has(callee.name) || PIECES.has(callee.name)) && this.isError(callee.object, depth + 1);
  }

  /** From here on this value is what is followed too. */
  include(id: ValueId): void {
    this.roots.add(id);
    this.memo.clear();
  }

  /** From here on this name holds what is followed. */
  includeName(binding: BindingId): void {
    this.bindings.add(binding);
    this.memo.clear();
  }

  /** From here on this value is not the one that a choice is. */
  dismiss(id: ValueId): void {
    this.untaken.add(id);
    this.memo.clear();
  }

  /** What is left of a choice, also of one that has a name. */
  left(id: ValueId, depth = 0): ValueId {
    const value = this.facts.values[id];
    if (value?.k === 'binding') {
      const [source, ...others] = this.facts.bindings[value.binding]!.sources;
      const left = source === undefined || others.length > 0 || depth > 4 ? undefined : this.left(source, depth + 1);
      return left === undefined || left === source ? id : left;
    }
    if (value?.k === 'typed' || value?.k === 'assign' || value?.k === 'await') {
      const left = this.left(value.of, depth);
      return left === value.of ? id : left;
    }
    const left = value?.k === 'choice' && value.of.some((each) => this.untaken.has(each)) ? value.of.filter((each) => !this.untaken.has(each)) : [];
    return left.length === 1 ? this.left(left[0]!, depth + 1) : id;
  }

  /** Whether a value carries anything of the error: its message, a text or object made of it, an error that wraps it. */
  carries(id: ValueId): boolean {
    const known = this.memo.get(id);
    if (known !== undefined) return known;
    this.memo.set(id, false);
    if (this.untaken.has(id)) return false;
    const value = this.facts.values[id];
    let result = this.roots.has(id) || this.isError(id) || this.thrownFor?.carries(id) === true;
    if (!result && value?.k === 'binding') {
      const binding = this.facts.bindings[value.binding]!;
      result = binding.sources.some((source) => this.carries(source));
    } else if (!result && value && value.k !== 'function') result = partsOf(value).some((part) => this.carries(part));
    this.memo.set(id, result);
    return result;
  }
}
