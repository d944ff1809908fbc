import { findOperation } from '../../../catalog/index.ts';
import type { FileFacts, FunctionFact, FunctionId, LoopFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { someWithin } from '../facts/positions.ts';
import { plainName, spellings } from '../facts/reads.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { outermost } from './outermost.ts';

/** More places than this where a result goes are not looked at. */
const MOST_PLACES = 8;

/**
 * Whether later pages are asked for, by `queryMore` or `nextRecordsUrl`: all of them, or up to a number that the code counts to. Looked for where the first
 * page is read, else in the functions that are given it, or that share the object which keeps it.
 */
export function readsOn(types: Types, call: SalesforceCall): 'complete' | 'capped' | undefined {
  const names = [...spellings('nextRecordsUrl'), 'queryMore', ...furtherPages(call)];
  const facts = types.program.get(call.path)!;
  const root = outermost(facts, facts.values[call.value]!.in);
  const here = pagesIn(facts, [root], names);
  if (here) return here;
  const places = new Destinations(types).of(call.path, call.value);
  if (places.length === 0 || places.length > MOST_PLACES) return undefined;
  const found = places.map((place) => pagesIn(types.program.get(place.path)!, place.fns, names));
  return found.every((each) => each !== undefined) ? (found.includes('capped') ? 'capped' : 'complete') : undefined;
}

/** Members by which an answer of plain HTTP gives what the org said. */
const BODY = new Set(['data', 'body', 'json', 'text']);

/** Functions of one file that learn of a result, one of which may read on. */
interface Destination {
  path: string;
  fns: readonly FunctionId[];
}

/** Where a result goes beyond the function that gets it. */
class Destinations {
  private readonly types: Types;
  private readonly seen = new Set<string>();
  private readonly out: Destination[] = [];

  constructor(types: Types) {
    this.types = types;
  }

  of(path: string, id: ValueId): readonly Destination[] {
    this.follow(path, id);
    return this.out;
  }

  private follow(path: string, id: ValueId): void {
    const key = `${id}@${path}`;
    if (this.seen.has(key) || this.out.length > MOST_PLACES) return;
    this.seen.add(key);
    const facts = this.types.program.get(path)!;
    const index = indexOf(facts);
    for (const consumer of index.consumers[id] ?? []) {
      if (consumer.k === 'bind') for (const use of index.bindingUses[consumer.binding] ?? []) this.follow(path, use);
      else if (consumer.k === 'store') this.kept(path, facts.values[id]!.in);
      else if (consumer.k === 'return') this.returned(path, consumer.fn);
      else if (consumer.k === 'value') this.given(path, id, consumer.value);
    }
  }

  /** An object keeps it: its other methods may read on. */
  private kept(path: string, fn: FunctionId): void {
    const facts = this.types.program.get(path)!;
    const own = facts.classes.find((each) => each.methods.some((method) => method.fn === outermost(facts, fn)));
    if (own) this.out.push({ path, fns: own.methods.map((method) => method.fn) });
  }

  private returned(path: string, fn: FunctionId): void {
    for (const site of this.types.callers.callSites(path, fn)) {
      const facts = this.types.program.get(site.path)!;
      const root = outermost(facts, facts.values[site.value]!.in);
      const before = this.out.length;
      this.follow(site.path, site.value);
      // Who hands it on does not read it; who keeps it reads it where it is kept.
      if (this.out.length === before) this.out.push({ path: site.path, fns: [root] });
    }
  }

  private given(path: string, id: ValueId, user: ValueId): void {
    const parent = this.types.program.get(path)!.values[user]!;
    if (parent.k === 'await' || parent.k === 'typed' || parent.k === 'assign' || parent.k === 'choice') return this.follow(path, user);
    if (parent.k === 'member' && parent.name === 'then') return this.handled(path, user);
    // `answer.json()`, `answer.data`
    if ((parent.k === 'member' && parent.object === id && BODY.has(plainName(parent.name))) || (parent.k === 'call' && parent.callee === id)) return this.follow(path, user);
    const index = parent.k === 'call' ? parent.args.indexOf(id) : -1;
    if (parent.k !== 'call' || index < 0) return;
    for (const type of this.types.of(path, parent.callee)) if (type.k === 'function') this.out.push({ path: type.path, fns: [outermost(this.types.program.get(type.path)!, type.fn)] });
  }

  /** `query.then(read)`, `query.then((page) => read(page))`. */
  private handled(path: string, then: ValueId): void {
    const facts = this.types.program.get(path)!;
    for (const consumer of indexOf(facts).consumers[then] ?? []) {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      const handler = call?.k === 'call' && call.callee === then ? call.args[0] : undefined;
      for (const type of handler === undefined ? [] : this.types.of(path, handler)) {
        if (type.k !== 'function') continue;
        const target = this.types.program.get(type.path)!;
        const written = facts.values[handler!]?.k === 'function';
        if (!written) this.out.push({ path: type.path, fns: [outermost(target, type.fn)] });
        const binding = target.functions[type.fn]!.params[0]?.binding;
        if (binding !== undefined) for (const use of indexOf(target).bindingUses[binding] ?? []) this.follow(type.path, use);
      }
    }
  }
}

/** Whether one of some functions, with what stands in it, reads a further page. */
function pagesIn(facts: FileFacts, roots: readonly FunctionId[], names: readonly string[]): 'complete' | 'capped' | undefined {
  const index = indexOf(facts);
  const asked = ASKED_BY_NAME.flatMap((name) => (index.callsByName.get(name) ?? []).filter((id) => isAskedFor(facts, id, names)));
  const uses = [...names.flatMap((name) => index.membersByName.get(name) ?? []), ...asked].filter((id) => roots.includes(outermost(facts, facts.values[id]!.in)));
  if (uses.length === 0) return undefined;
  const functions = new Set(uses.map((id) => facts.values[id]!.in));
  return [...functions].some((fn) => facts.functions[fn]!.loops.some((loop) => isCountedPaging(facts, facts.functions[fn]!, loop))) ? 'capped' : 'complete';
}

/** Methods that give what stands under a name: `page.get("nextRecordsUrl")`, `page.optString("nextRecordsUrl", null)`. */
const ASKED_BY_NAME = ['get', 'pop', 'opt', 'optString', 'getOrDefault', 'path', 'GetProperty', 'TryGetProperty', 'Value', 'GetValue', 'SelectToken'];

function isAskedFor(facts: FileFacts, id: ValueId, names: readonly string[]): boolean {
  const call = facts.values[id];
  const name = call?.k === 'call' ? facts.values[call.args[0] ?? -1] : undefined;
  return name?.k === 'literal' && typeof name.value === 'string' && names.includes(name.value);
}

/** Methods of the client that read a further page. */
function furtherPages({ model, variant }: SalesforceCall): string[] {
  const types = Object.values(model?.types ?? {});
  const methods = types.flatMap((type) => Object.entries(type.methods ?? {}));
  return methods.flatMap(([name, variants]) => (variants.some((each) => each !== variant && findOperation(each.operation ?? '')?.kind === 'query-more') ? [name] : []));
}

/** `while (!page.done && pages < MOST)`: a loop that asks whether there is more, and counts. */
function isCountedPaging(facts: FileFacts, fn: FunctionFact, { head, at, to }: LoopFact): boolean {
  const tests: ValueId[] = [];
  const seen = new Set<number>();
  const work = [head];
  while (work.length > 0) {
    const id = work.pop()!;
    const { next, steps } = fn.blocks[id]!;
    // The parts of a condition are blocks of their own, without steps.
    if (seen.has(id) || next.k !== 'branch' || (id !== head && steps.length > 0)) continue;
    const test = facts.values[next.test]!;
    if (test.at < at || test.to > to) continue;
    seen.add(id);
    tests.push(next.test);
    work.push(next.then, next.else);
  }
  const asksForMore = tests.some((id) => someWithin(facts, facts.values[id]!.at, facts.values[id]!.to, (each) => {
    const value = facts.values[each]!;
    return value.k === 'member' && ['done', 'isDone', 'nextRecordsUrl'].includes(plainName(value.name));
  }));
  return asksForMore && tests.some((id) => {
    const value = facts.values[id]!;
    return value.k === 'operator' && /^[<>]=?$/.test(value.op);
  });
}
