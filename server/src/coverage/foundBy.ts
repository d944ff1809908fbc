import type { ValueId } from '../facts/facts.ts';
import { textsOf, withHoles } from '../resolve/texts.ts';
import type { Types } from '../resolve/types.ts';
import { isAbsent } from './nothing.ts';

/** Operators of condition objects, as SOQL spells them. */
const OPERATORS: Readonly<Record<string, string>> = { $eq: '=', $ne: '!=', $gt: '>', $gte: '>=', $lt: '<', $lte: '<=', $like: 'LIKE', $nlike: '!=', $in: 'IN', $nin: 'NOT IN', $includes: 'INCLUDES', $excludes: 'EXCLUDES' };
/** Conditions within conditions. */
const DEPTH = 4;

/**
 * The filter that a condition given to a query stands for, in SOQL: `{ Active__c: true, Name: { $in: names } }`, or text. Values that are not known stand as
 * `\0`. @returns the clause without WHERE, empty where there is no condition; undefined where the condition is not known.
 */
export function filterOf(types: Types, path: string, id: ValueId, depth = DEPTH): string | undefined {
  const facts = types.program.get(path)!;
  const value = facts.values[id]!;
  if (isAbsent(facts, id)) return '';
  if (value.k === 'object') {
    if (value.spreads.length > 0 || depth === 0) return undefined;
    const parts = value.props.map(({ key, value: given }) => (/^\$(?:and|or)$/.test(key) ? filterOf(types, path, given, depth - 1) : comparison(types, path, key, given)));
    return parts.includes(undefined) ? undefined : parts.filter((part) => part !== '').join(' AND ');
  }
  if (value.k === 'array') {
    const parts = value.items.map((item) => filterOf(types, path, item, depth - 1));
    return value.spreads.length > 0 || depth === 0 || parts.includes(undefined) ? undefined : parts.filter((part) => part !== '').join(' AND ');
  }
  const texts = value.k === 'literal' || value.k === 'template' ? textsOf(types, path, id).map((text) => withHoles(text, '\0')) : [];
  return texts.length === 1 ? texts[0] : undefined;
}

function comparison(types: Types, path: string, field: string, id: ValueId): string | undefined {
  const value = types.program.get(path)!.values[id]!;
  if (value.k === 'array') return `${field} IN (\0)`;
  if (value.k !== 'object') return `${field} = ${spokenValue(types, path, id)}`;
  if (value.spreads.length > 0) return undefined;
  const parts = value.props.map(({ key, value: given }) => {
    const operator = Object.hasOwn(OPERATORS, key) ? OPERATORS[key] : undefined;
    return operator === undefined ? undefined : `${field} ${operator} ${/IN$/.test(operator) ? '(\0)' : spokenValue(types, path, given)}`;
  });
  return parts.includes(undefined) ? undefined : parts.join(' AND ');
}

/** A value as it stands in a filter. A number may well be a key. */
function spokenValue(types: Types, path: string, id: ValueId): string {
  const value = types.program.get(path)!.values[id]!;
  if (value.k === 'literal' && typeof value.value === 'boolean') return String(value.value);
  const [text, ...others] = textsOf(types, path, id);
  return text === undefined || others.length > 0 || !/^[^\u0001'\\]*$/.test(text) ? '\0' : `'${text}'`;
}
