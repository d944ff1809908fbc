import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { Paging } from '../report/callRecord.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { isCallback } from '../resolve/callbacks.ts';
import { shapeOf } from '../resolve/shape.ts';
import { soqlTextsOf } from '../resolve/httpRequests.ts';
import { textsOf, withHoles } from '../resolve/texts.ts';
import { readsOn } from './furtherPages.ts';
import { chainOf, laterSteps, type Step } from './queryChain.ts';
import { RowUses } from './rowUses.ts';
import { isKeyField, readSoql } from './soql.ts';

const WAITS = new Set(['then', 'catch', 'finally']);
const LISTENS = new Set(['on', 'once', 'stream', 'pipe']);

/** Rows that one page surely holds when the query names a limit. */
const PAGE = 2000;

/** What a query ends with that names an object, as far as the name of the name tells: no clause is behind it. */
const NAME_OF_OBJECT = /\bFROM\s+\u0001(?:get\()?[\w.]*(?:object|entity|table)_?(?:api)?_?(?:name|type|key)?\)?\u0002\s*$/i;

/** Methods that are given a query as text. */
const TAKES_SOQL = /^query(?:All)?(?:Async)?$/i;

/** Whether every row that a query can have is read. */
export function judgePaging(types: Types, call: SalesforceCall): Paging {
  // The report speaks of paging for SOQL queries alone; a request for the next page is what makes one of them complete.
  if (!call.operation.paging || !['query', 'tooling'].includes(call.operation.kind)) return 'na';
  if (call.variant.maxRows !== undefined && call.variant.maxRows <= PAGE) return 'complete';
  const facts = types.program.get(call.path)!;
  const value = facts.values[call.value]!;
  if (value.k !== 'call') return 'unknown';
  if (call.http) return readsOn(types, call) ?? (onlyFirst(types, call) ? 'complete' : ofTexts(soqlTextsOf(types, call.path, value, call.http)));
  if (call.variant.allPages || (call.variant.maxRows ?? PAGE + 1) <= PAGE) return 'complete';
  const chain = chainOf(types, call);
  const capped = autoFetched(types, call, chain);
  if (capped) return capped;
  if (chain.some((each) => each.name === 'limit' && smallNumber(types, call.path, each.args[0]))) return 'complete';
  const further = readsOn(types, call);
  if (further) return further;
  if (call.variant.autoFetch) {
    const cap = call.variant.autoFetch.cap;
    if (['autoFetchQuery', 'singleRecordQuery'].includes(call.method)) return call.method === 'singleRecordQuery' ? 'complete' : cap ? 'capped' : 'complete';
  }
  if (onlyFirst(types, call, chain) || filteredByKey(types, call, chain)) return 'complete';
  // How many rows a limit allows that is worked out, nobody knows.
  if (!TAKES_SOQL.test(call.method)) return chain.some((each) => each.name === 'limit' && typeof literalAt(types, each, 0) !== 'number') ? 'unknown' : 'truncated';
  const paging = ofTexts(call.args[0] === undefined ? [] : textsOf(types, call.path, call.args[0]));
  return paging === 'truncated' && call.client.id === 'jsforce' && call.method === 'query' && mayBeToldToReadOn(types, call, chain) ? 'unknown' : paging;
}

/** Whether a query is given options that come from elsewhere: they may say that further pages are to be read. */
function mayBeToldToReadOn(types: Types, { path, args, package: name }: SalesforceCall, chain: readonly Step[]): boolean {
  if (types.program.projects.fits(path, name, '<2') === 'yes' && !chain.some((step) => LISTENS.has(step.name))) return false;
  const { values } = types.program.get(path)!;
  const isUnseen = (id: ValueId): boolean => types.of(path, id).every(({ k }) => k === 'structure');
  const options = args[1] === undefined ? undefined : values[args[1]];
  return options !== undefined && (options.k === 'object' ? options.spreads.some(isUnseen) : ['binding', 'member', 'call', 'choice'].includes(options.k) && isUnseen(args[1]!));
}

/** What the texts that a query may have say of its rows, if they agree. */
function ofTexts(texts: readonly string[]): Paging {
  // What a text is while it is put together is no query yet, and what goes on after a name shows that the name is no more than that.
  const whole = texts.filter((text) => !texts.some((other) => other !== text && other.startsWith(text)) || !readSoql(withHoles(text, '\0')).open);
  const judged = new Set(whole.map((text): Paging => {
    const soql = readSoql(withHoles(text.replace(NAME_OF_OBJECT, 'FROM Named'), '\0'));
    if ((soql.limit !== undefined && soql.limit <= PAGE) || soql.singleRow || soql.uniqueFilter) return 'complete';
    return soql.open ? 'unknown' : 'truncated';
  }));
  const [only] = judged;
  return judged.size === 1 && only !== undefined ? only : 'unknown';
}

/** `find({ Id: id })`, `where("Key__c = '…'")`: one row at most. */
function filteredByKey(types: Types, call: SalesforceCall, chain: readonly Step[]): boolean {
  const facts = types.program.get(call.path)!;
  const own = !TAKES_SOQL.test(call.method) ? call.args.slice(0, 1) : [];
  return [...own, ...chain.filter((each) => each.name === 'where').map((each) => each.args[0])].some((id) => {
    if (id === undefined) return false;
    const condition = facts.values[id]!;
    if (condition.k === 'object') return condition.props.some((prop) => isKeyField(prop.key) && shapeOf(types, call.path, prop.value) !== 'array' && facts.values[prop.value]?.k !== 'object');
    const texts = textsOf(types, call.path, id);
    return texts.length > 0 && texts.every((text) => isKeyField(/^\s*(\w+)\s*=\s*['\u0001]/.exec(text)?.[1] ?? ''));
  });
}

/** `{ autoFetch: true }` reads pages up to the client's cap; a cap that is given may be any number. */
function autoFetched(types: Types, call: SalesforceCall, chain: readonly Step[]): Paging | undefined {
  const facts = types.program.get(call.path)!;
  const steps = call.variant.lazy ? [...chain, ...laterSteps(types, call.path, chain.at(-1)?.value ?? call.value)] : chain;
  // A stream reads on by itself, up to the same cap.
  if (call.client.id === 'jsforce' && steps.some((step) => isStreamed(types, step))) return 'capped';
  // jsforce 1 answers an awaited query with its first page, whatever the option says; listeners are told of all.
  const on = (): Paging => (call.client.id === 'jsforce' && call.method === 'query' && isAnswered(facts, call, chain) && types.program.projects.fits(call.path, call.package, '<2') === 'yes' ? 'truncated' : 'capped');
  if (steps.some((step) => step.name === 'autoFetch' && literalAt(types, step, 0) !== false)) return on();
  for (const { path, args } of [call, ...steps]) {
    for (const type of args.flatMap((id) => types.of(path, id))) {
      if (type.k !== 'object') continue;
      const { values } = types.program.get(type.path)!;
      const object = values[type.value];
      if (object?.k !== 'object') continue;
      const auto = object.props.find((prop) => prop.key === 'autoFetch' || prop.key === 'fetchAll');
      const given = auto ? values[auto.value] : undefined;
      if (auto && !(given?.k === 'literal' && given.value === false)) return on();
    }
  }
  return undefined;
}

/** `query.stream()`, `query.pipe(out)`, `query.on('data', …)`: whoever reads a query as a stream. */
function isStreamed(types: Types, step: Step): boolean {
  return step.name === 'stream' || step.name === 'pipe' || (['on', 'once'].includes(step.name) && literalAt(types, step, 0) === 'data');
}

function literalAt(types: Types, { path, args }: Step, index: number): unknown {
  const value = types.program.get(path)!.values[args[index] ?? -1];
  return value?.k === 'literal' ? value.value : undefined;
}

/** Whether a query is waited for, or handed on to whoever may wait for it: it is not just listened to. */
function isAnswered(facts: FileFacts, call: SalesforceCall, chain: readonly Step[]): boolean {
  if (chain.some(({ name }) => WAITS.has(name))) return true;
  if (chain.some(({ name }) => LISTENS.has(name))) return false;
  const [kept, ...others] = indexOf(facts).consumers[call.value] ?? [];
  if (kept?.k !== 'bind' || others.length > 0) return true;
  return !(indexOf(facts).bindingUses[kept.binding] ?? []).some((use) => (indexOf(facts).consumers[use] ?? []).some((each) => {
    const member = each.k === 'value' ? facts.values[each.value]! : undefined;
    return member?.k === 'member' && LISTENS.has(member.name);
  }));
}

/** Whether a value is a number of rows that one page holds: written out, under a name, by default, or as the lesser of two. */
function smallNumber(types: Types, path: string, id: ValueId | undefined, depth = 0): boolean {
  const facts = types.program.get(path)!;
  const value = id === undefined ? undefined : facts.values[id];
  const isSmall = (each: ValueId): boolean => smallNumber(types, path, each, depth + 1);
  if (depth > 4) return false;
  switch (value?.k) {
    case 'literal':
      return typeof value.value === 'number' && value.value <= PAGE;
    case 'typed':
      return isSmall(value.of);
    case 'binding': {
      const { sources } = facts.bindings[value.binding]!;
      return sources.length > 0 && sources.every(isSmall);
    }
    case 'choice': {
      // What callers may give instead of the default is of the same kind.
      const own = value.of.filter((each) => facts.values[each]!.k !== 'parameter');
      return own.length > 0 && own.every(isSmall);
    }
    case 'call':
      return lastName(facts, value.callee) === 'min' && value.args.some(isSmall);
    default:
      return false;
  }
}

/** Whether only the first row, the count or the mere existence of rows is used, by whoever gets them. */
function onlyFirst(types: Types, call: SalesforceCall, chain: readonly Step[] = []): boolean {
  // Steps of the query itself; what waits for it comes after.
  const waiting = chain.findIndex((each) => ['then', 'catch', 'finally', 'thenCall', 'promise'].includes(each.name));
  const steps = waiting < 0 ? chain : chain.slice(0, waiting);
  const rows = new RowUses(types);
  const callbacks = call.client.id === 'jsforce' || call.variant.callback ? [call, ...steps].flatMap(({ path, args }) => (args.length > 0 && isCallback(types, path, args.at(-1)!) ? [{ path, value: args.at(-1)! }] : [])) : [];
  for (const callback of callbacks) rows.given(callback.path, callback.value, 1);
  const whole = steps.at(-1)?.value ?? call.value;
  // Who is called back seldom waits for the promise as well.
  const isLeft = (indexOf(types.program.get(call.path)!).consumers[whole] ?? []).every(({ k }) => k === 'drop' || k === 'return');
  if (callbacks.length === 0 || !isLeft) rows.follow(call.path, whole);
  return rows.first && !rows.more;
}
