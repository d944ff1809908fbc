import type { FileFacts, FunctionFact, Span, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { someWithin } from '../facts/positions.ts';
import type { Types } from '../resolve/types.ts';
import { ErrorFlow } from './errorFlow.ts';
import { readTest } from './errorTests.ts';
import { constant, listed, namedConstant } from './constants.ts';

/** A test that compares a part of an error, or of an answer, with something that is written down. */
export interface ErrorLook {
  path: string;
  /** What is compared. */
  at: number;
  to: number;
  /** The whole test: what stands in one test are alternatives. */
  test: string;
  /** Member path from the error: `errorCode`, `response.data.0.errorCode`; empty for the error itself. */
  member: string;
  /** What it is compared with. */
  wanted: readonly (string | number)[];
  /** `class`: by its class, or by a function that tells errors apart. */
  how: 'equals' | 'contains' | 'class';
  /** Code of the workspace gives errors a member of this name, or makes errors of the very word. */
  made: boolean;
  /** It is a result that is looked at, no error. */
  answer: boolean;
}

/** Text work that leaves a member what it is. */
const TEXT_WORK = new Set(['toString', 'name', 'value', 'toLowerCase', 'toUpperCase', 'trim', 'valueOf']);
const CONTAINS = new Set(['includes', 'startsWith', 'endsWith', 'indexOf', 'match', 'search', 'contains']);
/** Calls of predicates that are followed into each other. */
const MAX_DEPTH = 6;

/** Adds the looks that a branch's test takes at the error, unless they are there: several paths come by one test. */
export function addLooks(out: ErrorLook[], types: Types, path: string, facts: FileFacts, test: ValueId, flow: ErrorFlow): void {
  const key = `${test}@${path}`;
  if (!out.some((look) => look.test === key)) new Looking(types, key, out).read(path, facts, test, flow, 0);
}

/**
 * Whether a handler tells errors apart without a test of its own: by a table, or by a function of the workspace that is given the error and decides by it what
 * is thrown or given back: `throw toError(error)`, `handle(error)`.
 */
export function tellsApartElsewhere(types: Types, path: string, facts: FileFacts, handler: Span, flow: ErrorFlow): boolean {
  return looksUp(facts, handler, flow) || someWithin(facts, handler.at, handler.to, (id) => isTold(types, path, facts, id, handler, flow));
}

function isTold(types: Types, path: string, facts: FileFacts, id: ValueId, handler: Span, flow: ErrorFlow): boolean {
  const call = facts.values[id]!;
  if (call.k !== 'call' || call.protocol !== undefined) return false;
  const index = call.args.findIndex((each) => flow.isError(each));
  const callee = facts.values[call.callee];
  // A callback is whoever comes next.
  if (index < 0 || (callee?.k === 'binding' && facts.bindings[callee.binding]!.kind === 'parameter')) return false;
  const dropped = (indexOf(facts).consumers[id] ?? []).every((consumer) => consumer.k === 'drop');
  return types.of(path, call.callee).some((type) => {
    if (type.k !== 'function') return false;
    const other = types.program.get(type.path)!;
    const fn = other.functions[type.fn]!;
    const binding = fn.params[index]?.binding;
    if (binding === undefined || (type.path === path && fn.at <= handler.at && handler.to <= fn.to)) return false;
    if (dropped && !fn.blocks.some(({ next }) => next.k === 'throw')) return false;
    const inner = new ErrorFlow(other, [], [binding], flow.answer);
    return fn.blocks.some(({ next }) => next.k === 'branch' && readTest(types, type.path, other, next.test, inner).k === 'specific' && comparesCode(types, type.path, other, next.test, inner));
  });
}

/** Whether a function compares a part of what a call has made of a failure with a code: `const error = await errorOf(response); if (error?.status === 401) …`. */
export function isAskedWhich(types: Types, path: string, facts: FileFacts, fn: FunctionFact, made: ValueId): boolean {
  const flow = new ErrorFlow(facts, [made], []);
  return fn.blocks.some(({ next }) => next.k === 'branch' && readTest(types, path, facts, next.test, flow).k === 'specific' && comparesCode(types, path, facts, next.test, flow));
}

/** A code as Salesforce, OAuth or the network writes it, or a status. */
const CODE = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|E[A-Z]{4,}|[a-z]+(?:_[a-z]+)+|[45]\d\d)$/;

/** Whether a test compares a part of the error with a code. One of its class or shape is how a message is made of whatever has come. */
function comparesCode(types: Types, path: string, facts: FileFacts, test: ValueId, flow: ErrorFlow): boolean {
  const looks: ErrorLook[] = [];
  addLooks(looks, types, path, facts, test, flow);
  return looks.some(({ how, wanted }) => how !== 'class' && wanted.some((each) => CODE.test(String(each))));
}

/** Whether something between two places looks a part of the error up in a table. */
function looksUp(facts: FileFacts, { at, to }: Span, flow: ErrorFlow): boolean {
  return someWithin(facts, at, to, (id) => {
    const value = facts.values[id]!;
    return value.k === 'index' && flow.carries(value.key) && !flow.isError(value.key);
  });
}

class Looking {
  private readonly types: Types;
  private readonly test: string;
  private readonly out: ErrorLook[];

  constructor(types: Types, test: string, out: ErrorLook[]) {
    this.types = types;
    this.test = test;
    this.out = out;
  }

  read(path: string, facts: FileFacts, id: ValueId, flow: ErrorFlow, depth: number): void {
    const value = facts.values[id];
    if (!value || depth > MAX_DEPTH) return;
    if (value.k === 'operator' && value.of.length === 2 && /^[=!]==?$/.test(value.op)) {
      const [left, right] = [value.of[0]!, value.of[1]!];
      const [subject, other] = flow.carries(left) ? [left, right] : [right, left];
      const wanted = constant(facts, other) ?? namedConstant(facts, other);
      if (typeof wanted === 'string' || typeof wanted === 'number') this.add(path, facts, subject, [wanted], 'equals', flow);
    } else if (value.k === 'operator' && value.op === 'instanceof' && !/^(?:Error|Object)$/.test(lastName(facts, value.of[1]!) ?? '')) this.add(path, facts, value.of[0]!, [], 'class', flow);
    else if (value.k === 'operator' && value.op === 'contains') this.readContains(path, facts, value.of[0]!, value.of[1]!, flow);
    else if (value.k === 'operator' && value.op === 'not') this.read(path, facts, value.of[0]!, flow, depth + 1);
    else if (value.k === 'choice') for (const each of value.of) this.read(path, facts, each, flow, depth + 1);
    else if (value.k === 'call') this.readCall(path, facts, id, flow, depth);
    else if (value.k === 'binding' && facts.bindings[value.binding]!.sources.length === 1 && !flow.isError(id)) this.read(path, facts, facts.bindings[value.binding]!.sources[0]!, flow, depth + 1);
  }

  /** `'text' in message`, `code in CODES`. */
  private readContains(path: string, facts: FileFacts, holder: ValueId, item: ValueId, flow: ErrorFlow): void {
    if (flow.carries(holder)) this.add(path, facts, holder, wordsAt(facts, item), 'contains', flow);
    else if (flow.carries(item)) this.add(path, facts, item, listed(facts, holder) ?? [], 'equals', flow);
  }

  private readCall(path: string, facts: FileFacts, id: ValueId, flow: ErrorFlow, depth: number): void {
    const call = facts.values[id];
    if (call?.k !== 'call') return;
    const callee = facts.values[call.callee];
    const first = call.args[0];
    if (callee?.k === 'member' && first !== undefined) {
      if (CONTAINS.has(callee.name) && flow.carries(callee.object)) {
        this.add(path, facts, callee.object, wordsAt(facts, first), 'contains', flow);
        return;
      }
      if (['includes', 'has', 'indexOf', 'contains', 'containsKey'].includes(callee.name) && flow.carries(first)) {
        this.add(path, facts, first, listed(facts, callee.object) ?? [], 'equals', flow);
        return;
      }
      if (['test', 'exec'].includes(callee.name) && flow.carries(first)) {
        this.add(path, facts, first, wordsAt(facts, callee.object), 'contains', flow);
        return;
      }
    }
    const functions = this.types.of(path, call.callee).filter((type) => type.k === 'function');
    if (functions.length === 0 && first !== undefined && flow.isError(first)) this.add(path, facts, first, [], 'class', flow);
    for (const type of functions) {
      const index = call.args.findIndex((each) => flow.carries(each));
      if (index < 0) continue;
      const other = this.types.program.get(type.path)!;
      const binding = other.functions[type.fn]!.params[index]?.binding;
      // Only the error as a whole keeps its members' names.
      if (binding === undefined || !flow.isError(call.args[index]!)) return;
      const inner = new ErrorFlow(other, [], [binding], flow.answer);
      for (const block of other.functions[type.fn]!.blocks) {
        if (block.next.k === 'branch') this.read(type.path, other, block.next.test, inner, depth + 2);
        else if (block.next.k === 'return' && block.next.value !== undefined) this.read(type.path, other, block.next.value, inner, depth + 2);
      }
      return;
    }
  }

  private add(path: string, facts: FileFacts, subject: ValueId, wanted: readonly (string | number)[], how: ErrorLook['how'], flow: ErrorFlow): void {
    const { at, to } = facts.values[subject]!;
    for (const member of membersOf(facts, subject, flow, 0)) this.out.push({ path, at, to, test: this.test, member, wanted, how, answer: flow.answer !== undefined, made: isMade(this.types, facts, member) || wanted.some((each) => makesErrorOf(facts, each)) });
  }
}

const wordsGiven = new WeakMap<FileFacts, ReadonlySet<string>>();

/** `new Error('INVALID_STATE')`: every look asks, so what is given to constructors is gathered once. */
function makesErrorOf(facts: FileFacts, word: string | number): boolean {
  let words = wordsGiven.get(facts);
  if (!words) {
    words = new Set(facts.values.flatMap((value) => (value.k === 'call' && value.construct ? value.args.flatMap((each) => textAt(facts, each) ?? []) : [])));
    wordsGiven.set(facts, words);
  }
  return typeof word === 'string' && words.has(word);
}

function textAt(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id];
  return value?.k === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** Whether the file, or an error class of any file, gives objects a member of this name. */
function isMade(types: Types, facts: FileFacts, member: string): boolean {
  const name = member.split('.')[0]!;
  if (name === '') return false;
  if (indexOf(facts).storesByName.has(name)) return true;
  if ((indexOf(facts).callsByName.get('assign') ?? []).some((id) => {
    const call = facts.values[id];
    return call?.k === 'call' && call.args.some((each) => {
      const object = facts.values[each];
      return object?.k === 'object' && object.props.some(({ key }) => key === name);
    });
  })) return true;
  return types.holds(`error-member.${name}`, () => types.program.paths().some((path) => {
    const other = types.program.get(path)!;
    return other.classes.some((cls) => {
      const parent = cls.extends === undefined ? undefined : lastName(other, cls.extends);
      if (!/error|exception|failure/i.test(`${parent ?? ''} ${cls.name ?? ''}`)) return false;
      const stored = other.stores.some((store) => store.name === name && other.functions[store.in]?.cls !== undefined && other.classes[other.functions[store.in]!.cls!] === cls);
      // `constructor(readonly code: string)`
      return stored || cls.fields.some((field) => field.name === name) || cls.methods.some(({ name: method, fn }) => method === name || (method === 'constructor' && other.functions[fn]!.params.some((each) => each.name === name)));
    });
  }));
}

/** The member paths from the error to a value; empty where it is made of the error in another way. */
function membersOf(facts: FileFacts, id: ValueId, flow: ErrorFlow, depth: number): string[] {
  if (flow.isError(id)) return [''];
  const value = facts.values[id];
  if (!value || depth > 8 || !flow.carries(id)) return [];
  const below = (of: ValueId, name: string): string[] => membersOf(facts, of, flow, depth + 1).map((member) => (member === '' ? name : `${member}.${name}`));
  switch (value.k) {
    case 'member':
      return below(value.object, value.name);
    case 'index': {
      const key = constant(facts, value.key);
      return key === undefined ? [] : below(value.object, String(key));
    }
    case 'template':
      return value.parts.length === 1 && typeof value.parts[0] === 'number' ? membersOf(facts, value.parts[0], flow, depth + 1) : [];
    case 'typed':
    case 'assign':
    case 'await':
      return membersOf(facts, value.of, flow, depth + 1);
    case 'choice':
      return value.of.flatMap((each) => membersOf(facts, each, flow, depth + 1));
    case 'binding': {
      const { sources } = facts.bindings[value.binding]!;
      return sources.length === 1 ? membersOf(facts, sources[0]!, flow, depth + 1) : [];
    }
    case 'call': {
      const callee = facts.values[value.callee];
      if (callee?.k === 'member' && TEXT_WORK.has(callee.name)) return membersOf(facts, callee.object, flow, depth + 1);
      if (callee?.k === 'member' && value.args.length === 0 && value.protocol === undefined) return below(callee.object, `${callee.name}()`);
      return callee?.k === 'global' && callee.name === 'String' && value.args[0] !== undefined ? membersOf(facts, value.args[0], flow, depth + 1) : [];
    }
    default:
      return [];
  }
}

/** The words of a text or of a plain pattern: `/LOCK_ROW|UNAVAILABLE/i`. */
function wordsAt(facts: FileFacts, id: ValueId): string[] {
  const value = facts.values[id];
  if (value?.k === 'binding') {
    const { sources } = facts.bindings[value.binding]!;
    return sources.length === 1 ? wordsAt(facts, sources[0]!) : [];
  }
  if (value?.k === 'pattern') return (/^\/([\s\S]*)\/[a-z]*$/.exec(value.source)?.[1] ?? '').split(/[^\w-]+/).filter((word) => word !== '');
  const text = constant(facts, id);
  return typeof text === 'string' ? [text] : [];
}
