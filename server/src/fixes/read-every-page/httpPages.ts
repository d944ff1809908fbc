import type { CallValue, FileFacts, Span, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { freshName, indentStep, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';
import type { SalesforceCall } from '../../resolve/salesforceCalls.ts';
import type { TextEdit } from '../edit.ts';
import { onlyUser } from '../requestChain.ts';
import type { ScriptWriter } from '../writers.ts';


/** Where the body of an answer is, and how the next page is asked for. */
interface Body {
  /** What holds the body of the first answer. */
  name: string;
  /** The statement behind which it does. */
  statement: Span & { indent: string; semicolon: string };
  /** Lines that put the body of the next page into a name. */
  next(page: string, url: string, free: (wanted: string) => string): string[];
}

/** `for (let page = data; !page.done && page.nextRecordsUrl; )`: asks for the pages that follow with the same client, the same options and the address that each page tells. */
export function httpPages(facts: FileFacts, source: string, writer: ScriptWriter, call: SalesforceCall): TextEdit | undefined {
  const request = facts.values[call.value] as CallValue & Span;
  const [address, options, ...others] = request.args;
  const host = address === undefined ? undefined : hostOf(source.slice(facts.values[address]!.at, facts.values[address]!.to));
  if (host === undefined || others.length > 0 || request.spread || !isReusable(facts, options)) return undefined;
  const callee = source.slice(facts.values[request.callee]!.at, facts.values[request.callee]!.to);
  // What an answer is told to hold may lack what a page has.
  if (!/^[\p{ID_Continue}$.]+$/u.test(callee) || /^\s*</.test(source.slice(facts.values[request.callee]!.to, request.to))) return undefined;
  const send = (url: string): string => `await ${callee}(${url}${options === undefined ? '' : `, ${source.slice(facts.values[options]!.at, facts.values[options]!.to)}`})`;
  const body = call.package === 'axios' ? axiosBody(facts, source, writer, call.value, send) : callee === 'fetch' ? fetchBody(facts, source, writer, call.value, send) : undefined;
  if (!body) return undefined;
  const { statement: { to, indent, semicolon }, name } = body;
  const fn = facts.functions[request.in]!;
  const given = source.slice(fn.at, fn.to);
  const free = (wanted: string): string => freshName(given, wanted);
  const page = free('page');
  const step = indentStep(source, indent);
  const end = lineEndAt(source, to);
  const text = lines(source, indent, [
    `for (let ${page} = ${name}; !${page}.done && ${page}.nextRecordsUrl; ) {`,
    ...body.next(page, host === '' ? `${page}.nextRecordsUrl` : `\`${host}\${${page}.nextRecordsUrl}\``, free).map((line) => `${step}${line}${semicolon}`),
    `${step}${name}.records.push(...${page}.records)${semicolon}`,
    '}',
  ]);
  return { start: end, end, newText: lineBreak(source) + text };
}

/** What stands before the path of an address, as it stands in a template: `${base}`. Undefined where it is made otherwise. */
function hostOf(written: string): string | undefined {
  const found = /^(?:`(\$\{[\p{ID_Continue}$.]+\}|https:\/\/[\w.-]+|)|(['"])(https:\/\/[\w.-]+|))\/services\/data\//u.exec(written);
  return found ? (found[1] ?? found[3]) : undefined;
}

/** Whether options say the same for the next page: parameters belong to the first address alone, and a body to no reading. */
function isReusable(facts: FileFacts, id: ValueId | undefined): boolean {
  if (id === undefined) return true;
  const value = facts.values[id]!;
  return value.k === 'object' && value.spreads.length === 0 && value.props.every(({ key }) => key === 'headers' || key === 'timeout' || key === 'signal' || key === 'method');
}

/** `const { data } = await axios.get(…)`, `const response = await axios.get(…)`. */
function axiosBody(facts: FileFacts, source: string, writer: ScriptWriter, value: ValueId, send: (url: string) => string): Body | undefined {
  const waits = onlyUser(facts, value);
  if (waits === undefined || facts.values[waits]!.k !== 'await') return undefined;
  const next = (page: string, url: string): string[] => [`${page} = (${send(url)}).data`];
  const apart = writer.takenApart(facts, source, facts.values[waits]!);
  const name = apart && /(?:^\{|,)\s*data\s*(?::\s*([\p{ID_Continue}$]+)\s*)?(?=[,}])/u.exec(apart.pattern);
  if (apart && name) return { name: name[1] ?? 'data', statement: apart, next };
  const whole = writer.plainStatement(facts, source, facts.values[waits]!);
  return whole?.use === 'declared' && whole.name !== undefined ? { name: `${whole.name}.data`, statement: whole, next } : undefined;
}

/** `const response = await fetch(…)`, and `const body = await response.json()` further down. */
function fetchBody(facts: FileFacts, source: string, writer: ScriptWriter, value: ValueId, send: (url: string) => string): Body | undefined {
  const index = indexOf(facts);
  const waits = onlyUser(facts, value);
  const kept = waits === undefined ? undefined : (index.consumers[waits] ?? []).find(({ k }) => k === 'bind');
  if (waits === undefined || facts.values[waits]!.k !== 'await' || kept?.k !== 'bind' || !facts.bindings[kept.binding]!.constant) return undefined;
  for (const use of index.bindingUses[kept.binding] ?? []) {
    const member = onlyUser(facts, use);
    const json = member === undefined ? undefined : onlyUser(facts, member);
    const read = json === undefined ? undefined : onlyUser(facts, json);
    const name = member === undefined ? undefined : facts.values[member]!;
    if (name?.k !== 'member' || name.name !== 'json' || read === undefined || facts.values[read]!.k !== 'await' || facts.values[read]!.in !== facts.values[value]!.in) continue;
    const statement = writer.plainStatement(facts, source, facts.values[read]!);
    // A type that is written beside it may lack what a page has.
    if (statement?.use !== 'declared' || statement.name === undefined || source.slice(statement.at, facts.values[read]!.at).includes(':')) return undefined;
    return {
      name: statement.name, statement,
      next(page, url, free) {
        const answer = free('answer');
        return [`const ${answer} = ${send(url)}`, `if (!${answer}.ok) throw new Error(\`The next page was refused: \${${answer}.status} \${await ${answer}.text()}\`)`, `${page} = await ${answer}.json()`];
      },
    };
  }
  return undefined;
}
