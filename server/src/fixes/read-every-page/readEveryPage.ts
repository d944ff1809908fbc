import type { CallValue, FileFacts, Span, ValueId } from '../../facts/facts.ts';
import { indexOf, optionArguments } from '../../facts/fileIndex.ts';
import { freshName, indentStep, innermostStatement, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';
import type { SalesforceCall } from '../../resolve/salesforceCalls.ts';
import type { Program } from '../../resolve/program.ts';
import { beforeUse } from '../beforeUse.ts';
import type { Fix, Refusal, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { chainFrom, onlyUser } from '../requestChain.ts';
import { type ScriptWriter, scriptWriterOf, writerOf } from '../writers.ts';
import { httpPages } from './httpPages.ts';
import { readByOtherWay } from './otherWays.ts';
import { type RefusalReason, REFUSALS } from './refusals.ts';

/** Records that are read at most, where a number has to be named: as many as fit into a process without thought. */
const MOST = 50_000;
const OPTIONS = `autoFetch: true, maxFetch: ${MOST}`;
/** Versions of a package whose queries read on by themselves when they are told to, and answer with all that was read. */
const READS_ON: Readonly<Record<string, string>> = { jsforce: '>=2', '@salesforce/core': '>=3' };
/** Methods that are given a query as text, and its options beside it. */
const QUERIES = new Set(['query', 'queryAll']);
/** What runs a query and takes its options. */
const RUNS = new Set(['execute', 'exec', 'run']);
/** What waits for a query. */
const WAITS = new Set(['then', 'catch', 'finally']);

/** What listens to a query, or reads it as a stream: each page that comes is told of. */
const STREAMS = new Set(['on', 'once', 'stream', 'pipe']);

/** Lets the client read all pages up to a number of records, or reads them in a loop where it cannot. */
export function readEveryPage({ covered: { call, record }, program, path, text }: FixRequest): Fix | Refusal {
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && scriptWriterOf(facts);
  const other = facts && writerOf(facts);
  if (!facts || source === undefined || !other || facts.damaged) return refuse('language');
  if (!writer) return call.http ? refuse('plain-http') : (readByOtherWay(facts, source, other, path, call) ?? refuse('used-at-once'));
  const loop = (edits: TextEdit[]): Fix => ({ id: 'read-every-page', title: 'Read every page of the query in a loop', preferred: true, edits: { [path]: edits }, creates: {} });
  if (call.http) {
    const pages = httpPages(facts, source, writer, call);
    return pages ? loop([pages]) : refuse('plain-http');
  }
  if (!Object.hasOwn(READS_ON, call.package)) return refuse('client');
  // Queries that tell of each record, or gather records, read on in every version; before, those that answer with a page answered with the first.
  if (readsOn(program, call) || !QUERIES.has(call.method) || isStream(facts, call)) {
    const edits = withOptions(facts, source, call);
    const limit = MOST.toLocaleString('en-US');
    const title = record.paging === 'capped' ? `Read up to ${limit} records, not only 10,000` : `Read every page of the query, up to ${limit} records`;
    return edits ? { id: 'read-every-page', title, preferred: true, edits: { [path]: edits }, creates: {} } : refuse('options');
  }
  if (call.args.some((each) => facts.values[each]!.k === 'function')) return refuse('callback');
  const edits = inLoop(facts, source, writer, call);
  return edits ? loop(edits) : refuse('used-at-once');
}

function refuse(reason: RefusalReason): Refusal {
  return { fix: 'read-every-page', reason, text: REFUSALS[reason] };
}

function readsOn(program: Program, { path, package: name }: SalesforceCall): boolean {
  return program.projects.fits(path, name, READS_ON[name]) === 'yes';
}

/** Whether a query is listened to, or read as a stream, and never waited for. */
function isStream(facts: FileFacts, { value }: SalesforceCall): boolean {
  const names = chainFrom(facts, value).flatMap(({ name }) => name ?? []);
  if (names.length > 0) return names.some((name) => STREAMS.has(name)) && !names.some((name) => WAITS.has(name));
  const [kept, ...others] = indexOf(facts).consumers[value] ?? [];
  if (kept?.k !== 'bind' || others.length > 0) return false;
  const uses = (indexOf(facts).bindingUses[kept.binding] ?? []).map((use) => onlyUser(facts, use)).map((use) => (use === undefined ? undefined : facts.values[use]!));
  return uses.length > 0 && uses.every((use) => use?.k === 'member' && (STREAMS.has(use.name) || RUNS.has(use.name)));
}

/** Puts the options where the query takes them: beside its text, or where it is run. */
function withOptions(facts: FileFacts, source: string, call: SalesforceCall): TextEdit[] | undefined {
  const chain = chainFrom(facts, call.value);
  const waiting = chain.findIndex(({ name }) => name !== undefined && WAITS.has(name));
  const steps = waiting < 0 ? chain : chain.slice(0, waiting);
  const last = steps.at(-1)!.value;
  const runs = steps.findLast(({ name }) => name !== undefined && RUNS.has(name));
  if (runs && (runs.value === last || (facts.values[runs.value] as CallValue).args.length > 0)) return intoCall(facts, source, runs.value, 0);
  if (QUERIES.has(call.method)) return steps.length === 1 || isStream(facts, call) ? intoCall(facts, source, call.value, 1) : undefined;
  // What is done with a query otherwise, such as listening to it, is not waited for.
  const waits = onlyUser(facts, last);
  if (!['find', 'select'].includes(call.method) || (waiting < 0 && (waits === undefined || facts.values[waits]!.k !== 'await'))) return undefined;
  const { to } = facts.values[last]!;
  // Where each step of a chain has a line of its own, this one has too.
  const callee = facts.values[(facts.values[last] as CallValue).callee]!;
  const [, line = ''] = callee.k === 'member' ? /^\s*?(\r?\n[ \t]*)\.[\w$]+$/.exec(source.slice(facts.values[callee.object]!.to, callee.to)) ?? [] : [];
  return [{ start: to, end: to, newText: `${line}.execute({ ${OPTIONS} })` }];
}

/** The options as an argument of a call, or among those that it has. */
function intoCall(facts: FileFacts, source: string, id: ValueId, index: number): TextEdit[] | undefined {
  const call = facts.values[id] as CallValue & Span;
  if (call.spread || call.named !== undefined) return undefined;
  const given = call.args[index];
  const before = call.args[index - 1];
  if (given !== undefined && facts.values[given]!.k === 'function' && index === call.args.length - 1) return [{ start: facts.values[given]!.at, end: facts.values[given]!.at, newText: `{ ${OPTIONS} }, ` }];
  if (given !== undefined) return index === call.args.length - 1 || facts.values[call.args[index + 1]!]!.k === 'function' ? intoObject(facts, source, given) : undefined;
  const from = before === undefined ? source.lastIndexOf('(', call.to) + 1 : facts.values[before]!.to;
  const end = /^\s*(,?)\s*\)$/.exec(source.slice(from, call.to));
  if (!end || call.args.length !== index) return undefined;
  const comma = before === undefined ? '' : end[1] === ',' ? '' : ', ';
  const at = end[1] === ',' ? from + end[0].indexOf(',') + 1 : from;
  return [{ start: at, end: at, newText: `${comma}${end[1] === ',' ? ' ' : ''}{ ${OPTIONS} }${end[1] === ',' ? ',' : ''}` }];
}

function intoObject(facts: FileFacts, source: string, id: ValueId): TextEdit[] | undefined {
  const object = facts.values[id]!;
  if (object.k !== 'object' || object.spreads.length > 0 || source[object.at] !== '{') return undefined;
  const auto = object.props.find(({ key }) => key === 'autoFetch');
  if (object.props.some(({ key }) => key === 'maxFetch')) return auto ? undefined : [{ start: object.at + 1, end: object.at + 1, newText: ' autoFetch: true,' }];
  if (!auto) return [{ start: object.at + 1, end: object.at + 1, newText: object.props.length > 0 ? ` ${OPTIONS},` : ` ${OPTIONS} ` }];
  const value = facts.values[auto.value]!;
  if (value.k !== 'literal' || value.value !== true) return undefined;
  return [{ start: value.to, end: value.to, newText: `, maxFetch: ${MOST}` }];
}

/** `for (let page = result; !page.done && page.nextRecordsUrl; )`: for versions that answer a query with its first page whatever they are told. */
function inLoop(facts: FileFacts, source: string, writer: ScriptWriter, call: SalesforceCall): TextEdit[] | undefined {
  const query = facts.values[call.value] as CallValue & Span;
  const callee = facts.values[query.callee]!;
  const waits = onlyUser(facts, call.value);
  if (call.method !== 'query' || optionArguments(query).length !== 1 || callee.k !== 'member' || waits === undefined || facts.values[waits]!.k !== 'await') return undefined;
  const connection = source.slice(facts.values[callee.object]!.at, facts.values[callee.object]!.to);
  if (!/^[\p{ID_Continue}$.]+$/u.test(connection)) return undefined;
  const fn = facts.functions[query.in]!;
  const code = source.slice(fn.at, fn.to);
  const page = freshName(code, 'page');
  const loop = (name: string, { indent, semicolon }: { indent: string; semicolon: string }): string[] => {
    const step = indentStep(source, indent);
    return [
      `for (let ${page} = ${name}; !${page}.done && ${page}.nextRecordsUrl; ) {`,
      `${step}${page} = await ${connection}.queryMore(${page}.nextRecordsUrl)${semicolon}`,
      `${step}${name}.records.push(...${page}.records)${semicolon}`,
      '}',
    ];
  };
  const behind = (to: number, indent: string, text: string[]): TextEdit => {
    const end = lineEndAt(source, to);
    return { start: end, end, newText: lineBreak(source) + lines(source, indent, text) };
  };
  const expression = facts.values[waits]!;
  const result = freshName(code, 'result');
  const apart = writer.takenApart(facts, source, expression);
  if (apart) {
    const { at, to, indent, semicolon, keyword, pattern } = apart;
    return [{ start: at, end: expression.at, newText: `const ${result} = ` }, behind(to, indent, [...loop(result, apart), `${keyword} ${pattern} = ${result}${semicolon}`])];
  }
  const plain = writer.plainStatement(facts, source, expression);
  if (plain?.name !== undefined) return [behind(plain.to, plain.indent, loop(plain.name, plain))];
  // A type that is written beside a name is what the compiler takes the records for; taken out, it would know less.
  const head = source.slice(innermostStatement(facts, expression.at, expression.to)?.at, expression.at);
  return facts.dialect !== 'javascript' && /^(?:const|let|var)\s[^=]*:/.test(head) ? undefined : beforeUse(facts, source, writer, waits, result, (place) => loop(result, place));
}
