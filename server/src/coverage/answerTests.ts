import type { BindingId, BlockFact, CallValue, FileFacts, FunctionId, ParameterFact, StepFact, ValueId } from '../facts/facts.ts';
import { lastName, partsOf } from '../facts/fileIndex.ts';
import { plainName, readOf } from '../facts/reads.ts';
import type { Types } from '../resolve/types.ts';
import { listed } from './constants.ts';
import { isOfContent } from './contentHeaders.ts';
import { reachedWithError } from './errorBranch.ts';
import type { AnswerFlow, ErrorFlow } from './errorFlow.ts';
import { isForwarded } from './forwarded.ts';
import { isAbsent } from './nothing.ts';
import { asStatus, hundredsOf } from './statusClasses.ts';
import type { TestKind } from './errorTests.ts';

/** Members that are true on success, members that are there on failure, and members that hold the HTTP status. */
const GOOD = /^(?:ok|success|isSuccess|isOk|succeeded|is2xxSuccessful)$/;
const BAD = /^(?:errors?|errorCode|errorcode|error_description|fault|faultstring|hasErrors|isError|failed|errcode|is4xxClientError|is5xxServerError)$/;
/** Members that successes have or lack. */
const DATA = /^(?:status|statusCode|done|nextRecordsUrl|next|hasMore|hasNext|length|totalSize|headers|[A-Z]\w*|\w+__c|is[A-Z]\w*)$/;
const STATUS = /^(?:status|statusCode|responseCode|rawStatusCode|statusCodeValue|status_code|httpStatus|httpStatusCode|code)$/;

/** Names of members, which no code and no sentence looks like. */
const KEY = /^(?=.*[a-z])[A-Za-z_]\w*$/;
/** Members that hold texts. */
const TEXT = /^(?:text|content|body|raw|data)$|message|error|description|detail|fault|reason|string|status/i;

/** Texts that stand for a success. */
const GOOD_WORD = /^(?:ok|okay|success|successful|succeeded|true)$/i;

/** Methods by which a list or a set tells whether it holds something. */
const HOLDS = new Set(['includes', 'indexOf', 'has', 'contains']);

/** Names of statuses that tell of a success. */
const GOOD_STATUS = /^(?:sc_|http_)?(?:ok|all_good|okay|created|accepted|no_content)$/i;

/** Names of what is given a status that tells of a success. */
const WANTED = /expect|success|wanted|(?:^|_)(?:ok|good)(?:_|$)/i;

/** The family of statuses that tell of a success, as Java's libraries call it. */
const GOOD_FAMILY = 'SUCCESSFUL';

/**
 * What a test asks of an HTTP answer, as far as it tells whether the request failed: `response.ok`, `status >= 400`, `body.errors`. `undefined` where it is
 * read as tests of errors are (a certain status, a word in the body), `other` where it asks for data.
 */
export function readAnswerTest(facts: FileFacts, id: ValueId, flow: ErrorFlow): TestKind | undefined {
  const value = facts.values[id]!;
  if (value.k !== 'choice' && isOfContent(facts, id)) return { k: 'other' };
  if (value.k === 'binding' && answerOf(flow).absent.has(value.binding)) return { k: 'presence', when: false, elsewhere: true };
  if (value.k === 'operator' && value.of.length === 2 && /^(?:[=!]==?|[<>]=?)$/.test(value.op)) return readComparison(facts, value.op, value.of[0]!, value.of[1]!, flow);
  if (value.k === 'operator' && value.op === 'not') return undefined;
  if (value.k === 'operator' && value.op === 'contains') return readHeld(facts, value.of[0]!, value.of[1]!, flow);
  if (value.k === 'operator' && value.op === 'in') return flow.carries(value.of[1]!) ? readHeld(facts, value.of[1]!, value.of[0]!, flow) : undefined;
  if (value.k === 'call' && !readOf(facts, id)) return readListed(facts, value.callee, value.args[0], flow);
  if (!flow.carries(id)) return undefined;
  const member = memberOf(facts, id);
  // A name for one test is read as that test; one that is given this and that tells nothing.
  if (member === undefined) return value.k === 'binding' && facts.bindings[value.binding]!.sources.length === 1 && !flow.isError(id) ? undefined : { k: 'other' };
  if (isGood(member, flow)) return { k: 'presence', when: false };
  if (BAD.test(plainName(member))) return { k: 'presence', when: true };
  // Whoever asks whether the body has what a success brings has looked.
  return DATA.test(plainName(member)) ? { k: 'other' } : { k: 'presence', when: false };
}

/** What an error tells that was thrown for an answer, in the clause that has caught it: no more than its own members. */
const NO_ANSWER: AnswerFlow = { bodies: new Set(), readers: new Set(), afterSuccess: new Set(), good: new Set(), raisers: new Set(), absent: new Set(), isStatus: false };

function answerOf({ answer = NO_ANSWER }: ErrorFlow): AnswerFlow {
  return answer;
}

/** Whether a member is true on success. */
function isGood(member: string, flow: ErrorFlow): boolean {
  const plain = plainName(member);
  return GOOD.test(plain) || [...answerOf(flow).good].some((each) => plainName(each) === plain);
}

function readComparison(facts: FileFacts, op: string, left: ValueId, right: ValueId, flow: ErrorFlow): TestKind | undefined {
  const swapped = !flow.carries(left);
  const [subject, other] = swapped ? [right, left] : [left, right];
  const compared = facts.values[other];
  if (compared?.k === 'binding' && answerOf(flow).absent.has(compared.binding)) return { k: 'other' };
  if (!flow.carries(subject)) {
    const bare = facts.values[left];
    return bare?.k === 'binding' && answerOf(flow).absent.has(bare.binding) ? { k: 'presence', when: !op.startsWith('!'), elsewhere: true } : undefined;
  }
  const hundreds = hundredsOf(facts, subject);
  if (hundreds !== undefined && compared?.k === 'literal' && typeof compared.value === 'number') return readHundreds(facts, swapped ? mirrored(op) : op, hundreds, compared.value, flow);
  const member = takenBy(facts, subject, flow);
  if (member !== undefined && STATUS.test(plainName(member)) && compared?.k === 'member' && GOOD_STATUS.test(compared.name)) return { k: 'presence', when: op.startsWith('!') };
  if (compared?.k === 'member' && compared.name === GOOD_FAMILY) return { k: 'presence', when: op.startsWith('!') };
  if (isAbsent(facts, other) && asksByName(facts, subject)) return { k: 'presence', when: !op.startsWith('!') };
  // `status != expected_status`
  if (compared?.k !== 'literal' && member !== undefined && STATUS.test(plainName(member)) && /^[=!]==?$/.test(op) && WANTED.test(lastName(facts, other) ?? '')) return { k: 'presence', when: op.startsWith('!') };
  if (compared?.k !== 'literal') return member !== undefined && (STATUS.test(plainName(member)) || BAD.test(plainName(member))) ? undefined : { k: 'other' };
  if (typeof compared.value === 'boolean') {
    const good = member !== undefined && isGood(member, flow);
    if (!good && !(member !== undefined && BAD.test(plainName(member)))) return { k: 'other' };
    const failsWhen = good ? !compared.value : compared.value;
    return { k: 'presence', when: op.startsWith('!') ? !failsWhen : failsWhen };
  }
  if (typeof compared.value === 'string' && member !== undefined && isGood(member, flow)) return readWord(op, compared.value);
  if (typeof compared.value !== 'number') return member !== undefined && (STATUS.test(plainName(member)) || BAD.test(plainName(member))) ? undefined : { k: 'other' };
  if (member === undefined || !STATUS.test(plainName(member))) return { k: 'other' };
  return readStatus(swapped ? mirrored(op) : op, compared.value);
}

/** The member of the answer that a value is; the answer of some clients is the status itself. */
function takenBy(facts: FileFacts, id: ValueId, flow: ErrorFlow): string | undefined {
  return memberOf(facts, id) ?? (answerOf(flow).isStatus && flow.isError(id) ? 'status' : undefined);
}

/** `status / 100 != 2`. */
function readHundreds(facts: FileFacts, op: string, divided: ValueId, hundreds: number, flow: ErrorFlow): TestKind | undefined {
  if (!STATUS.test(plainName(takenBy(facts, divided, flow) ?? ''))) return { k: 'other' };
  const read = asStatus(op, hundreds);
  return (read && readStatus(read.op, read.status)) ?? { k: 'specific', answer: () => undefined };
}

/** `answer.OverallStatus != 'OK'`: a word for a success or a failure where the library says so by a text. Other words, such as one for further pages, tell of neither. */
function readWord(op: string, word: string): TestKind {
  const isSuccess = GOOD_WORD.test(word);
  return isSuccess || /error|fail/i.test(word) ? { k: 'presence', when: isSuccess === op.startsWith('!') } : { k: 'other' };
}

/** `body.get('id')`, also under a name of its own: whoever asks whether the body has what a success brings has looked. */
function asksByName(facts: FileFacts, id: ValueId, depth = 0): boolean {
  const value = facts.values[id];
  if (value?.k === 'binding' && depth < 3) {
    const [source, ...others] = facts.bindings[value.binding]!.sources;
    return source !== undefined && others.length === 0 && asksByName(facts, source, depth + 1);
  }
  const [name] = value?.k === 'call' && !value.construct && facts.values[value.callee]?.k === 'member' ? value.args.map((each) => facts.values[each]) : [];
  return name?.k === 'literal' && typeof name.value === 'string' && !BAD.test(name.value) && !DATA.test(name.value);
}

/** `status >= 400`: whether the test holds for a failure. A single failing status is left to whoever reads codes. */
function readStatus(op: string, status: number): TestKind | undefined {
  switch (op) {
    case '===':
    case '==':
      return status >= 200 && status < 300 ? { k: 'presence', when: false } : undefined;
    case '!==':
    case '!=':
      return status >= 200 && status < 300 ? { k: 'presence', when: true } : undefined;
    default: {
      // The lowest status of those above: `> 201` and `>= 202` leave out two that tell of a success, and are asked to find the others.
      const above = op === '>' || op === '<=' ? status + 1 : status;
      // `>= 400 && < 600` leaves out no failure.
      if (status === 599 || status === 600) return { k: 'presence', when: !op.startsWith('>') };
      return above >= 200 && status <= 400 ? { k: 'presence', when: op.startsWith('>') === above > 200 } : undefined;
    }
  }
}

function mirrored(op: string): string {
  return op.startsWith('<') ? op.replace('<', '>') : op.replace('>', '<');
}

/** A status that is held by a list of those that tell of a success; a body that has the member for an error, or the one that a success brings. */
function readHeld(facts: FileFacts, holder: ValueId, item: ValueId, flow: ErrorFlow): TestKind | undefined {
  if (flow.carries(holder)) {
    if (literal(facts, item, BAD)) return { k: 'presence', when: true };
    // Words of texts and codes are read as those of errors are.
    const isWhole = flow.isError(holder);
    const isMade = !isWhole && ['call', 'template', 'operator'].includes(facts.values[holder]!.k);
    if (!literal(facts, item, KEY) || isMade || TEXT.test(memberOf(facts, holder) ?? '')) return undefined;
    return isWhole && !literal(facts, item, DATA) ? { k: 'presence', when: false } : { k: 'other' };
  }
  return flow.carries(item) && isGoodList(facts, holder) ? { k: 'presence', when: false } : undefined;
}

/** `[200, 201].includes(response.status)`; how it is asked by place is read by whoever reads tests. */
function readListed(facts: FileFacts, callee: ValueId, argument: ValueId | undefined, flow: ErrorFlow): TestKind | undefined {
  const method = facts.values[callee];
  // Errors come as a list where successes do not, and the other way about.
  if (method?.k === 'member' && method.name === 'isArray' && argument !== undefined && flow.isError(argument)) return { k: 'specific', answer: () => undefined };
  if (method?.k !== 'member' || !HOLDS.has(method.name) || argument === undefined || !flow.carries(argument)) return undefined;
  return isGoodList(facts, method.object) ? { k: 'presence', when: false } : undefined;
}

/** A list of statuses all of which tell of a success, or a text of such. */
function isGoodList(facts: FileFacts, id: ValueId, depth = 0): boolean {
  const list = facts.values[id];
  if (list?.k === 'binding' && facts.bindings[list.binding]!.sources.length === 1 && depth < 3) return isGoodList(facts, facts.bindings[list.binding]!.sources[0]!, depth + 1);
  // `"200|201"`
  if (list?.k === 'literal') return typeof list.value === 'string' && /^\W*2\d\d(?:\W+2\d\d)*\W*$/.test(list.value);
  const items = list?.k === 'array' || (list?.k === 'call' && list.construct) ? listed(facts, id) : undefined;
  return items !== undefined && items.length > 0 && items.every((item) => typeof item === 'number' && item >= 200 && item < 300);
}

/** The member by which something of the answer was taken, also through a name of its own. */
function memberOf(facts: FileFacts, id: ValueId, depth = 0): string | undefined {
  const value = facts.values[id];
  const read = readOf(facts, id);
  // The number of a status that is an object of its own.
  if (read && ['value', 'intValue'].includes(read.name) && readOf(facts, read.object)) return memberOf(facts, read.object, depth + 1);
  if (read) return read.name;
  if (value?.k === 'index' || value?.k === 'typed' || value?.k === 'await') return value.k === 'index' ? lastName(facts, value.object) : memberOf(facts, value.of, depth + 1);
  if (value?.k === 'binding' && depth < 4) {
    // What it begins with, `int status = 0`, says nothing of what it is given later.
    const { name, sources } = facts.bindings[value.binding]!;
    if (sources.length === 1 && isPlaceOf(facts, sources[0]!)) return name;
    const given = sources.filter((source) => sources.length === 1 || facts.values[source]?.k !== 'literal');
    const names = new Set(given.map((source) => memberOf(facts, source, depth + 1)));
    return names.size === 1 ? [...names][0] : undefined;
  }
  return undefined;
}

/** Whether a value is what stands at a certain place of what a call gives: `[status, body] = await ask()`. The name that it is given tells what it is. */
function isPlaceOf(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  const key = value?.k === 'index' ? facts.values[value.key] : undefined;
  return value?.k === 'index' && key?.k === 'literal' && typeof key.value === 'number' && ['call', 'await'].includes(facts.values[value.object]!.k);
}

function literal(facts: FileFacts, id: ValueId, pattern: RegExp): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' && typeof value.value === 'string' && pattern.test(value.value);
}

/** Whether a value is the answer, its body, its status, or something that is made of one of them; under a name of its own, what is made of the body is data. */
export function holdsAnswer(facts: FileFacts, flow: ErrorFlow, id: ValueId, depth = 0): boolean {
  if (flow.isError(id)) return true;
  const value = facts.values[id];
  switch (value?.k) {
    case 'object':
      return [...value.props.map((prop) => prop.value), ...value.spreads].some((each) => (depth === 0 && flow.isError(each)) || tellsStatus(facts, flow, each));
    case 'array':
      return depth === 0 && value.items.some((each) => flow.isError(each));
    case 'choice':
      return value.of.some((each) => holdsAnswer(facts, flow, each, depth));
    case 'call': {
      const given = [...value.args, ...(value.named === undefined ? [] : [value.named])];
      if (given.some((each) => tellsStatus(facts, flow, each) || holdsPart(facts, flow, each, depth))) return true;
      // `Result.builder().ok(response.isSuccessful()).build()`
      const callee = facts.values[value.callee];
      return tellsStatus(facts, flow, id) || (callee?.k === 'member' && !flow.answer?.afterSuccess.has(callee.name) && facts.values[callee.object]?.k === 'call' && depth < 8 && holdsAnswer(facts, flow, callee.object, depth + 1));
    }
    case 'binding': {
      const { sources } = facts.bindings[value.binding]!;
      return sources.length === 1 && depth < 3 && holdsAnswer(facts, flow, sources[0]!, depth + 1);
    }
    default:
      return tellsStatus(facts, flow, id);
  }
}

function holdsPart(facts: FileFacts, flow: ErrorFlow, id: ValueId, depth: number): boolean {
  return (depth === 0 && flow.isError(id)) || (facts.values[id]?.k === 'object' && holdsAnswer(facts, flow, id, depth));
}

/** Whether a call answers whoever asked the server with the status of the answer that is followed. */
export function givesStatusOn(facts: FileFacts, flow: ErrorFlow, call: CallValue): boolean {
  return isForwarded(facts, call, (id) => tellsStatus(facts, flow, id));
}

/** What a step gives the answer or its status to keep is followed like the answer: `result.ok = response.ok`, `result.setStatus(response.code())`. */
export function followKept(facts: FileFacts, flow: ErrorFlow, step: StepFact): void {
  let object: ValueId | undefined;
  if (step.k === 'store' && (flow.isError(step.value) || tellsStatus(facts, flow, step.value))) object = step.object;
  else if (step.k === 'call') {
    const call = facts.values[step.value];
    const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
    if (call?.k === 'call' && callee?.k === 'member' && /^(?:set|with|add|put)[A-Z_]?/.test(callee.name) && call.args.some((each) => tellsStatus(facts, flow, each))) object = callee.object;
  }
  const holder = object === undefined ? undefined : facts.values[object];
  if (holder?.k === 'binding') flow.includeName(holder.binding);
}

/** `response.status`, `response.isSuccessful()`: what tells whether the request failed, taken out of the answer. */
function tellsStatus(facts: FileFacts, flow: ErrorFlow, id: ValueId): boolean {
  const member = flow.carries(id) ? memberOf(facts, id) : undefined;
  return member !== undefined && (STATUS.test(plainName(member)) || isGood(member, flow));
}

/** What of a call's arguments is the answer, its body or its status: by place, and by name, `check(response.status_code, body=response.text)`; undefined where none is. */
export function givenOfAnswer(facts: FileFacts, flow: ErrorFlow, call: CallValue): { takenBy: (params: readonly ParameterFact[]) => BindingId[]; isStatus: boolean } | undefined {
  const isStatus = (id: ValueId): boolean => flow.carries(id) && STATUS.test(plainName(memberOf(facts, id) ?? ''));
  const isGiven = (id: ValueId): boolean => flow.isError(id) || isStatus(id);
  const named = call.named === undefined ? undefined : facts.values[call.named];
  const byName = named?.k === 'object' ? named.props.filter((prop) => isGiven(prop.value)) : [];
  const given = [...call.args.filter(isGiven), ...byName.map((prop) => prop.value)];
  if (given.length === 0) return undefined;
  const takes = (param: ParameterFact, index: number): boolean => (call.args[index] !== undefined && isGiven(call.args[index])) || byName.some((prop) => prop.key === param.name);
  return { takenBy: (params) => params.flatMap((param, index) => (param.binding !== undefined && takes(param, index) ? [param.binding] : [])), isStatus: given.some(isStatus) };
}

/** Functions that show what they are given, and look at nothing. */
const SHOWS = /^(?:pp|p?print|inspect|dumps?|debug|log)$/i;

/** Whether the whole answer is given to a function of a package that is not there to be read: nobody knows what it looks at. */
export function isLeftToUnknown(types: Types, path: string, call: CallValue, flow: ErrorFlow): boolean {
  const facts = types.program.get(path)!;
  const callee = facts.values[call.callee];
  const binding = callee?.k === 'binding' ? facts.bindings[callee.binding] : undefined;
  return binding?.import !== undefined && !SHOWS.test(binding.name) && call.args.some((each) => flow.isWhole(each)) && types.of(path, call.callee).every(({ k }) => k === 'client-module');
}

/** Whether a value says if the request worked: `response.ok`, `status === 204`. */
export function saysWhether(facts: FileFacts, flow: ErrorFlow, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.k === 'operator') {
    if (value.of.length === 2 && /^(?:[=!]==?|[<>]=?)$/.test(value.op)) return readComparison(facts, value.op, value.of[0]!, value.of[1]!, flow)?.k === 'presence';
    return ['not', '&&', '||'].includes(value.op) && value.of.some((each) => saysWhether(facts, flow, each));
  }
  // `200 <= status < 300`
  if (value?.k === 'choice' && value.op !== '??') return value.of.some((each) => saysWhether(facts, flow, each));
  const member = flow.carries(id) ? memberOf(facts, id) : undefined;
  return member !== undefined && isGood(member, flow);
}

/** Members that bodies of errors have as well. */
const OF_ERRORS = /^(?:errors?|errorCode|errorcode|error_description|message|fault|status|statusCode|code|hasErrors)$/;

/** Methods that throw where there is nothing of that name: System.Text.Json. */
const DEMANDS = new Set(['GetProperty']);

/**
 * Whether a block asks the body of a failed answer for what only a success brings, where the language then throws: `answer.json()['records']`,
 * `body.records.map(…)`.
 */
export function demandsSuccess(facts: FileFacts, flow: ErrorFlow, { steps, next }: BlockFact): boolean {
  if (next.k === 'iterate' && isOfBody(facts, flow, next.over)) return true;
  const last = next.k === 'return' ? next.value : next.k === 'iterate' ? next.over : next.k === 'branch' ? next.test : undefined;
  return [...steps.map(({ value }) => value), ...(last === undefined ? [] : [last])].some((id) => isDemand(facts, flow, id, 0));
}

function isDemand(facts: FileFacts, flow: ErrorFlow, id: ValueId, depth: number): boolean {
  const value = facts.values[id];
  if (!value || depth > 6 || value.k === 'function') return false;
  if (value.k === 'member' && value.demands && isOfBody(facts, flow, id)) return true;
  if (value.k === 'call' && isDemandedByCall(facts, flow, value)) return true;
  // `[...body.records]`
  if (value.k === 'array' && value.spreads.some((each) => isOfBody(facts, flow, each))) return true;
  return partsOf(value).some((part) => isDemand(facts, flow, part, depth + 1));
}

/** A member of a failed answer's body that only a success has. The answer itself has the same members in any case. */
function isOfBody(facts: FileFacts, flow: ErrorFlow, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'member' && !OF_ERRORS.test(value.name) && flow.isError(value.object) && (facts.language === 'python' || !flow.isWhole(value.object));
}

/** `root.GetProperty("records")`. */
function isDemandedByCall(facts: FileFacts, flow: ErrorFlow, { callee, args }: CallValue): boolean {
  const method = facts.values[callee];
  const name = facts.values[args[0] ?? -1];
  return method?.k === 'member' && DEMANDS.has(method.name) && name?.k === 'literal' && typeof name.value === 'string' && !OF_ERRORS.test(name.value) && flow.isError(method.object);
}

/** A call that throws where the answer tells of a failure: it asks, and its answer is an error. */
export function raises(facts: FileFacts, flow: ErrorFlow, id: ValueId): boolean {
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  return callee?.k === 'member' && flow.answer?.raisers.has(callee.name) === true && flow.isError(callee.object);
}

/**
 * Whether a name is given an answer only where that has been found to be a good one: `if (response.ok) data = await response.json();`. After a failure it
 * holds what it held before. `from`: the block in which the answer comes.
 */
export function isOfSuccess(types: Types, path: string, fnId: FunctionId, id: ValueId, flow: ErrorFlow, from: number): boolean {
  const facts = types.program.get(path)!;
  const fn = facts.functions[fnId]!;
  const value = facts.values[id];
  if (value?.k !== 'binding') return false;
  const given = fn.blocks.flatMap(({ steps }, block) => (steps.some((step) => step.k === 'bind' && step.binding === value.binding && holdsAnswer(facts, flow, step.value)) ? [block] : []));
  if (given.length === 0) return false;
  const reached = reachedWithError(types, path, facts, fn, flow, from);
  return !given.some((block) => reached.has(block));
}
