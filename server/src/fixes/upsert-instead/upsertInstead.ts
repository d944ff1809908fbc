import type { FileFacts, ValueId } from '../../facts/facts.ts';
import type { Fix, Refusal, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { helperFor } from '../insert-retry/helperOfFile.ts';
import { inOrder, wrapped } from '../insert-retry/wrap.ts';

/** Fields by whose name somebody has said that they hold a key of another system. */
const EXTERNAL_ID = /(?:external|ext|legacy|erp|source|foreign|unique|integration|import|sync)_?[A-Za-z0-9_]*(?:id|key|number|no|code)__c$|(?:^|_)(?:uuid|guid|key)__c$/i;

const REFUSAL: Refusal = {
  fix: 'upsert-instead', reason: 'no-external-id',
  text: 'No field of the record is seen here that is named as an external id. Give the object a unique external id, and upsert by that; then a repeat after a lost answer does no harm.',
};

/**
 * Makes a create one that may be repeated: an upsert by a field of the record that is named as an external id, with a retry after lost answers too. Refused where
 * no such field can be seen, or the call has another form; undefined for clients whose upsert is written otherwise.
 */
export function upsertInstead(request: FixRequest): Fix | Refusal | undefined {
  const { call } = request.covered;
  if (!['jsforce', 'salesforce-core'].includes(call.client.id)) return undefined;
  if (call.operation.kind !== 'create' || !/^(?:create|insert)$/.test(call.method)) return REFUSAL;
  const helper = helperFor(request);
  if (typeof helper === 'string') return REFUSAL;
  const { facts, source, path } = helper;
  const record = call.args.at(-1);
  const key = record === undefined || call.args.length > 2 ? undefined : keyOf(facts, record);
  const before = record === undefined || call.args.length < 2 ? undefined : facts.values[call.args[0]!]!;
  // With two arguments the first is the object's name, else the second would be options.
  if (key === undefined || (before && before.k !== 'literal')) return REFUSAL;
  const wrap = wrapped(helper, request.covered, true, new Set());
  if (typeof wrap === 'string') return REFUSAL;
  const { to } = facts.values[record!]!;
  const quote = source.slice(0, call.nameAt).lastIndexOf('"') > source.slice(0, call.nameAt).lastIndexOf("'") ? '"' : "'";
  const edits: TextEdit[] = [{ start: call.nameAt, end: call.nameTo, newText: 'upsert' }, { start: to, end: to, newText: `, ${quote}${key}${quote}` }];
  if (edits.some(({ start }) => wrap.some((each) => each.start < start && start < each.end))) return REFUSAL;
  return {
    id: 'upsert-instead',
    title: `Make the create repeatable: upsert by ${key} (a unique external id), with a retry`,
    preferred: false,
    edits: { [path]: inOrder([...edits, ...wrap, ...helper.imports]) },
    creates: helper.creates,
  };
}

/** The field of a record that is named as an external id and holds something, if there is one. */
function keyOf(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id]!;
  if (value.k === 'binding') {
    const { constant, sources } = facts.bindings[value.binding]!;
    return constant && sources.length === 1 ? keyOf(facts, sources[0]!) : undefined;
  }
  if (value.k !== 'object') return undefined;
  const keys = value.props.filter((prop) => EXTERNAL_ID.test(prop.key) && !isNothing(facts, prop.value)).map(({ key }) => key);
  return keys.length === 1 ? keys[0] : undefined;
}

function isNothing(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id]!;
  return value.k === 'undefined' || (value.k === 'literal' && (value.value === null || value.value === ''));
}
