import type { CallValue, FileFacts, Span } from '../../facts/facts.ts';
import { freshName, indentStep, lineBreak, lineEndAt, lines } from '../../languages/writing/writeLayout.ts';
import type { Writer } from '../../languages/writing/writer.ts';
import type { SalesforceCall } from '../../resolve/salesforceCalls.ts';
import type { Fix, TextEdit } from '../edit.ts';
import { onlyUser } from '../requestChain.ts';
import { pageLoopOf } from './pageLoops.ts';

/** Ways to all pages of a query for clients without options: another method of the same object that reads them all, or a loop. */
export function readByOtherWay(facts: FileFacts, source: string, writer: Writer, path: string, call: SalesforceCall): Fix | undefined {
  const method = methodForAll(call);
  const edit = method === undefined ? inLoop(facts, source, writer, call) : { start: call.nameAt, end: call.nameTo, newText: method };
  const title = method === undefined ? 'Read every page of the query in a loop' : `Read every page of the query, by ${method}`;
  return edit && { id: 'read-every-page', title, preferred: true, edits: { [path]: [edit] }, creates: {} };
}

/** The method beside the one that is called which does the same for all pages and answers at once. */
function methodForAll({ model, method, variant }: SalesforceCall): string | undefined {
  for (const { methods } of Object.values(model?.types ?? {})) {
    if (!methods?.[method]?.some((each) => each === variant)) continue;
    const found = Object.entries(methods).filter(([name, variants]) => name !== method && variants.length === 1 && variants[0]!.operation === variant.operation && variants[0]!.allPages && !variants[0]!.lazy);
    if (found.length === 1) return found[0]![0];
  }
  return undefined;
}

function inLoop(facts: FileFacts, source: string, writer: Writer, call: SalesforceCall): TextEdit | undefined {
  const loop = pageLoopOf(call.client.id);
  const query = facts.values[call.value] as CallValue & Span;
  const callee = facts.values[query.callee]!;
  if (!loop || callee.k !== 'member' || (loop.needs !== undefined && !isNamed(facts, source, loop.needs))) return undefined;
  const user = onlyUser(facts, call.value);
  const isWaited = user !== undefined && facts.values[user]!.k === 'await';
  const expression = isWaited ? facts.values[user]! : query;
  const statement = writer.plainStatement(facts, source, expression);
  const connection = source.slice(facts.values[callee.object]!.at, facts.values[callee.object]!.to);
  // A task that is not awaited where it is made is read elsewhere.
  if (!statement?.name || !/^[\p{ID_Continue}$.]+$/u.test(connection) || (isWaited && !/\bawait\s*$/.test(source.slice(statement.at, query.at)))) return undefined;
  const { at, to } = facts.functions[query.in]!;
  const own = source.slice(at, to);
  const end = lineEndAt(source, statement.to);
  const text = lines(source, statement.indent, loop.lines({
    connection, result: statement.name, page: freshName(own, 'page'), records: freshName(own, 'records'), step: indentStep(source),
    typeArguments: /<[^()]*>$/.exec(source.slice(call.nameAt, call.nameTo))?.[0] ?? '',
  }));
  return { start: end, end, newText: lineBreak(source) + text };
}

/** Whether a file names a class, so that it may stand in a new line too. */
function isNamed(facts: FileFacts, source: string, name: string): boolean {
  return facts.imports.some((each) => each.imported === name || each.module.endsWith(`.${name}`)) && new RegExp(`\\b${name}\\b`).test(source);
}
