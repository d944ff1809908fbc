import { posix } from 'node:path';
import { isWaitedFor } from '../../coverage/waitedFor.ts';
import type { FileFacts, FunctionId, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import type { Fix, Refusal, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { chainFrom } from '../requestChain.ts';
import { scriptWriterOf } from '../writers.ts';
import { type RefusalReason, REFUSALS } from './refusals.ts';

/** Steps after which a chain is no promise of the request. */
const OTHER_WAYS = new Set(['on', 'once', 'pipe', 'stream', 'addListener']);
/** What calls a function without waiting for what it gives. */
const NOBODY_WAITS = new Set(['each', 'later', 'aside', 'event']);

/** Waits for a request that is dropped, so that its failure arrives where the function's other failures do. */
export function awaitCall(request: FixRequest): Fix | Refusal {
  return waiting(request, 'await-call', 'Await the call, so that its failure is not lost');
}

/** Waits for a request that is sent only when something waits for it. */
export function startRequest(request: FixRequest): Fix | Refusal {
  return waiting(request, 'start-request', 'Await the call, so that the request is sent');
}

function waiting({ covered: { call, ignoredCallback, ignoredError }, program, text }: FixRequest, id: string, title: string): Fix | Refusal {
  const refuse = (reason: RefusalReason): Refusal => ({ fix: id, reason, text: REFUSALS[reason] });
  const { path, value } = call;
  const facts = program.get(path);
  const source = text(path);
  if (!facts || source === undefined || !scriptWriterOf(facts)) return refuse('language');
  if (ignoredCallback || ignoredError) return refuse('callback');
  if (call.variant.events) return refuse('stream');
  const chain = chainFrom(facts, value);
  const whole = chain.at(-1)!.value;
  const uses = indexOf(facts).consumers[whole] ?? [];
  if (chain.some(({ name }) => name !== undefined && OTHER_WAYS.has(name))) return refuse('stream');
  if (uses.length !== 1 || uses[0]!.k !== 'drop') return refuse('kept');
  const { at, in: fn } = facts.values[whole]!;
  const word = { start: at, end: at, newText: 'await ' };
  if (fn === 0) return isModuleThatWaits(facts, path, program.projects.of(path)) ? made(path, id, title, [word]) : refuse('module');
  if (isDroppedAgain(facts, fn, whole)) return refuse('nobody-waits');
  if (facts.functions[fn]!.async) return made(path, id, title, [word]);
  const more = canWait(facts, fn) ? scriptWriterOf(facts)!.asyncInsertions(facts, source, fn) : undefined;
  return !more ? refuse('nobody-waits') : made(path, id, title.replace('Await the call', 'Make the function async and await the call'), [...more.map((each) => ({ start: each.at, end: each.to, newText: each.text })), word]);
}

function made(path: string, id: string, title: string, edits: TextEdit[]): Fix {
  return { id, title, preferred: true, edits: { [path]: edits }, creates: {} };
}

/** Whether a module may wait outside of functions, for sure: what TypeScript allows depends on more than its file tells. */
function isModuleThatWaits(facts: FileFacts, path: string, { type }: { type: string }): boolean {
  const extension = posix.extname(path);
  return facts.dialect === 'javascript' && (extension === '.mjs' || (extension === '.js' && type === 'module'));
}

/** Whether the failure would be dropped by whoever calls the function: `rows.forEach(async (row) => …)`. */
function isDroppedAgain(facts: FileFacts, fn: FunctionId, value: ValueId): boolean {
  const place = indexOf(facts).places.get(value);
  if (place && facts.functions[fn]!.blocks[place.block]!.onThrow !== undefined) return false;
  return takersOf(facts, fn).some(({ protocol }) => protocol !== undefined && NOBODY_WAITS.has(protocol));
}

/** The calls that are given a function where it is written. */
function takersOf(facts: FileFacts, fn: FunctionId): { value: ValueId; protocol: string | undefined }[] {
  const index = indexOf(facts);
  const literal = index.functionValue.get(fn);
  return (literal === undefined ? [] : (index.consumers[literal] ?? [])).flatMap((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && call?.k === 'call' && call.callee !== literal ? [{ value: consumer.value, protocol: call.protocol }] : [];
  });
}

/** Whether everybody who calls a function waits for it already, so that it may become async and mean the same. */
function canWait(facts: FileFacts, fn: FunctionId): boolean {
  const index = indexOf(facts);
  const literal = index.functionValue.get(fn);
  const uses = literal === undefined ? [] : (index.consumers[literal] ?? []);
  if (uses.length !== 1) return false;
  const [use] = uses;
  if (use!.k === 'bind') {
    const { constant, kind } = facts.bindings[use!.binding]!;
    const sites = index.bindingUses[use!.binding] ?? [];
    return (constant || kind === 'function') && !index.exportedBindings.has(use!.binding) && sites.length > 0 && sites.every((site) => isCalledAndAwaited(facts, site));
  }
  return takersOf(facts, fn).some(({ value, protocol }) => ['then', 'catch', 'finally'].includes(protocol ?? '') && isWaitedFor(facts, value));
}

function isCalledAndAwaited(facts: FileFacts, id: ValueId): boolean {
  const index = indexOf(facts);
  const [only, ...others] = index.consumers[id] ?? [];
  const call = only?.k === 'value' ? facts.values[only.value] : undefined;
  if (others.length > 0 || only?.k !== 'value' || call?.k !== 'call' || call.callee !== id) return false;
  const after = index.consumers[only.value] ?? [];
  return after.length === 1 && after[0]!.k === 'value' && facts.values[after[0]!.value]!.k === 'await';
}
