import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { FileFacts, FunctionId, StepFact, ValueId } from '../../facts/facts.ts';
import { lastName } from '../../facts/fileIndex.ts';
import type { Fix, Refusal } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { helperFor } from '../insert-retry/helperOfFile.ts';
import { HELPER_NAME } from '../insert-retry/retryHelper.ts';
import { isRepeatable } from '../insert-retry/wrap.ts';
import { isPureCall } from '../pure.ts';
import { scriptWriterOf } from '../writers.ts';

const REFUSAL: Refusal = {
  fix: 'retry-function', reason: 'not-all-repeatable',
  text: 'The function has effects that must not be repeated, such as a create, or more in it than requests on lines of its own. Repeat the requests each by itself.',
};

/**
 * Wraps the whole body of a function with several requests in one retry, where every one of them may be repeated and nothing else in it has an effect. Refused
 * where that is not sure.
 */
export function retryFunction(request: FixRequest): Fix | Refusal {
  const { covered, calls, others } = request;
  const helper = helperFor(request);
  if (typeof helper === 'string' || others.length === 0) return REFUSAL;
  const { facts, source, path } = helper;
  const id = facts.values[covered.call.value]!.in;
  const fn = facts.functions[id]!;
  if (!fn.async || fn.generator || !['function', 'arrow', 'method'].includes(fn.kind) || others.some((each) => facts.values[each.call.value]!.in !== id)) return REFUSAL;
  const own = new Map(calls.map((each) => [each.call.value, each]));
  if (!isRepeatableBody(facts, id, own)) return REFUSAL;
  const body = scriptWriterOf(facts)?.bodyWrap(facts, source, id, `return ${HELPER_NAME}(async () => {`, '}, { repeatable: true })');
  if (!body) return REFUSAL;
  return {
    id: 'retry-function',
    title: `Repeat this function as a whole after failures that pass by themselves (${others.length + 1} requests, all repeatable)`,
    preferred: false,
    edits: { [path]: [...helper.imports, ...body].sort((one, other) => one.start - other.start) },
    creates: helper.creates,
  };
}

function isRepeatableBody(facts: FileFacts, id: FunctionId, own: ReadonlyMap<ValueId, CoveredCall>): boolean {
  return facts.functions[id]!.blocks.every(({ steps, next }) => next.k !== 'iterate' || !next.awaits ? steps.every((step) => isRepeatableStep(facts, id, own, step)) : false);
}

const SOBJECT = /^(?:sobject|select|where|limit|sort|orderby|offset|find|findOne)$/;

function isRepeatableStep(facts: FileFacts, id: FunctionId, own: ReadonlyMap<ValueId, CoveredCall>, step: StepFact): boolean {
  switch (step.k) {
    case 'bind': {
      const { in: scope, kind } = facts.bindings[step.binding]!;
      // A parameter that is assigned keeps what the failed attempt has made of it.
      return scope === id && (kind !== 'parameter' || facts.values[step.value]!.k === 'parameter');
    }
    case 'store':
    case 'yield':
      return false;
    case 'call': {
      const call = facts.values[step.value]!;
      const request = own.get(step.value);
      if (request) return isRepeatable(request) && request.call.operation.requests !== 'many-writes';
      if (call.k !== 'call') return true;
      const callee = facts.values[call.callee]!;
      const on = callee.k === 'member' ? facts.values[callee.object]! : undefined;
      if (on?.k === 'global' && on.name === 'console') return true;
      return SOBJECT.test(lastName(facts, call.callee) ?? '') || isPureCall(facts, call, false);
    }
    default:
      return true;
  }
}
