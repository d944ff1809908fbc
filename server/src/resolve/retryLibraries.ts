import { retryLibraries } from '../../../catalog/index.ts';
import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import { isNamed } from './decorators.ts';
import type { Types } from './types.ts';

/** What the catalogue says of a function or policy that repeats, as far as both have it. */
interface Repeating {
  manual?: boolean | undefined;
  callback?: boolean | undefined;
  list?: string | undefined;
  byName?: string | undefined;
  passes?: boolean | undefined;
  returnsFunction?: boolean | undefined;
}

/** The function or policy of a retry library that a call is, if it repeats this argument. */
export function retryLibrary(types: Types, path: string, id: ValueId, index: number): Repeating | undefined {
  const facts = types.program.get(path)!;
  const call = facts.values[id]!;
  if (call.k !== 'call') return undefined;
  for (const type of types.of(path, call.callee)) {
    const found = type.k === 'retry-module' ? type.library.functions.find((each) => each.repeats === index && retryExport(each.export, type.path)) : undefined;
    if (found?.chained !== undefined && !isFollowedBy(facts, id, found.chained)) return undefined;
    if (found) return found;
  }
  for (const type of types.of(path, call.callee)) {
    const found = type.k === 'retry-policy' ? type.library.policies?.find((each) => each.factory === type.factory && each.called === index) : undefined;
    if (found) return found;
  }
  const callee = facts.values[call.callee];
  if (callee?.k !== 'member') return undefined;
  for (const type of types.of(path, callee.object)) {
    const found = type.k === 'retry-policy' ? type.library.policies?.find((each) => each.methods[callee.name] === index) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Steps of a chain that are looked at. */
const MOST_STEPS = 20;

/** Whether a step of this name follows on what a call gives, also under a name. */
function isFollowedBy(facts: FileFacts, id: ValueId, name: string, steps = 0): boolean {
  const index = indexOf(facts);
  return steps < MOST_STEPS && (index.consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'bind') return (index.bindingUses[consumer.binding] ?? []).some((use) => isFollowedBy(facts, use, name, steps + 1));
    const value = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value') return false;
    if (value?.k === 'member' && value.object === id) return value.name === name || isFollowedBy(facts, consumer.value, name, steps + 1);
    return value?.k === 'call' && value.callee === id && isFollowedBy(facts, consumer.value, name, steps + 1);
  });
}

/** What a method of a policy runs where the last attempt has failed. */
export function recoveryOf(types: Types, path: string, call: CallValue): ValueId | undefined {
  const facts = types.program.get(path)!;
  const callee = facts.values[call.callee];
  if (callee?.k !== 'member') return undefined;
  for (const type of types.of(path, callee.object)) {
    const at = type.k === 'retry-policy' ? type.library.policies?.find((each) => each.factory === type.factory)?.recovers?.[callee.name] : undefined;
    if (at !== undefined && call.args[at] !== undefined && types.of(path, call.args[at]).some(({ k }) => k === 'function')) return call.args[at];
  }
  return undefined;
}

/** What a decorator that repeats is called where its library is not known. */
const REPEATING = /^@(?:[\w$]+\.)*(?:with|auto|use)?retr(?:y|ies|yable)(?:On\w*|able)?(?![\w$])/i;

/** Whether a decorator of a method repeats it. */
export function isRepeatedByDecorator(decorators: readonly string[]): boolean {
  return decorators.some((written) => REPEATING.test(written) || retryLibraries().some((library) => library.decorators?.some((name) => isNamed(written, name))));
}

/** What is written in a decorator that repeats a method: how often, and whether it chooses which failures; undefined where the library is not known, or does not say so in words. */
export function toldByDecorator(facts: FileFacts, decorators: readonly string[]): { chooses: boolean; byResult: boolean; attempts: number | undefined } | undefined {
  const libraries = retryLibraries().filter(({ language, packages }) => (language ?? 'javascript') === facts.language && facts.imports.some(({ module }) => packages.some((name) => module === name || module.startsWith(`${name}.`))));
  for (const { told } of libraries) {
    for (const [name, words] of Object.entries(told ?? {})) {
      const written = decorators.find((each) => isNamed(each, name));
      if (written === undefined) continue;
      const given = written.slice(written.indexOf('(') + 1 || written.length);
      const isGiven = (names: readonly string[] = []): boolean => names.some((word) => new RegExp(`(?<![\\w.])${word}\\s*=`).test(given));
      const chooses = isGiven(words.chooses) || (words.choosesByPlace === true && /^\s*[^\s)](?![\w\s]*=)/.test(given));
      const { option, counts, default: usual } = words.attempts ?? {};
      const number = option === undefined ? undefined : new RegExp(`\\b${option}\\s*[=(]\\s*(?:max_attempt_number\\s*=\\s*)?(\\d{1,3})\\b`).exec(given)?.[1];
      const count = number === undefined ? (option !== undefined && given.includes(option) ? undefined : usual) : Number(number);
      return { chooses, byResult: isGiven(words.byResult), attempts: count === undefined ? undefined : count + (counts === 'retries' ? 1 : 0) };
    }
  }
  return undefined;
}

/** Whether a decorator, under whatever name it was imported or kept, is one of a retry library: `@again`, of `again = retry(stop=…)`. */
export function isRepeatingDecorator(types: Types, path: string, callee: ValueId, depth = 0): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[callee];
  const given = value?.k === 'binding' ? facts.bindings[value.binding]!.sources : [];
  if (value?.k === 'call' && isRepeatingDecorator(types, path, value.callee, depth + 1)) return true;
  if (depth < 3 && given.some((source) => facts.values[source]?.k === 'call' && isRepeatingDecorator(types, path, source, depth + 1))) return true;
  return types.of(path, callee).some((type) => type.k === 'retry-module' && type.library.decorators?.includes(type.path.split('.').at(-1)!));
}

/** What a function that may repeat what it is given is called where nothing else is known of it. */
const MAY_REPEAT = /retr(?:y|ies)|attempt|backoff|resilien|repeat|again|persist|robust|until|policy|breaker|throttl|queue|limiter|schedul|job|task|step|activity/i;

/** Whether something unknown that is given a function may repeat it, by all that is known of it: its name. */
export function mayRepeat(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  if (call?.k !== 'call') return false;
  const callee = facts.values[call.callee];
  const names = [lastName(facts, call.callee) ?? '', callee?.k === 'member' ? (lastName(facts, callee.object) ?? '') : ''];
  // A function that is itself a parameter may be anything.
  return names.some((name) => MAY_REPEAT.test(name)) || (callee?.k === 'binding' && facts.bindings[callee.binding]!.kind === 'parameter');
}

/** The policy that a type of a retry library is, by its name. */
export function policyOfType({ library, path }: Extract<AbstractType, { k: 'retry-module' }>): AbstractType[] {
  const found = library.policies?.find((each) => each.types?.includes(path));
  return found ? [{ k: 'retry-policy', library, factory: found.factory }] : [];
}

/** What calling a value of a retry library gives, where that is a policy or, in a library whose policies are made by chains of calls, goes on to one. */
export function policyMade(type: Extract<AbstractType, { k: 'retry-module' }>): AbstractType[] {
  const { library, path } = type;
  const policy = library.policies?.find((each) => retryExport(each.factory, path));
  if (policy) return [{ k: 'retry-policy', library, factory: policy.factory }];
  return library.chains ? [type] : [];
}

/** Whether an export path of a retry library's model names this path: `default` is also the CommonJS module itself, `*` any words of a chain. */
export function retryExport(wanted: string, path: string): boolean {
  if (wanted.includes('*')) return new RegExp(`^${wanted.split('*').map((each) => each.replace(/[.+?^$()[\]{}|\\]/g, '\\$&')).join('.*')}$`).test(path);
  return wanted === path || (wanted === 'default' && path === '*') || `default.${wanted}` === path;
}
