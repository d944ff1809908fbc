import type { FileFacts, ValueFact, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { plainName } from '../facts/reads.ts';
import type { Partial } from '../report/callRecord.ts';
import type { Place } from '../resolve/callsByName.ts';
import { callbackFunctions } from '../resolve/callbacks.ts';
import { receiverText } from '../resolve/evidence.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { chainBefore, chainRoot, receiverOf } from './listenerChain.ts';
import type { Effects } from './effects.ts';
import { followHeld, followText, type HeldBy, makesText } from './heldResults.ts';
import { promiseFulfilledBy } from './promiseOfExecutor.ts';
import { asksOnly, sendsOne } from './recordsSent.ts';
import { asksFor, fetches, isKept, keepsTicket, TICKETS } from './tickets.ts';

/** Members by which code learns that a record, a row or a part failed. */
const OUTCOME = new Set(['success', 'errors', 'error', 'failedResults', 'unprocessedRecords', 'successfulResults', 'hasErrors', 'isSuccess', 'isSuccessful', 'httpStatusCode', 'statusCode', 'numberRecordsFailed', 'status', 'state', 'compositeResponse', 'failureRecordCount', 'isCreated', 'numberComponentErrors', 'numberRecordsProcessed', 'overallStatus']);

/** The same of what other calls of a bulk job give: how a job stands says nothing of its rows. */
const ROW_OUTCOME = new Set(['success', 'errors', 'error', 'failedResults', 'failedRecords', 'unprocessedRecords', 'numberRecordsFailed']);

/** Calls of a bulk job that fetch nothing but rows that failed. */
const FETCHES_FAILED = new Set(['getFailedResults', 'getUnprocessedRecords', 'get_failed_records', 'get_unprocessed_records']);

/** Members that hold the outcomes of what was sent together, whatever was sent. */
const HOLDERS = ['results', 'result', 'data', 'body', 'value', 'items'];
/** Methods of a list that put all that it holds into another. */
const COPIES = new Set(['CopyTo', 'copyInto', 'toArray']);

interface Reads {
  /** Members that tell an outcome. */
  names: ReadonlySet<string>;
  /** Members that hold the outcomes of what was sent together. */
  holders: ReadonlySet<string>;
  /** The operation that reads the outcome, by what this one gives. */
  readBy?: string | undefined;
  checked: boolean;
  /** The result leaves to where it is not followed. */
  away: boolean;
  /** The whole result is given to a function that is not known, which may show it to somebody. */
  shown: boolean;
  /** The whole result is written to a log. */
  logged: boolean;
  effects: Effects;
}

/** What becomes of the per-record outcome of a call. */
export interface ResultUse {
  partial: Partial;
  /** Nothing here looks at it, but the whole of it goes to where somebody else may. */
  shown: boolean;
  logged: boolean;
}

/** @param list path from the answer to the list of outcomes, see `partialShape` */
function newReads(names: ReadonlySet<string>, effects: Effects, list?: string): Reads {
  return { names, effects, holders: new Set([...HOLDERS, ...(list?.split('.') ?? [])]), checked: false, away: false, shown: false, logged: false };
}

/** Whether code looks at the per-record outcome of a call whose success can be partial. @param others the calls of its file */
export function judgePartial(types: Types, effects: Effects, call: SalesforceCall, others: () => readonly SalesforceCall[]): ResultUse {
  // Some clients throw as soon as one of the records fails.
  if (!call.operation.partial || call.variant.failure?.by === 'exception' || sendsOne(types, call) || asksOnly(types, call)) return { partial: 'na', shown: false, logged: false };
  const reads = newReads(OUTCOME, effects, call.operation.partialShape?.list);
  reads.readBy = call.operation.partialShape?.readBy;
  const last = call.args.at(-1);
  if (call.variant.callback && last !== undefined) {
    followGiven(types, call.path, last, 1, reads, new Set());
  }
  follow(types, call.path, call.value, reads, new Set());
  if (!reads.checked) followListeners(types, call.path, call.value, reads);
  if (!reads.checked && call.operation.kind === 'bulk') followJob(types, call, reads);
  // A plain request for the outcome says by no name which job it asks after.
  if (!reads.checked && call.http && reads.readBy !== undefined && others().some((each) => each.operation.id === reads.readBy)) reads.away = true;
  return { partial: reads.checked ? 'checked' : reads.away ? 'unknown' : 'unchecked', shown: reads.shown, logged: reads.logged };
}

/** `batch.execute(rows)`, with `batch.on('response', handler)` or `batch.on(…).then(handler)` in another statement, or before it in the chain. */
function followListeners(types: Types, path: string, id: ValueId, reads: Reads): void {
  const facts = types.program.get(path)!;
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  if (callee?.k !== 'member') return;
  const receiver = receiverText(facts, callee.object);
  const { callsByName } = indexOf(facts);
  const around = (name: string): readonly ValueId[] => (receiver === undefined ? [] : (callsByName.get(name) ?? []).filter((each) => chainRoot(facts, receiverOf(facts, each)) === receiver));
  const given = (each: ValueId, argument: number): ValueId[] => {
    const listening = facts.values[each];
    return listening?.k === 'call' ? listening.args.slice(argument, argument + 1) : [];
  };
  const listeners = [...chainBefore(facts, callee.object), ...around('on'), ...around('once')];
  const listening = listeners.filter((each) => isEvent(facts, given(each, 0)[0], 'response'));
  if (listeners.some((each) => isEvent(facts, given(each, 0)[0], 'queue') && keepsTicket(types, path, given(each, 1)[0], reads.effects))) reads.away = true;
  for (const handler of [...listening.flatMap((each) => given(each, 1)), ...around('then').flatMap((each) => given(each, 0))]) followGiven(types, path, handler, 0, reads, new Set());
}

/** `job.uploadData(rows)`, with `job.getFailedResults()` or `(await job.getAllResults()).failedResults` in another statement. */
function followJob(types: Types, { path, value, model, operation }: SalesforceCall, reads: Reads): void {
  const facts = types.program.get(path)!;
  const call = facts.values[value];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  const job = callee?.k === 'member' ? receiverText(facts, callee.object) : undefined;
  if (job === undefined) return;
  const rows = newReads(ROW_OUTCOME, reads.effects);
  const methods = Object.values(model?.types ?? {}).flatMap((type) => Object.entries(type.methods ?? {}));
  // Another load through the same object has an outcome of its own.
  const loads = new Set(methods.flatMap(([name, variants]) => (variants.some((each) => each.operation === operation.id) ? [name] : [])));
  for (const [name, members] of indexOf(facts).membersByName) {
    if (loads.has(name)) continue;
    for (const member of members) {
      const access = facts.values[member];
      if (access?.k !== 'member' || receiverText(facts, access.object) !== job) continue;
      for (const consumer of indexOf(facts).consumers[member] ?? []) {
        const other = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        if (consumer.k !== 'value' || other?.k !== 'call' || other.callee !== member || consumer.value === value) continue;
        if (FETCHES_FAILED.has(name)) rows.checked = true;
        else follow(types, path, consumer.value, rows, new Set());
      }
    }
  }
  reads.checked ||= rows.checked;
  if (isGivenAway(types, path, callee!)) reads.away = true;
}

const JOB = /Job|Batch/;

/** A job that is given to somebody else is looked after there. */
function isGivenAway(types: Types, path: string, callee: ValueFact): boolean {
  const facts = types.program.get(path)!;
  const job = callee.k === 'member' ? facts.values[callee.object] : undefined;
  if (callee.k !== 'member' || job?.k !== 'binding' || !types.of(path, callee.object).some((type) => type.k === 'client' && JOB.test(type.type))) return false;
  return (indexOf(facts).bindingUses[job.binding] ?? []).some((use) =>
    (indexOf(facts).consumers[use] ?? []).some((consumer) => consumer.k !== 'drop' && consumer.k !== 'test' && !(consumer.k === 'value' && facts.values[consumer.value]?.k === 'member')),
  );
}

function isEvent(facts: FileFacts, id: ValueId | undefined, name: string): boolean {
  const value = id === undefined ? undefined : facts.values[id];
  return value?.k === 'literal' && value.value === name;
}

/** What a function is given: its parameter, or, where it is that of a promise's executor, what waits for the promise. */
function followGiven(types: Types, path: string, handler: ValueId, index: number, reads: Reads, seen: Set<string>): void {
  const facts = types.program.get(path)!;
  const promise = promiseFulfilledBy(facts, handler);
  if (promise !== undefined && index === 0) follow(types, path, promise, reads, seen);
  for (const found of callbackFunctions(types, path, handler)) followParameter(types, found.path, found.fn, index, reads, seen);
}

/** Members of an outcome of `Promise.allSettled`. */
const SETTLED = new Set(['status', 'reason']);

/** Whether code looks at the outcomes of settled promises: `unknown` where they leave to where they are not followed. */
export function readsOutcomes(types: Types, effects: Effects, path: string, id: ValueId): 'checked' | 'unchecked' | 'unknown' {
  const reads = newReads(SETTLED, effects);
  follow(types, path, id, reads, new Set());
  return reads.checked ? 'checked' : reads.away ? 'unknown' : 'unchecked';
}

function followParameter(types: Types, path: string, fn: number, index: number, reads: Reads, seen: Set<string>): void {
  const facts = types.program.get(path)!;
  for (const id of indexOf(facts).parameterValues.get(fn) ?? []) {
    const value = facts.values[id];
    if (value?.k === 'parameter' && value.index === index) follow(types, path, id, reads, seen);
  }
}

function follow(types: Types, path: string, id: ValueId, reads: Reads, seen: Set<string>): void {
  const key = `${id}@${path}`;
  if (reads.checked || seen.has(key) || seen.size > 2000) return;
  seen.add(key);
  const facts = types.program.get(path)!;
  const index = indexOf(facts);
  for (const consumer of index.consumers[id] ?? []) {
    switch (consumer.k) {
      case 'bind':
        for (const use of index.bindingUses[consumer.binding] ?? []) follow(types, path, use, reads, seen);
        break;
      case 'value':
        followValue(types, path, id, consumer.value, reads, seen);
        break;
      case 'return': {
        const called = types.callers.callSites(path, consumer.fn);
        // What tests leave unread says nothing of whoever else calls it.
        const sites = called.filter((site) => !types.program.tests.has(site.path));
        for (const site of sites) follow(types, site.path, site.value, reads, seen);
        const uses = types.callers.uses(path, consumer.fn);
        for (const use of uses) follow(types, use.path, use.call, reads, seen);
        // Of an object of functions it is not followed what becomes of the results; a decorator that calls what stands below it is not who wants them.
        const outside = uses.some((use) => isDecoration(types, use)) ? sites.filter((site) => !callsParameter(types, site)) : [...sites, ...uses];
        if (uses.some((use) => use.member !== undefined) || outside.length === 0) reads.away = true;
        break;
      }
      case 'store':
      case 'export':
      case 'field':
        reads.away = true;
        // Other methods of the object may look at what it keeps.
        if (consumer.k === 'store') for (const member of ofThis(facts, consumer.name)) follow(types, path, member, reads, seen);
        break;
      default:
    }
  }
}

function isDecoration(types: Types, { path, call }: { path: string; call: ValueId }): boolean {
  const value = types.program.get(path)!.values[call];
  return value?.k === 'call' && value.decorates === true;
}

/** Whether what is called is what the function around was given. */
function callsParameter(types: Types, { path, value }: Place): boolean {
  const facts = types.program.get(path)!;
  const call = facts.values[value];
  return call?.k === 'call' && isParameterCallee(facts, call.callee);
}

/** Where a file names a member of the object that a method is of. */
function ofThis(facts: FileFacts, name: string): ValueId[] {
  return (indexOf(facts).membersByName.get(name) ?? []).filter((id) => {
    const member = facts.values[id];
    return member?.k === 'member' && facts.values[member.object]?.k === 'this';
  });
}

/** Whoever keeps what the outcome is asked for with may ask; whoever asks, and does something with what comes, has looked. */
function seeTicket(types: Types, path: string, ticket: ValueId, readBy: string, reads: Reads): void {
  if (fetches(types, path, ticket, readBy, reads.effects)) reads.checked = true;
  else if (isKept(types.program.get(path)!, ticket, path, reads.effects)) reads.away = true;
}

function followValue(types: Types, path: string, id: ValueId, user: ValueId, reads: Reads, seen: Set<string>): void {
  const facts = types.program.get(path)!;
  const parent = facts.values[user]!;
  switch (parent.k) {
    case 'member': {
      // A record that was refused has no id: whoever asks for one before going on has looked.
      const name = plainName(parent.name);
      if (reads.names.has(name) || (name === 'id' && isAsked(facts, user))) {
        reads.checked = true;
        return;
      }
      for (const consumer of indexOf(facts).consumers[user] ?? []) {
        const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        if (consumer.k === 'value' && call?.k === 'call' && call.callee === user) {
          // `result.get("success")`
          if (/^(?:get|opt|has|path)/i.test(parent.name) && isNameOf(facts, call.args[0], reads.names)) {
            reads.checked = true;
            return;
          }
          if (WRITES.test(parent.name)) reads.away = true;
          // `batch.execute(rows).on('response', handler)`: the event's name comes first.
          if (call.protocol === 'event' && !isEvent(facts, call.args[0], 'response')) {
            if (isEvent(facts, call.args[0], 'queue') && keepsTicket(types, path, call.args[1], reads.effects)) reads.away = true;
            follow(types, path, consumer.value, reads, seen);
            continue;
          }
          if (COPIES.has(parent.name)) followNamed(types, path, call.args[0], reads, seen);
          const handler = call.args[call.protocol === 'event' ? 1 : 0];
          const at = parent.name === 'reduce' ? 1 : 0;
          if (call.protocol !== undefined && handler !== undefined) for (const type of types.of(path, handler)) if (type.k === 'function') followParameter(types, type.path, type.fn, at, reads, seen);
          if (call.protocol !== 'map' && parent.name !== 'reduce') follow(types, path, consumer.value, reads, seen);
        }
      }
      if (reads.readBy !== undefined && TICKETS.has(name)) for (const ticket of asksFor(facts, user)) seeTicket(types, path, ticket, reads.readBy, reads);
      // Another member of a result is data, and says nothing of its success.
      if (reads.holders.has(name)) follow(types, path, user, reads, seen);
      return;
    }
    case 'call': {
      if (parent.callee === id) return;
      const position = parent.args.indexOf(id);
      if (parent.protocol === 'push') {
        const callee = facts.values[parent.callee];
        followNamed(types, path, callee?.k === 'member' ? callee.object : undefined, reads, seen);
        return;
      }
      // `resolve(results)` of a hand-made promise: whoever waits for it has them.
      const promise = position === 0 ? promiseFulfilledBy(facts, parent.callee) : undefined;
      if (promise !== undefined) return follow(types, path, promise, reads, seen);
      let followed = false;
      for (const type of types.of(path, parent.callee)) {
        if (type.k !== 'function') continue;
        followed = true;
        followParameter(types, type.path, type.fn, position, reads, seen);
      }
      if (parent.protocol === 'all' || parent.protocol === 'resolve') follow(types, path, user, reads, seen);
      else if (!followed && isParameterCallee(facts, parent.callee)) reads.away = true;
      else if (!followed) given(types, path, user, reads, seen);
      return;
    }
    case 'object': {
      const keys = parent.props.flatMap((prop) => (prop.value === id ? [prop.key] : []));
      for (const key of keys) followHeld(types, path, user, [key], holding(types, reads, seen), new Set());
      if (keys.length > 0) return;
      reads.away = true;
      follow(types, path, user, reads, seen);
      return;
    }
    case 'template':
    case 'array':
      reads.away = true;
      follow(types, path, user, reads, seen);
      return;
    case 'operator':
      // `results += more`
      if (parent.op === '+') follow(types, path, user, reads, seen);
      return;
    case 'index':
    case 'await':
    case 'typed':
    case 'assign':
    case 'choice':
    case 'element':
      follow(types, path, user, reads, seen);
      return;
    default:
  }
}

/** What becomes of a result that something else holds. */
function holding(types: Types, reads: Reads, seen: Set<string>): HeldBy {
  const set = (name: 'away' | 'shown' | 'logged') => (): void => void (reads[name] = true);
  return { isLog: (path, call) => reads.effects.of(path, call, undefined) === 'log', again: (path, id) => follow(types, path, id, reads, seen), away: set('away'), shown: set('shown'), logged: set('logged') };
}

function isNameOf(facts: FileFacts, id: ValueId | undefined, names: ReadonlySet<string>): boolean {
  const value = id === undefined ? undefined : facts.values[id];
  return value?.k === 'literal' && typeof value.value === 'string' && names.has(plainName(value.value));
}

/** What a value is put into that has a name holds it too. */
function followNamed(types: Types, path: string, id: ValueId | undefined, reads: Reads, seen: Set<string>): void {
  const facts = types.program.get(path)!;
  const value = id === undefined ? undefined : facts.values[id];
  if (value?.k !== 'binding') reads.away = true;
  else {
    for (const use of indexOf(facts).bindingUses[value.binding] ?? []) follow(types, path, use, reads, seen);
    const { kind, sources } = facts.bindings[value.binding]!;
    // A list that is given to be filled is whoever's it is.
    const given = kind === 'parameter' ? sources.flatMap((source) => argumentsFor(types, path, source)) : [];
    if (kind === 'parameter' && given.length === 0) reads.away = true;
    const key = `g${value.binding}@${path}`;
    if (given.length > 0 && !seen.has(key)) {
      seen.add(key);
      for (const place of given) followNamed(types, place.path, place.value, reads, seen);
    }
  }
}

function argumentsFor(types: Types, path: string, id: ValueId): readonly Place[] {
  const value = types.program.get(path)!.values[id];
  return value?.k === 'parameter' ? types.callers.productArgumentsOf(path, value.fn, value.index) : [];
}

/** Whether something depends on there being a value: `if (result.id)`, `result.id || ''`, `!result.id`. */
function isAsked(facts: FileFacts, id: ValueId): boolean {
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'test') return true;
    const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return (parent?.k === 'choice' && parent.of[0] === id) || (parent?.k === 'operator' && parent.op === 'not');
  });
}

/** Work on texts, lists and tables, whose result holds the outcome still. */
const SAME = new Set(['String', 'values', 'entries', 'from', 'dump', 'format', 'DataFrame', 'Series', 'from_dict', 'from_records', 'json_normalize', 'concat', 'chain', 'from_iterable', 'copy', 'deepcopy']);

/** Methods that write the whole of a table down. */
const WRITES = /^to_(?:csv|excel|sql|json|parquet|gbq)$/;

/** The whole result is given to a function of somebody else: written down, made a text, or shown to who knows whom. */
function given(types: Types, path: string, user: ValueId, reads: Reads, seen: Set<string>): void {
  const call = types.program.get(path)!.values[user]!;
  if (call.k !== 'call') return;
  const name = lastName(types.program.get(path)!, call.callee) ?? '';
  if (makesText(name)) followText(types, path, user, holding(types, reads, seen), new Set());
  else if (SAME.has(name)) follow(types, path, user, reads, seen);
  else if (reads.effects.of(path, user, undefined) === 'log') reads.logged = true;
  else reads.shown = true;
}

function isParameterCallee(facts: FileFacts, callee: ValueId): boolean {
  const value = facts.values[callee];
  return value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter';
}
