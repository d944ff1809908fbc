import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { plainName } from '../facts/reads.ts';
import { callbackFunctions } from '../resolve/callbacks.ts';
import { followHeld } from './heldResults.ts';
import { promiseFulfilledBy } from './promiseOfExecutor.ts';
import type { Types } from '../resolve/types.ts';

/** Operators that ask about a value and do not pass it on. */
const TESTS = new Set(['not', '==', '===', '!=', '!==', 'typeof', 'instanceof']);
/** Methods that ask whether there is something, or something in it. */
const ASKS = new Set(['isArray', 'isNull', 'isEmpty', 'isMissingNode', 'isJsonNull', 'isPresent', 'any', 'Any', 'close']);

/** Members by which an answer of plain HTTP gives what the org said. */
const BODY = new Set(['data', 'body', 'json', 'records', 'entity', 'string', 'content']);
/** What of an answer tells whether the request worked. */
const STATUS = /^(?:ok|status|statusText|statusCode|statusCodeValue|statusLine|status_code|headers|code|responseCode|reasonPhrase|isSuccessful|is2xxSuccessful|raise_for_status)$/;

/** Functions that give what a text says, or the text of a body. */
const READERS = /^(?:parse|Parse|loads|readTree|fromJson|parseString|parseObject|requireNonNull|JSONObject)$/;

/** More callers than this are not asked what they do with rows. */
const MOST_CALLERS = 8;

/** What becomes of the rows of a query. */
export class RowUses {
  /** The first row, the count or whether there is any, is used. */
  first = false;
  /** Other rows are used, or they leave to where they are not followed. */
  more = false;
  private readonly types: Types;
  private readonly seen = new Set<string>();

  constructor(types: Types) {
    this.types = types;
  }

  follow(path: string, id: ValueId): void {
    const key = `${id}@${path}`;
    if (this.seen.has(key) || this.more) return;
    this.seen.add(key);
    const index = indexOf(this.types.program.get(path)!);
    for (const consumer of index.consumers[id] ?? []) {
      if (consumer.k === 'bind') for (const use of index.bindingUses[consumer.binding] ?? []) this.follow(path, use);
      else if (consumer.k === 'value') this.use(path, id, consumer.value);
      else if (consumer.k === 'return') this.returned(path, consumer.fn);
      // Waited for, and not looked at: only whether the query can be made matters.
      else if (consumer.k === 'drop') this.first ||= this.types.program.get(path)!.values[id]!.k === 'await';
      else if (consumer.k !== 'test') this.more = true;
    }
  }

  /** Follows what a callback is given at a place. */
  given(path: string, callback: ValueId, index: number): void {
    const functions = callbackFunctions(this.types, path, callback);
    if (functions.length === 0 || functions.length > MOST_CALLERS) this.more = true;
    for (const { path: at, fn } of functions) this.parameter(at, fn, index);
  }

  private parameter(path: string, fn: FunctionId, index: number): void {
    const facts = this.types.program.get(path)!;
    const param = facts.functions[fn]!.params[index];
    // What is taken apart where it is given is not followed.
    if (param && param.binding === undefined) this.more = true;
    for (const use of param?.binding === undefined ? [] : (indexOf(facts).bindingUses[param.binding] ?? [])) this.follow(path, use);
  }

  private use(path: string, id: ValueId, user: ValueId): void {
    const facts = this.types.program.get(path)!;
    const parent = facts.values[user]!;
    if (['await', 'typed', 'assign', 'choice'].includes(parent.k)) this.follow(path, user);
    else if (parent.k === 'member' && parent.object === id) {
      const name = plainName(parent.name);
      if (['totalSize', 'length', 'size', 'at', 'shift'].includes(name)) this.first = true;
      else if (parent.name === 'then') this.handled(path, user);
      else if (parent.name === 'get') this.got(path, user);
      else if (BODY.has(name)) this.body(path, user);
      // Whether the request worked says nothing of rows.
      else if (!STATUS.test(name) && !ASKS.has(parent.name)) this.more = true;
    } else if (parent.k === 'index' && parent.object === id) {
      const key = facts.values[parent.key];
      if (key?.k === 'literal' && key.value === 0) this.first = true;
      else this.more = true;
    } else if (parent.k === 'call' && parent.args[0] === id && isReader(facts, parent.callee)) this.follow(path, user);
    else if (parent.k === 'object') this.held(path, id, user);
    // What `getRecords()` or `json()` gives is followed from its name.
    else if (parent.k === 'call' && parent.callee === id) return;
    else if (parent.k === 'call' && parent.args[0] === id && promiseFulfilledBy(facts, parent.callee) !== undefined) this.follow(path, promiseFulfilledBy(facts, parent.callee)!);
    // Asked whether it is there: `!result.records`.
    else if (parent.k === 'operator' && ((parent.op === 'in' && parent.of[1] === id) || (parent.op === 'contains' && parent.of[0] === id))) return;
    else if (!(parent.k === 'operator' && TESTS.has(parent.op))) this.more = true;
  }

  /** `return { records, total }`: whoever takes the rows out again uses them. */
  private held(path: string, id: ValueId, object: ValueId): void {
    const value = this.types.program.get(path)!.values[object]!;
    const keys = value.k === 'object' ? value.props.flatMap((prop) => (prop.value === id ? [prop.key] : [])) : [];
    const gone = (): void => void (this.more = true);
    if (keys.length === 0) gone();
    for (const key of keys) followHeld(this.types, path, object, [key], { again: (at, taken) => this.follow(at, taken), away: gone, shown: gone, logged: gone, isLog: () => false }, new Set());
  }

  /** `answer.data`, `answer.json()`. */
  private body(path: string, member: ValueId): void {
    const facts = this.types.program.get(path)!;
    this.follow(path, member);
    for (const consumer of indexOf(facts).consumers[member] ?? []) {
      const called = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      if (consumer.k === 'value' && called?.k === 'call' && called.callee === member) this.follow(path, consumer.value);
    }
  }

  /** `answer.get('records', [])`. */
  private got(path: string, member: ValueId): void {
    const facts = this.types.program.get(path)!;
    for (const consumer of indexOf(facts).consumers[member] ?? []) {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      const key = call?.k === 'call' && call.callee === member ? facts.values[call.args[0] ?? -1] : undefined;
      const name = key?.k === 'literal' ? key.value : undefined;
      if (consumer.k === 'value' && typeof name === 'string' && BODY.has(name)) this.follow(path, consumer.value);
      else if (name === 'totalSize') this.first = true;
      else this.more = true;
    }
  }

  private handled(path: string, member: ValueId): void {
    const facts = this.types.program.get(path)!;
    const index = indexOf(facts);
    for (const consumer of index.consumers[member] ?? []) {
      const then = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      const handler = then?.k === 'call' && then.args[0] !== undefined ? facts.values[then.args[0]] : undefined;
      const params = handler?.k === 'function' ? facts.functions[handler.fn]!.params : undefined;
      const binding = params?.[0]?.binding;
      // `then(() => true)`: only whether the query can be made matters.
      if (params?.length === 0) this.first = true;
      else if (binding === undefined) this.more = true;
      else for (const each of index.bindingUses[binding] ?? []) this.follow(path, each);
    }
  }

  private returned(path: string, fn: number): void {
    const sites = this.types.callers.callSites(path, fn);
    if (sites.length === 0 || sites.length > MOST_CALLERS) this.more = true;
    else for (const site of sites) this.follow(site.path, site.value);
  }
}

/** `mapper.readTree(text)`, `EntityUtils.toString(answer.getEntity())`. */
function isReader(facts: FileFacts, callee: ValueId): boolean {
  const method = facts.values[callee];
  const name = lastName(facts, callee) ?? '';
  return READERS.test(name) || (name === 'toString' && method?.k === 'member' && lastName(facts, method.object) === 'EntityUtils');
}
