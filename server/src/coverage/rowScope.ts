import { isLargeObject } from '../../../catalog/index.ts';
import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { spellings } from '../facts/reads.ts';
import { soqlTextsOf } from '../resolve/httpRequests.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { textsOf, withHoles } from '../resolve/texts.ts';
import type { Types } from '../resolve/types.ts';
import { filterOf } from './foundBy.ts';
import { outermost } from './outermost.ts';
import { chainOf, laterSteps } from './queryChain.ts';
import { fewest, type Narrowing, readSoql, type SoqlFacts } from './soql.ts';

/** How many records a query can find, as far as its text tells. */
export interface RowScope {
  /**
   * `many`: all records, or all of some state or time, of an object that may hold many. `few`: its text or its use says so, or the object is part of an org's set-up. `unknown`: a list of keys,
   * a filter or a text that comes from elsewhere.
   */
  finds: Narrowing;
  /** All pages up to the client's own cap are asked for, and no cap is named. */
  cappedByLibrary: boolean;
}

/** What methods are called that are given a query as text, however a language spells it. */
const TAKES_TEXT = /^query(?:All)?(?:Async)?$/i;

/** What bounds a query that is built by calls, as a call or as an option. */
const BOUNDS = ['limit', 'offset', 'skip'];

/** Reads what a query asks for. */
export function rowScopeOf(types: Types, call: SalesforceCall): RowScope {
  const facts = types.program.get(call.path)!;
  const value = facts.values[call.value]!;
  if (!call.operation.paging || !['query', 'tooling'].includes(call.operation.kind) || value.k !== 'call' || asksForEnd(types, call) || isUnused(types, call)) return { finds: 'few', cappedByLibrary: false };
  const chain = chainOf(types, call);
  const options = [...call.args, ...chain.flatMap((each) => each.args)];
  const byText = TAKES_TEXT.test(call.method) || call.http !== undefined;
  const texts = call.http ? soqlTextsOf(types, call.path, value, call.http) : byText && call.args[0] !== undefined ? textsOf(types, call.path, call.args[0]) : [];
  const tooling = call.operation.kind === 'tooling';
  const asked = byText ? texts.map((text) => withHoles(text, '\0')) : builtText(types, call, value.callee, chain, options);
  const finds = asked.length === 0 ? 'unknown' : fewest(asked.map((text) => findsOf(readSoql(text), tooling)));
  const later = call.variant.lazy ? laterSteps(types, call.path, chain.at(-1)?.value ?? call.value) : [];
  const steps = [...chain, ...later];
  const given = [...options, ...later.filter(({ path }) => path === call.path).flatMap(({ args }) => args)];
  return { finds, cappedByLibrary: (namesOption(types, call.path, options, 'autoFetch') || steps.some(({ name }) => name === 'stream')) && !namesOption(types, call.path, given, 'maxFetch') && !steps.some(({ name }) => name === 'maxFetch') };
}

/** Waited for and then dropped: a question whether something is there. */
function isUnused(types: Types, call: SalesforceCall): boolean {
  const { consumers } = indexOf(types.program.get(call.path)!);
  const [first, ...more] = consumers[call.value] ?? [];
  return first?.k === 'value' && more.length === 0 && types.program.get(call.path)!.values[first.value]!.k === 'await' && (consumers[first.value] ?? []).every(({ k }) => k === 'drop');
}

/** Whether the code around asks if there is more. */
function asksForEnd(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const root = outermost(facts, facts.values[call.value]!.in);
  return spellings('done').flatMap((name) => indexOf(facts).membersByName.get(name) ?? []).some((id) => outermost(facts, facts.values[id]!.in) === root);
}

function findsOf({ open, narrowing, unfiltered, object, singleRow, limited }: SoqlFacts, tooling: boolean): Narrowing {
  if (singleRow || limited) return 'few';
  if (open || object === undefined) return 'unknown';
  if (!isLarge(object, tooling)) return 'few';
  // A few records in some state are all that many an object of an org's own holds.
  return narrowing === 'many' && !unfiltered && !isLargeObject(object, tooling) ? 'unknown' : narrowing;
}

/** Objects of an org's own, those that everybody has many of, and those whose name comes from elsewhere. */
function isLarge(object: string, tooling: boolean): boolean {
  return isLargeObject(object, tooling) || (!tooling && (/__c$/i.test(object) || /^\0$/.test(object)));
}

/** The query that is built by calls, as text; none where its object is not known. */
function builtText(types: Types, call: SalesforceCall, callee: ValueId, chain: readonly { name: string; args: readonly ValueId[] }[], options: readonly ValueId[]): string[] {
  const object = objectOf(types, call.path, callee);
  const filters = conditionsOf(call.method, call.args, chain).map((id) => filterOf(types, call.path, id) ?? '\0');
  if (object === undefined) return [];
  const where = filters.filter((filter) => filter !== '').join(' AND ');
  const limited = BOUNDS.some((name) => chain.some((each) => each.name === name) || namesOption(types, call.path, options, name));
  return [`SELECT Id FROM ${object}${where === '' ? '' : ` WHERE ${where}`} ORDER BY Id${limited ? ' LIMIT \0' : ''}`];
}

/** The object of `conn.sobject('Account').find()`. */
function objectOf(types: Types, path: string, callee: ValueId): string | undefined {
  const facts = types.program.get(path)!;
  const member = facts.values[callee];
  const receiver = member?.k === 'member' ? facts.values[member.object] : undefined;
  if (receiver?.k !== 'call' || receiver.args[0] === undefined) return undefined;
  const texts = textsOf(types, path, receiver.args[0]);
  const names = new Set(texts.map((text) => withHoles(text, '\0')));
  return names.size === 1 ? [...names][0] : names.size === 0 ? '\0' : undefined;
}

/** The conditions of a query that is built by calls. */
function conditionsOf(method: string, args: readonly ValueId[], chain: readonly { name: string; args: readonly ValueId[] }[]): ValueId[] {
  const own = method === 'find' ? args.slice(0, 1) : [];
  return [...own, ...chain.filter(({ name }) => name === 'where').flatMap((each) => each.args.slice(0, 1))];
}

function namesOption(types: Types, path: string, values: readonly ValueId[], name: string): boolean {
  return values.some((id) => types.of(path, id).some((type) => {
    if (type.k !== 'object') return false;
    const facts = types.program.get(type.path)!;
    const object = facts.values[type.value];
    if (object?.k !== 'object') return false;
    const given = object.props.find(({ key }) => key === name);
    const literal = given && facts.values[given.value];
    return object.spreads.length > 0 ? name === 'maxFetch' : given !== undefined && !(literal?.k === 'literal' && literal.value === false);
  }));
}
