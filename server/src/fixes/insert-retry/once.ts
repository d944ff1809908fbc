import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { FileFacts, ValueFact, ValueId } from '../../facts/facts.ts';
import { lastName, partsOf } from '../../facts/fileIndex.ts';
import { forgetsNarrowing } from './narrowing.ts';
import { type CallFact, isPureCall } from '../pure.ts';
import type { RefusalReason } from './refusals.ts';

/** A part of the repeated expression that must be evaluated once, before it. */
export interface Once {
  value: ValueId;
  reason: Extract<RefusalReason, 'effects' | 'types' | 'changed-later'>;
}

/** What is asked of the parts of an expression that is about to be repeated. */
interface Question {
  facts: FileFacts;
  source: string;
  /** Where the expression begins. */
  from: number;
  /** The call and what follows it in its chain. */
  sent: ReadonlySet<ValueId>;
  /** What the call is made on. */
  receiver: ReadonlySet<ValueId>;
  /** A time or a random value that differs in the repeat is harmless. */
  timeIsPure: boolean;
  /** Other code of the function runs while the request is on its way. */
  awaited: boolean;
}

/** The parts of a repeated expression that would do or mean something else in a repeat, in source order; none of them lies in another. */
export function evaluatedOnce(facts: FileFacts, source: string, root: ValueId, { call }: CoveredCall, awaited: boolean): Once[] {
  const spine = spineOf(facts, root);
  const own = spine.indexOf(call.value);
  const question: Question = {
    facts, source, from: facts.values[root]!.at, sent: new Set(spine.slice(0, own + 1)), receiver: new Set(spine.slice(own + 1)), timeIsPure: call.operation.kind !== 'upsert', awaited,
  };
  const out: Once[] = [];
  visit(question, root, out);
  return out.sort((one, other) => facts.values[one.value]!.at - facts.values[other.value]!.at);
}

/** An expression and what it is a member or a call of, down to the first object. */
function spineOf(facts: FileFacts, root: ValueId): ValueId[] {
  const spine: ValueId[] = [];
  for (let at: ValueId | undefined = root; at !== undefined; ) {
    spine.push(at);
    const value: ValueFact = facts.values[at]!;
    at = value.k === 'call' ? value.callee : value.k === 'member' ? value.object : undefined;
  }
  return spine;
}

/** Methods by which a client makes the thing that sends the request: making it again is free. */
const CLIENT_PARTS = /^(?:sobject|record|job|createJob|find|select|getInstance|getConnection|getOrg|request|org)$/;

function visit(question: Question, id: ValueId, out: Once[]): void {
  const { facts, source } = question;
  const value = facts.values[id]!;
  switch (value.k) {
    case 'await':
    case 'yield':
    case 'assign':
      out.push({ value: id, reason: 'effects' });
      return;
    case 'operator':
      if (isAssignment(value.op)) out.push({ value: id, reason: 'effects' });
      else for (const part of partsOf(value)) visit(question, part, out);
      return;
    case 'choice': {
      // Its parts are not always evaluated, so that it goes as a whole.
      const inner: Once[] = [];
      for (const part of partsOf(value)) visit(question, part, inner);
      if (inner.length > 0) out.push({ value: id, reason: inner[0]!.reason });
      return;
    }
    case 'call': {
      if (!isHarmless(question, id, value)) {
        out.push({ value: id, reason: 'effects' });
        return;
      }
      const callee = facts.values[value.callee]!;
      // The method itself belongs to its object.
      if (callee.k === 'member') visit(question, callee.object, out);
      else if (callee.k === 'call') visit(question, value.callee, out);
      for (const part of value.args) visit(question, part, out);
      return;
    }
    case 'member':
      if (forgetsNarrowing(facts, source, id, question.from)) out.push({ value: id, reason: 'types' });
      else visit(question, value.object, out);
      return;
    case 'binding':
      if (!question.awaited && isReassigned(question, value.binding)) out.push({ value: id, reason: 'changed-later' });
      else if (forgetsNarrowing(facts, source, id, question.from)) out.push({ value: id, reason: 'types' });
      return;
    case 'function':
    case 'class':
      return;
    default:
      for (const part of partsOf(value)) visit(question, part, out);
  }
}

/** Whether a variable may hold something else when the request is repeated: it is assigned more than once, or is one for all rounds of a loop. */
function isReassigned({ facts, source }: Question, binding: number): boolean {
  const { kind, constant, sources, at, name } = facts.bindings[binding]!;
  if (kind === 'parameter') return sources.length > 1;
  if (constant || kind !== 'variable') return false;
  return sources.length > 1 || /\bvar\s[^;]*$/.test(source.slice(Math.max(0, at - 200), at)) || /^\s*(?:[;,]|\r?\n)/.test(source.slice(at + name.length, at + name.length + 100));
}

function isAssignment(op: string): boolean {
  return op === '++' || op === '--' || op === 'delete' || (op.endsWith('=') && !['==', '===', '!=', '!==', '<=', '>='].includes(op));
}

/** Whether a call may be made again with the request. */
function isHarmless({ facts, sent, receiver, timeIsPure }: Question, id: ValueId, call: CallFact): boolean {
  return sent.has(id) || (receiver.has(id) && CLIENT_PARTS.test(lastName(facts, call.callee) ?? '')) || isPureCall(facts, call, timeIsPure);
}
