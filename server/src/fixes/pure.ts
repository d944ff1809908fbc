import type { FileFacts, FunctionId, ValueFact } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';

export type CallFact = Extract<ValueFact, { k: 'call' }>;

/** Functions and methods of the language that only make a value of what they are given. */
const PURE = new RegExp(`^(?:${[
  'toISOString|toString|toJSON|toFixed|toLowerCase|toUpperCase|toLocaleString|toLocaleDateString|getTime|valueOf|stringify|parse|parseInt|parseFloat|isArray|isNaN',
  'trim|trimEnd|trimStart|join|slice|substring|substr|replace|replaceAll|split|concat|padStart|padEnd|includes|startsWith|endsWith|indexOf|charAt|at|match|repeat',
  'map|filter|find|some|every|reduce|flat|flatMap|keys|values|entries|fromEntries|get|has|from|of|format|String|Number|Boolean|Array|Buffer|URLSearchParams|URL|RegExp|Error|Map|Set',
  'strip|lstrip|rstrip|lower|upper|title|isoformat|strftime|dumps|loads|str|int|float|bool|len|dict|list|tuple|items|quote|ToString|ToLower|ToUpper|Trim|Replace|Substring|Format|Concat|Join|asList|equals|length|size',
  'encodeURIComponent|decodeURIComponent|encodeURI|floor|ceil|round|min|max|abs|structuredClone|createReadStream',
].join('|')})$`);
/** Those of them that call what they are given. */
const CALLS = /^(?:map|filter|find|some|every|reduce|flatMap)$/;
/** What differs from one call to the next and does nothing else. */
const TIME = /^(?:Date|now|random|randomUUID|uuid|uuidv4|v4|nanoid)$/;

/** Whether a call may be made once more, by what it is called. @param timeIsPure whether another time, or another random value, does no harm */
export function isPureCall(facts: FileFacts, { callee: id, args }: CallFact, timeIsPure: boolean): boolean {
  const name = lastName(facts, id) ?? '';
  const callee = facts.values[id]!;
  if (TIME.test(name)) return timeIsPure;
  if (!PURE.test(name) || (callee.k !== 'member' && callee.k !== 'global')) return false;
  return args.every((arg) => {
    const given = facts.values[arg]!;
    return given.k === 'function' ? isPureFunction(facts, given.fn, timeIsPure) : !CALLS.test(name);
  });
}

function isPureFunction(facts: FileFacts, fn: FunctionId, timeIsPure: boolean): boolean {
  return facts.functions[fn]!.blocks.every((block) => block.steps.every((step) => {
    if (step.k === 'store' || step.k === 'await' || step.k === 'yield') return false;
    if (step.k === 'bind') return facts.bindings[step.binding]!.in === fn;
    const value = step.k === 'call' ? facts.values[step.value]! : undefined;
    return value?.k !== 'call' || isPureCall(facts, value, timeIsPure);
  }));
}
