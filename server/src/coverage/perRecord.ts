import type { FileFacts, FunctionId, LoopFact, Span, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import { someWithin } from '../facts/positions.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { textsOf, withHoles } from '../resolve/texts.ts';
import type { Types } from '../resolve/types.ts';
import { readSoql } from './soql.ts';

/** Lists up to this length are taken for short. */
const SHORT = 10;

/** What is gone through one by one for other reasons than that there are many: parts of work, kinds of things, places. */
const NO_RECORDS = /chunk|batch|page|org|object|type|table|file|folder|dir|part|group|step|job|quer|config|setting|field|class|name|alias|env|attempt|retr(?:y|ies)|delay|polic/i;

/** What is itself many records, or a piece of one. */
const PARTS = /chunk|batch|block|slice|segment|^pages?$|^parts?$/i;

/** Messages that a queue hands over together: ten, as a rule. */
const MESSAGES = /^(?:Records|messages)$/;

/** Objects whose records are large, so that not many fit into one request. */
const LARGE_BODIES = /^(?:ContentVersion|Attachment|Document|StaticResource|EmailMessage)$/i;

const ONE_RECORD = /^rest\.sobject\.(?:create|update|upsert|delete|retrieve)$/;

/**
 * The loop round a call that sends one request for one record, or one query for one key, for each element of a list of unknown length. Undefined where the
 * list is short, the element decides more than the record, or the loop looks for the first that fits.
 */
export function perRecordOf(types: Types, call: SalesforceCall): (Span & { path: string }) | undefined {
  if (!ONE_RECORD.test(call.operation.id) && !asksForOneKey(types, call)) return undefined;
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  if (!place || writesLargeBodies(types, call)) return undefined;
  const fn = facts.functions[place.fn]!;
  const innermost = fn.blocks[place.block]!.loop;
  if (innermost === undefined) return perElementOf(types, call, place.fn);
  const loop = fn.loops[innermost]!;
  if (loop.kind === 'while' || (loop.over !== undefined && !mayBeMany(types, call.path, loop.over)) || isOfParts(facts, loop) || !variesBy(facts, call, loop)) return undefined;
  const looks = functionIndexOf(facts, fn).returning.has(innermost);
  return looks ? undefined : { path: call.path, at: loop.at, to: loop.to };
}

/** `for (const chunk of stream)`: what each round has says that it is no record. */
function isOfParts(facts: FileFacts, { over }: LoopFact): boolean {
  const { consumers } = indexOf(facts);
  return over !== undefined && (consumers[over] ?? []).some((use) => {
    if (use.k !== 'value' || facts.values[use.value]!.k !== 'element') return false;
    return (consumers[use.value] ?? []).some((each) => each.k === 'bind' && PARTS.test(facts.bindings[each.binding]!.name));
  });
}

/** `records.map(async (record) => …)`. */
function perElementOf(types: Types, call: SalesforceCall, fn: FunctionId): (Span & { path: string }) | undefined {
  const facts = types.program.get(call.path)!;
  const literal = indexOf(facts).functionValue.get(fn);
  for (const consumer of literal === undefined ? [] : (indexOf(facts).consumers[literal] ?? [])) {
    const outer = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    const callee = outer?.k === 'call' && (outer.protocol === 'map' || outer.protocol === 'each') && outer.args[0] === literal ? facts.values[outer.callee] : undefined;
    if (callee?.k === 'member' && mayBeMany(types, call.path, callee.object) && variesBy(facts, call, facts.functions[fn]!)) return { path: call.path, at: callee.nameAt, to: callee.nameTo };
  }
  return undefined;
}

/** A condition that names many values. */
const ASKS_FOR_MANY = /\bIN\s*(?:\(\s*)?'?\0/i;

/** A query of one object by one value that is known only when it runs. */
function asksForOneKey(types: Types, call: SalesforceCall): boolean {
  const value = types.program.get(call.path)!.values[call.value]!;
  if (!/^(?:rest|soap)\.query$/.test(call.operation.id) || call.http || !/^query(?:Async)?$/i.test(call.method) || value.k !== 'call' || value.args[0] === undefined) return false;
  const texts = textsOf(types, call.path, value.args[0]);
  return texts.length === 1 && texts.every((text) => {
    const plain = withHoles(text, '\0');
    const { object, singleRow } = readSoql(plain);
    return !ASKS_FOR_MANY.test(plain) && object !== undefined && !object.includes('\0') && !singleRow && /\bWHERE\b[^<>]*=\s*'\0'/i.test(plain);
  });
}

function writesLargeBodies(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const value = facts.values[call.value]!;
  const callee = value.k === 'call' ? facts.values[value.callee] : undefined;
  const receiver = callee?.k === 'member' ? facts.values[callee.object] : undefined;
  const named = [...(receiver?.k === 'call' ? receiver.args.slice(0, 1) : []), ...(value.k === 'call' ? value.args.slice(0, 1) : [])];
  return named.some((id) => facts.values[id]!.k !== 'object' && textsOf(types, call.path, id).some((text) => LARGE_BODIES.test(text)));
}

function mayBeMany(types: Types, path: string, id: ValueId): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[id]!;
  const name = lastName(facts, id) ?? '';
  if (NO_RECORDS.test(name) || MESSAGES.test(name) || (value.k === 'call' && NO_RECORDS.test(lastName(facts, value.callee) ?? ''))) return false;
  return !types.of(path, id).some((type) => {
    const list = type.k === 'array' ? types.program.get(type.path)!.values[type.value] : undefined;
    return type.k === 'object' || (list?.k === 'array' && list.spreads.length === 0 && list.items.length > 0 && list.items.length <= SHORT);
  });
}

/** Whether what the call is given, and not what it is asked of, is made anew in each round. */
function variesBy(facts: FileFacts, call: SalesforceCall, round: Span): boolean {
  const value = facts.values[call.value]!;
  if (value.k !== 'call') return false;
  const made = (id: ValueId): boolean => {
    const span = facts.values[id]!;
    return someWithin(facts, span.at, span.to, (each) => {
      const part = facts.values[each]!;
      const binding = part.k === 'binding' ? facts.bindings[part.binding]! : undefined;
      return binding !== undefined && binding.at >= round.at && binding.at < round.to;
    });
  };
  const callee = facts.values[value.callee]!;
  return (callee.k !== 'member' || !made(callee.object)) && value.args.some(made);
}
