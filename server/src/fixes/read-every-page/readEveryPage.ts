import type { CallValue, FileFacts, Span, ValueId } from '../../facts/facts.ts';
import { optionArguments } from '../../facts/fileIndex.ts';
import type { SalesforceCall } from '../../resolve/salesforceCalls.ts';
import type { Program } from '../../resolve/program.ts';
import type { Fix, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { chainFrom, onlyUser } from '../requestChain.ts';
import { type ScriptWriter, scriptWriterOf, writerOf } from '../writers.ts';
import { readByOtherWay } from './otherWays.ts';
import { freshName, indentStep, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';

/** Records that are read at most, where a number has to be named: as many as fit into a process without thought. */
const MOST = 50_000;
const OPTIONS = `autoFetch: true, maxFetch: ${MOST}`;
/** Versions of a package whose queries read on by themselves when they are told to, and answer with all that was read. */
const READS_ON: Readonly<Record<string, string>> = { jsforce: '>=2', '@salesforce/core': '>=3' };
/** What runs a query and takes its options. */
const RUNS = new Set(['execute', 'exec', 'run']);
/** What waits for a query. */
const WAITS = new Set(['then', 'catch', 'finally']);

/** Lets the client read all pages up to a number of records, or reads them in a loop where it cannot. */
export function readEveryPage({ covered: { call, record }, program, path, text }: FixRequest): Fix | undefined {
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && scriptWriterOf(facts);
  const other = facts && writerOf(facts);
  if (facts && source !== undefined && !writer && other && !call.http) return readByOtherWay(facts, source, other, path, call);
  if (!facts || source === undefined || !writer || call.http || !Object.hasOwn(READS_ON, call.package) || hasCallback(facts, call)) return undefined;
  const limit = MOST.toLocaleString('en-US');
  if (readsOn(program, call)) {
    const edits = withOptions(facts, source, call);
    const title = record.paging === 'capped' ? `Read up to ${limit} records, not only 10,000` : `Read every page of the query, up to ${limit} records`;
    return edits && { id: 'read-every-page', title, preferred: true, edits: { [path]: edits }, creates: {} };
  }
  const loop = inLoop(facts, source, writer, call);
  return loop && { id: 'read-every-page', title: 'Read every page of the query in a loop', preferred: true, edits: { [path]: [loop] }, creates: {} };
}

function hasCallback(facts: FileFacts, { args }: SalesforceCall): boolean {
  return args.some((each) => facts.values[each]!.k === 'function');
}

function readsOn(program: Program, { path, package: name }: SalesforceCall): boolean {
  return program.projects.fits(path, name, READS_ON[name]) === 'yes';
}

/** Puts the options where the query takes them: beside its text, or where it is run. */
function withOptions(facts: FileFacts, source: string, call: SalesforceCall): TextEdit[] | undefined {
  const chain = chainFrom(facts, call.value);
  const waiting = chain.findIndex(({ name }) => name !== undefined && WAITS.has(name));
  const steps = waiting < 0 ? chain : chain.slice(0, waiting);
  const last = steps.at(-1)!.value;
  const runs = steps.findLast(({ name }) => name !== undefined && RUNS.has(name));
  // What is done with a query otherwise, such as listening to it, is not waited for.
  const waits = onlyUser(facts, last);
  if (waiting < 0 && (waits === undefined || facts.values[waits]!.k !== 'await') && !runs) return undefined;
  if (runs) return runs.value === last ? intoCall(facts, source, runs.value, 0) : undefined;
  if (call.method === 'query' || call.method === 'queryAll') return steps.length === 1 ? intoCall(facts, source, call.value, 1) : undefined;
  if (!['find', 'select'].includes(call.method)) return undefined;
  const { to } = facts.values[last]!;
  return [{ start: to, end: to, newText: `.execute({ ${OPTIONS} })` }];
}

/** The options as an argument of a call, or among those that it has. */
function intoCall(facts: FileFacts, source: string, id: ValueId, index: number): TextEdit[] | undefined {
  const call = facts.values[id] as CallValue & Span;
  if (call.spread || call.named !== undefined) return undefined;
  const given = call.args[index];
  const before = call.args[index - 1];
  if (given !== undefined) return index === call.args.length - 1 ? intoObject(facts, source, given) : undefined;
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

/** `for (let page = result; !page.done; )`: for versions that answer a query with its first page whatever they are told. */
function inLoop(facts: FileFacts, source: string, writer: ScriptWriter, call: SalesforceCall): TextEdit | undefined {
  const query = facts.values[call.value] as CallValue & Span;
  const callee = facts.values[query.callee]!;
  const waits = onlyUser(facts, call.value);
  if (facts.dialect !== 'javascript' || call.method !== 'query' || optionArguments(query).length !== 1 || callee.k !== 'member' || waits === undefined || facts.values[waits]!.k !== 'await') return undefined;
  const connection = source.slice(facts.values[callee.object]!.at, facts.values[callee.object]!.to);
  const statement = writer.plainStatement(facts, source, facts.values[waits]!);
  if (!statement?.name || !/^[\p{ID_Continue}$.]+$/u.test(connection)) return undefined;
  const { name, semicolon, indent } = statement;
  const fn = facts.functions[query.in]!;
  const page = freshName(source.slice(fn.at, fn.to), 'page');
  const end = lineEndAt(source, statement.to);
  const step = indentStep(source);
  const text = lines(source, indent, [
    `for (let ${page} = ${name}; !${page}.done && ${page}.nextRecordsUrl; ) {`,
    `${step}${page} = await ${connection}.queryMore(${page}.nextRecordsUrl)${semicolon}`,
    `${step}${name}.records.push(...${page}.records)${semicolon}`,
    '}',
  ]);
  return { start: end, end, newText: lineBreak(source) + text };
}
