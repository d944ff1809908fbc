import type { BindingId, CallValue, FileFacts, FunctionFact, FunctionId, ValueFact, ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';
import { plainName } from '../facts/reads.ts';
import type { Types } from '../resolve/types.ts';
import { readAnswerTest } from './answerTests.ts';
import { successors } from '../facts/blocks.ts';
import { constant, listed, namedConstant } from './constants.ts';
import { ErrorFlow } from './errorFlow.ts';
import { isKnownClass, takenByClasses } from './exceptionClasses.ts';
import { isForeignClass, isForeignName } from './foreignErrors.ts';
import type { Followed } from './followed.ts';
import type { Mode } from './mode.ts';
import { isAbsent } from './nothing.ts';
import { isOwnClass } from './ownErrors.ts';

/** What a test of an error asks. `presence`: is there an error at all; `elsewhere` where that is asked of something that is not followed, `never` where it asks for what the failure cannot be. `specific`: is it this one. */
export type TestKind = { k: 'presence'; when: boolean; elsewhere?: true; never?: true } | { k: 'specific'; answer: (mode: Mode) => boolean | undefined } | { k: 'other' };

/** A test that says nothing of the error. */
export const OTHER: TestKind = { k: 'other' };

/** What a comparison of a place, which is -1 where there is none, says of whether there is one. */
const PLACES = new Map([['!== -1', true], ['!= -1', true], ['> -1', true], ['>= 0', true], ['=== -1', false], ['== -1', false], ['< 0', false], ['<= -1', false]]);

const ANY_ERROR = /^(?:Error|TypeError|Object|Exception)$/;

/** Reads a branch's test in the light of an error. */
export function readTest(types: Types, path: string, facts: FileFacts, id: ValueId, flow: ErrorFlow, followed?: Followed, depth = 0): TestKind {
  const value = facts.values[id];
  if (!value || depth > 6) return OTHER;
  const place = askedByPlace(facts, value);
  if (place) {
    const holds = readTest(types, path, facts, place.call, flow, followed, depth + 1);
    return place.holds ? holds : negate(holds);
  }
  const ofAnswer = flow.answer && readAnswerTest(facts, id, flow);
  if (ofAnswer) return ofAnswer;
  if (value.k === 'operator') {
    if (value.op === 'not') return negate(readTest(types, path, facts, value.of[0]!, flow, followed, depth + 1));
    if (value.op === 'instanceof') return readInstance(types, path, facts, value.of[0]!, value.of[1]!, flow, followed);
    if (value.op === 'contains') return readContains(facts, value.of[0]!, value.of[1]!, flow);
    if (['===', '==', '!==', '!='].includes(value.op)) {
      const test = readComparison(facts, value.of[0]!, value.of[1]!, flow);
      return value.op.startsWith('!') ? negate(test) : test;
    }
    if (['<', '>', '<=', '>='].includes(value.op) && value.of.some((each) => flow.carries(each))) return { k: 'specific', answer: () => undefined };
    return OTHER;
  }
  if (value.k === 'choice' && (value.op === '&&' || value.op === '||')) {
    const parts = value.of.map((each) => readTest(types, path, facts, each, flow, followed, depth + 1));
    const never = parts.find((each) => each.k === 'presence' && each.never && each.when === (value.op === '||'));
    if (never) return never;
    const specific = parts.filter((each) => each.k === 'specific');
    if (specific.length > 0) {
      return {
        k: 'specific',
        answer: (mode) => {
          const answers = parts.map((each) => (each.k === 'specific' ? each.answer(mode) : each.k === 'presence' ? each.when : undefined));
          if (value.op === '&&') return answers.includes(false) ? false : answers.every((each) => each === true) ? true : undefined;
          return answers.includes(true) ? true : answers.every((each) => each === false) ? false : undefined;
        },
      };
    }
    // One that decides alone, if there is one: `response && response.ok` fails where the second does.
    const decides = parts.find((each) => each.k === 'presence' && each.when === (value.op === '||'));
    return decides ?? parts.find((each) => each.k === 'presence') ?? OTHER;
  }
  if (value.k === 'call') return readPredicate(types, path, facts, id, flow, followed, depth);
  if (flow.isError(id)) return { k: 'presence', when: true };
  if (value.k === 'binding') {
    const sources = facts.bindings[value.binding]!.sources;
    if (sources.length === 1 && flow.carries(id)) return readTest(types, path, facts, sources[0]!, flow, followed, depth + 1);
  }
  if (flow.carries(id)) return { k: 'presence', when: true };
  return OTHER;
}

/** `list.indexOf(item) !== -1`, `text.indexOf(word) >= 0`: whether it holds it. */
function askedByPlace(facts: FileFacts, value: ValueFact): { call: ValueId; holds: boolean } | undefined {
  if (value.k !== 'operator' || value.of.length !== 2) return undefined;
  const [call, place] = value.of;
  const asked = facts.values[call!];
  const callee = asked?.k === 'call' ? facts.values[asked.callee] : undefined;
  if (callee?.k !== 'member' || plainName(callee.name) !== 'indexOf') return undefined;
  const answer = PLACES.get(`${value.op} ${constant(facts, place!)}`);
  return answer === undefined ? undefined : { call: call!, holds: answer };
}

function negate(test: TestKind): TestKind {
  if (test.k === 'presence') return { ...test, when: !test.when };
  if (test.k !== 'specific') return test;
  return {
    k: 'specific',
    answer: (mode) => {
      const answer = test.answer(mode);
      return answer === undefined ? undefined : !answer;
    },
  };
}

function readInstance(types: Types, path: string, facts: FileFacts, subject: ValueId, cls: ValueId, flow: ErrorFlow, followed: Followed | undefined): TestKind {
  if (!flow.carries(subject)) return OTHER;
  const name = lastName(facts, cls) ?? '';
  if (followed && !followed.replaced && isOwnClass(types, path, cls, 0)) return { k: 'presence', when: false, never: true };
  if (ANY_ERROR.test(name) || followed?.origin.kinds.has(name)) return { k: 'presence', when: true };
  const listed = facts.values[cls]?.k === 'array' || isKnownClass(types, path, cls);
  if (isForeignClass(types, path, cls)) return { k: 'presence', when: false, elsewhere: true };
  if (!followed || !listed) return { k: 'specific', answer: () => undefined };
  const answer = (mode: Mode | undefined): boolean | undefined => {
    const takes = takenByClasses(types, path, [cls], { ...followed, mode }, false);
    return takes === 'some' ? undefined : takes === 'all';
  };
  return answer(undefined) === true ? { k: 'presence', when: true } : { k: 'specific', answer };
}

/** `code in CODES`, `'text' in message`. */
function readContains(facts: FileFacts, holder: ValueId, item: ValueId, flow: ErrorFlow): TestKind {
  if (flow.carries(holder)) {
    const wanted = constant(facts, item);
    return { k: 'specific', answer: (mode) => (typeof wanted === 'string' ? mode.contains(wanted) : undefined) };
  }
  return flow.carries(item) ? oneOf(listed(facts, holder), lastName(facts, item)) : OTHER;
}

/** Whether a member of the error is one of some values. */
function oneOf(list: (string | number)[] | undefined, field: string | undefined): TestKind {
  return {
    k: 'specific',
    answer: (mode) => {
      if (!list) return undefined;
      const answers = list.map((each) => mode.equals(field, each));
      return answers.includes(true) ? true : answers.every((each) => each === false) ? false : undefined;
    },
  };
}

function readComparison(facts: FileFacts, left: ValueId, right: ValueId, flow: ErrorFlow): TestKind {
  const leftCarries = flow.carries(left);
  const [subject, other] = leftCarries ? [left, right] : [right, left];
  if (!flow.carries(subject)) return OTHER;
  if (isAbsent(facts, other)) return { k: 'presence', when: false };
  const wanted = constant(facts, other) ?? namedConstant(facts, other);
  if (typeof wanted === 'boolean') return { k: 'presence', when: wanted };
  if (isForeignName(lastName(facts, subject), wanted)) return { k: 'presence', when: false, elsewhere: true };
  const subjectValue = facts.values[subject];
  if (subjectValue?.k === 'operator' && subjectValue.op === 'typeof') return { k: 'presence', when: true };
  return { k: 'specific', answer: (mode) => (wanted === undefined ? undefined : mode.equals(lastName(facts, subject), wanted)) };
}

/** `e.message.includes('x')`, `/x/.test(e.message)`, `CODES.has(e.errorCode)`, `isLockError(e)`. */
function readPredicate(types: Types, path: string, facts: FileFacts, id: ValueId, flow: ErrorFlow, followed: Followed | undefined, depth: number): TestKind {
  const call = facts.values[id];
  if (call?.k !== 'call') return OTHER;
  const callee = facts.values[call.callee];
  const argumentCarries = call.args.some((each) => flow.carries(each));
  if (callee?.k === 'member') {
    const receiverCarries = flow.carries(callee.object);
    if (receiverCarries && ['includes', 'startsWith', 'endsWith', 'indexOf', 'match', 'search', 'test', 'contains'].includes(callee.name)) {
      const wanted = call.args[0] === undefined ? undefined : constant(facts, call.args[0]);
      const pattern = call.args[0] === undefined ? undefined : facts.values[call.args[0]];
      if (pattern?.k === 'pattern') return { k: 'specific', answer: (mode) => mode.matches(pattern.source) };
      return { k: 'specific', answer: (mode) => (typeof wanted === 'string' ? mode.contains(wanted) : undefined) };
    }
    if (argumentCarries && ['test', 'exec'].includes(callee.name)) {
      const pattern = source(facts, callee.object);
      return { k: 'specific', answer: (mode) => (pattern ? mode.matches(pattern) : undefined) };
    }
    if (argumentCarries && ['includes', 'has', 'indexOf', 'contains', 'containsKey'].includes(callee.name)) {
      const subject = call.args[0];
      return oneOf(listed(facts, callee.object), subject === undefined ? undefined : lastName(facts, subject));
    }
    if (receiverCarries && ['some', 'find', 'every', 'filter', 'matches', 'anyMatch', 'noneMatch', 'allMatch'].includes(callee.name)) return { k: 'specific', answer: () => undefined };
  }
  const overList = readOverList(types, path, facts, call, flow, followed, depth);
  if (overList) return overList;
  if (!argumentCarries) return flow.carries(id) ? { k: 'presence', when: true } : OTHER;
  if (callee?.k === 'global' && ['Boolean', 'String'].includes(callee.name)) return { k: 'presence', when: true };
  return predicateOf(types, path, id, flow, followed, depth);
}

/** `WORDS.some((word) => message.includes(word))`, `PREDICATES.some((predicate) => predicate(error))`: a function is asked for each of a list, and looks at the error. */
function readOverList(types: Types, path: string, facts: FileFacts, call: CallValue, flow: ErrorFlow, followed: Followed | undefined, depth: number): TestKind | undefined {
  const callee = facts.values[call.callee];
  const given = facts.values[call.args[0] ?? -1];
  if (callee?.k !== 'member' || given?.k !== 'function' || !['some', 'every', 'find'].includes(callee.name) || flow.carries(callee.object)) return undefined;
  const fn = facts.functions[given.fn]!;
  const results = fn.blocks.flatMap((block) => (block.next.k === 'return' && block.next.value !== undefined ? [block.next.value] : []));
  const asks = results.some((result) => readTest(types, path, facts, result, flow, followed, depth + 1).k === 'specific');
  if (!asks) return undefined;
  const words = results.length === 1 && callee.name === 'some' && isContains(facts, results[0]!, fn.params[0]?.binding, flow) ? listed(facts, callee.object) : undefined;
  return { k: 'specific', answer: (mode) => words?.some((word) => mode.contains(String(word))) };
}

/** `message.includes(word)`, of a word that is a name. */
function isContains(facts: FileFacts, id: ValueId, word: BindingId | undefined, flow: ErrorFlow): boolean {
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  const argument = call?.k === 'call' ? facts.values[call.args[0] ?? -1] : undefined;
  return callee?.k === 'member' && callee.name === 'includes' && flow.carries(callee.object) && argument?.k === 'binding' && argument.binding === word;
}

/** What a predicate returns for a mode, or for any failure: each way through it that the failure may take must return the same. */
function answerOf(fn: FunctionFact, facts: FileFacts, read: (test: ValueId) => TestKind, mode?: Mode): boolean | undefined {
  const answers = new Set<boolean | undefined>();
  const seen = new Set<number>();
  const work = [0];
  const answer = (test: TestKind): boolean | undefined => (test.k === 'specific' ? mode && test.answer(mode) : test.k === 'presence' ? test.when : undefined);
  while (work.length > 0) {
    const id = work.pop()!;
    const next = fn.blocks[id]?.next;
    if (!next || seen.has(id)) continue;
    seen.add(id);
    if (next.k === 'branch') {
      const taken = answer(read(next.test));
      if (taken !== false) work.push(next.then);
      if (taken !== true) work.push(next.else);
    } else if (next.k === 'return') answers.add(next.value === undefined ? false : (truth(facts, next.value) ?? answer(read(next.value))));
    else if (next.k === 'end') answers.add(false);
    else work.push(...successors(next));
  }
  return answers.size === 1 ? [...answers][0] : undefined;
}

/** Whether a value is one that tests hold for; undefined where that is not written here. */
function truth(facts: FileFacts, id: ValueId): boolean | undefined {
  const value = facts.values[id];
  if (isAbsent(facts, id)) return false;
  if (value?.k === 'object' || (value?.k === 'call' && value.construct)) return true;
  const literal = constant(facts, id);
  return typeof literal === 'boolean' ? literal : undefined;
}

/** A predicate of the workspace, followed one hop: what it returns for the error given to it. */
function predicateOf(types: Types, path: string, id: ValueId, flow: ErrorFlow, followed: Followed | undefined, depth: number): TestKind {
  const facts = types.program.get(path)!;
  const call = facts.values[id];
  if (call?.k !== 'call') return OTHER;
  for (const type of types.of(path, call.callee)) {
    if (type.k !== 'function') continue;
    const other = types.program.get(type.path)!;
    const fn = other.functions[type.fn]!;
    const inner = givenTo(facts, call, other, type.fn, flow);
    if (!inner) continue;
    const read = (test: ValueId): TestKind => readTest(types, type.path, other, test, inner, followed, depth + 1);
    const tests = fn.blocks.flatMap((block) => (block.next.k === 'branch' ? [block.next.test] : block.next.k === 'return' && block.next.value !== undefined ? [block.next.value] : []));
    const kinds = tests.map(read);
    if (kinds.some((each) => each.k === 'specific')) return { k: 'specific', answer: (mode) => answerOf(fn, other, read, mode) };
    const always = kinds.some((each) => each.k === 'presence') ? answerOf(fn, other, read) : undefined;
    if (always !== undefined) return { k: 'presence', when: always };
    return flow.answer ? askedBy(facts, call.callee) : OTHER;
  }
  const name = lastName(facts, call.callee) ?? '';
  if (call.args.some((each) => flow.isError(each))) {
    if (followed?.origin.kinds.has(name)) return { k: 'presence', when: true };
    if (/^is_?(?:Empty|Blank|Nil|None|Null(?:ish|OrUndefined)?|Undefined)$/.test(name)) return { k: 'presence', when: false };
    // What kind of thing an error is tells no failure from another.
    if (/^is_?(?:Not(?:Empty|Blank|Nil|Null|Undefined)|Defined|Present|Error|Object(?:Like)?|PlainObject|NativeError)$/.test(name)) return { k: 'presence', when: true };
  }
  return /^(?:is|has|should|can|may)[A-Z]/.test(name) ? { k: 'specific', answer: () => undefined } : OTHER;
}

/** What is followed, by the names that a function has for it: of a parameter, or of a member of one that is taken apart. Undefined where it has none. */
function givenTo(facts: FileFacts, call: CallValue, other: FileFacts, fn: FunctionId, flow: ErrorFlow): ErrorFlow | undefined {
  const index = call.args.findIndex((each) => flow.carries(each));
  const binding = other.functions[fn]!.params[index]?.binding;
  if (binding !== undefined) return new ErrorFlow(other, [], [binding], flow.answer);
  const given = facts.values[call.args[index] ?? -1];
  if (given?.k !== 'object') return undefined;
  const roots: ValueId[] = [];
  const absent: BindingId[] = [];
  for (const { sources, id } of other.bindings.map((each, at) => ({ sources: each.sources, id: at }))) {
    const part = other.values[sources[0] ?? -1];
    const whole = part?.k === 'member' ? other.values[part.object] : undefined;
    if (part?.k !== 'member' || whole?.k !== 'parameter' || whole.fn !== fn || whole.index !== index) continue;
    const prop = given.props.find((each) => each.key === part.name);
    const value = prop && facts.values[prop.value];
    if (prop && flow.carries(prop.value)) roots.push(sources[0]!);
    else if (value?.k === 'binding' && flow.answer?.absent.has(value.binding)) absent.push(id);
  }
  return roots.length === 0 ? undefined : new ErrorFlow(other, roots, [], flow.answer && { ...flow.answer, absent: new Set(absent) });
}

/** A function that is asked about the whole answer, by what it is called: `hasErrors(body)`, `isValid(response)`. */
function askedBy(facts: FileFacts, callee: ValueId): TestKind {
  const name = lastName(facts, callee) ?? '';
  return /^(?:is|has|was|contains|check|validate)(?:[A-Z_]|$)/.test(name) ? { k: 'presence', when: /error|fail|fault|invalid|wrong/i.test(name) } : OTHER;
}

function source(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id];
  if (value?.k === 'pattern') return value.source;
  if (value?.k === 'binding') {
    const first = facts.bindings[value.binding]!.sources[0];
    return first === undefined ? undefined : source(facts, first);
  }
  return undefined;
}
