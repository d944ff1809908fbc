import type { FileFacts, ValueId } from '../facts/facts.ts';

/** Functions that leave out what comes after the point. */
const WHOLE = /^(?:floor|trunc|Floor|Truncate|int|Number|parseInt)$/;

/**
 * What is divided where a value is the hundreds of a number, by which statuses are told apart: `status / 100`, `status // 100`,
 * `Math.floor(status / 100)`, under any name. Undefined for any other value.
 */
export function hundredsOf(facts: FileFacts, id: ValueId, depth = 0): ValueId | undefined {
  const value = facts.values[id];
  if (!value || depth > 4) return undefined;
  if (value.k === 'typed') return hundredsOf(facts, value.of, depth + 1);
  if (value.k === 'binding') {
    const { sources } = facts.bindings[value.binding]!;
    return sources.length === 1 ? hundredsOf(facts, sources[0]!, depth + 1) : undefined;
  }
  if (value.k === 'call') {
    const callee = facts.values[value.callee];
    const isWhole = (callee?.k === 'member' || callee?.k === 'global') && WHOLE.test(callee.name) && value.args.length === 1;
    return isWhole ? hundredsOf(facts, value.args[0]!, depth + 1) : undefined;
  }
  if (value.k !== 'operator' || value.of.length !== 2) return undefined;
  const second = facts.values[value.of[1]!];
  if (second?.k !== 'literal') return undefined;
  if (/^\/\/?$/.test(value.op)) return second.value === 100 ? value.of[0]! : undefined;
  // `status / 100 | 0`
  return value.op === '|' && second.value === 0 ? hundredsOf(facts, value.of[0]!, depth + 1) : undefined;
}

/** The comparison of a status that one of its hundreds amounts to, `/ 100 > 3` being `>= 400`; undefined for one with a single class of failures. */
export function asStatus(op: string, hundreds: number): { op: string; status: number } | undefined {
  if (/^[=!]==?$/.test(op)) return hundreds === 2 ? { op, status: 200 } : undefined;
  const isNext = op === '>' || op === '<=';
  return { op: op.startsWith('>') ? '>=' : '<', status: (hundreds + (isNext ? 1 : 0)) * 100 };
}
