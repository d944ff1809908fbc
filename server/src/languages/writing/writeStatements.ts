import type { FileFacts, Span } from '../../facts/facts.ts';
import { indentAt, innermostStatement, lineBreak, lineEndAt } from './writeLayout.ts';
import type { PlaceBefore, PlainStatement } from './writer.ts';

/** What statements of a language look like, for those in which a statement ends where the parser says. */
export interface StatementForm {
  /** What a statement has behind its expression: `;` or nothing. */
  semicolon: string;
  /** What may stand on a line behind a statement. */
  rest: RegExp;
  /** What stands before an expression whose value is returned; gets a name, which is the first group; is given to a name that is there, the first group. */
  returned: RegExp;
  declared: RegExp;
  assigned: RegExp;
  /** What may stand between the start of a statement and its outermost expression, so that the expression is evaluated first and once. */
  head: RegExp;
}

/** Finds the statement of an expression by the form of the language's statements. */
export function plainStatementOf(form: StatementForm, facts: FileFacts, source: string, { at, to }: Span): PlainStatement | undefined {
  const around = facts.damaged ? undefined : innermostStatement(facts, at, to);
  const indent = around && indentAt(source, around.at);
  if (!around || indent === undefined || source.slice(to, around.to).trim() !== form.semicolon || !form.rest.test(source.slice(around.to, lineEndAt(source, around.to)))) return undefined;
  const place = { at: around.at, to: around.to, indent, semicolon: form.semicolon };
  const head = source.slice(around.at, at);
  if (head === '') return { ...place, use: 'dropped' };
  if (form.returned.test(head)) return { ...place, use: 'returned' };
  const declared = form.declared.exec(head);
  if (declared) return { ...place, use: 'declared', name: declared[1]! };
  const assigned = form.assigned.exec(head);
  return assigned ? { ...place, use: 'assigned', name: assigned[1]! } : undefined;
}

/** Finds the place before the statement of an expression by the form of the language's statements. */
export function placeBeforeOf(form: StatementForm, facts: FileFacts, source: string, { at, to }: Span): PlaceBefore | undefined {
  const statement = facts.damaged ? undefined : innermostStatement(facts, at, to);
  const indent = statement && indentAt(source, statement.at);
  if (!statement || indent === undefined || !form.head.test(source.slice(statement.at, at))) return undefined;
  return { at: statement.at, indent, newline: lineBreak(source), semicolon: form.semicolon };
}

