import type { FileFacts, ValueFact, ValueId } from '../../facts/facts.ts';
import { indexOf, lastName } from '../../facts/fileIndex.ts';

/** Dialects whose compiler knows more of a variable after a test. */
const NARROWS = new Set(['typescript', 'tsx']);

/**
 * Whether TypeScript would know less of a variable or a field inside a function than where it stands: a test or an assignment before it says what it is, and a
 * function may be called later, when that no longer holds. Constants and parameters that are never assigned keep what is known of them.
 * @param before only what stands before this offset counts
 */
export function forgetsNarrowing(facts: FileFacts, source: string, id: ValueId, before: number): boolean {
  if (!NARROWS.has(facts.dialect)) return false;
  const value = facts.values[id]!;
  if (value.k === 'member') return isPath(facts, id) && isToldBefore(facts, source, id, value, before);
  if (value.k !== 'binding') return false;
  const { constant, kind, name, sources, type, at } = facts.bindings[value.binding]!;
  if (constant || (kind !== 'variable' && (kind !== 'parameter' || sources.length < 2))) return false;
  const rest = source.slice(at + name.length, at + name.length + 400);
  // Without a type and a first value, the compiler reads the type off the assignments, and only outside of functions.
  if (kind === 'variable' && !type && /^\s*(?:;|,|\r?\n)/.test(rest)) return true;
  if ((indexOf(facts).bindingUses[value.binding] ?? []).some((use) => use !== id && facts.values[use]!.at < before && facts.values[use]!.in === value.in && isTested(facts, use))) return true;
  return /^\s*(?:\?\s*:|:[^;=,){\n]*\b(?:undefined|null|unknown|any)\b|=\s*(?:undefined|null)\b)/.test(rest);
}

/** A path of names that begins at a variable or at `this`. */
function isPath(facts: FileFacts, id: ValueId): boolean {
  for (let at = id; ; ) {
    const value = facts.values[at]!;
    if (value.k === 'binding' || value.k === 'this') return true;
    if (value.k !== 'member') return false;
    at = value.object;
  }
}

const SAYS_WHAT_IT_IS = /^(?:assert|invariant|is[A-Z]|has[A-Z]|ensure|check|require|expect|isArray)/;
const TESTS = new Set(['not', '==', '===', '!=', '!==', 'instanceof', 'typeof', 'in']);

function isToldBefore(facts: FileFacts, source: string, id: ValueId, member: Extract<ValueFact, { k: 'member' }>, before: number): boolean {
  const path = written(source, member);
  const { membersByName, storesByName } = indexOf(facts);
  const sameObject = (object: ValueId): boolean => written(source, facts.values[object]!) === written(source, facts.values[member.object]!);
  const { parent } = facts.functions[member.in]!;
  const inReach = (fn: number): boolean => fn === member.in || fn === parent;
  if ((storesByName.get(member.name) ?? []).some((each) => {
    const store = facts.stores[each]!;
    return inReach(store.in) && facts.values[store.value]!.at < before && sameObject(store.object);
  })) return true;
  return (membersByName.get(member.name) ?? []).some((each) => {
    const other = facts.values[each]!;
    if (each === id || other.at >= before || other.in !== member.in || written(source, other) !== path) return false;
    return isTested(facts, each);
  });
}

/** Whether a test, or a function that is called like one, may say what a value is. */
function isTested(facts: FileFacts, id: ValueId): boolean {
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'test') return true;
    const user = consumer.k === 'value' ? facts.values[consumer.value]! : undefined;
    if (user?.k === 'choice') return true;
    if (user?.k === 'operator') return TESTS.has(user.op);
    return user?.k === 'call' && user.args.includes(id) && SAYS_WHAT_IT_IS.test(lastName(facts, user.callee) ?? '');
  });
}

/** The text of a path without blanks and marks that say only that it is there. */
function written(source: string, { at, to }: ValueFact): string {
  return source.slice(at, to).replace(/[\s!]|\?(?=\.)/g, '');
}
