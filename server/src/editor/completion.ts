import { CompletionItemKind, MarkupKind, type CompletionItem, type CompletionParams } from 'vscode-languageserver/node';
import type { ErrorCode, Family } from '../../../catalog/index.ts';
import type { CallRecord } from '../report/callRecord.ts';
import { comparedCodeAt } from './comparedCode.ts';
import type { EditorContext } from './context.ts';
import { codeMarkdown } from '../explain/codeMarkdown.ts';
import { linkable } from './linkable.ts';

/** Families whose codes stand in comparisons, beside those that the guarded operation names itself. */
const OFFERED: readonly Family[] = ['rest', 'soap', 'dml', 'composite', 'bulk', 'bulk2', 'oauth', 'client'];

/**
 * Error codes for a string that is compared with an error's code: first those that the guarded call can answer with, most telling first, then the others.
 * Empty anywhere else, and where nothing is of Salesforce.
 */
export async function completion(context: EditorContext, params: CompletionParams, signal: AbortSignal): Promise<CompletionItem[]> {
  await context.settingsKnown;
  const open = context.documents.get(params.textDocument.uri);
  if (!open || !context.settings.enable) return [];
  const text = open.document.getText();
  const offset = open.document.offsetAt(params.position);
  const place = comparedCodeAt(text, offset);
  if (!place) return [];
  await context.workspace.ensureNear();
  if (!context.workspace.isTraced(open.path)) return [];
  const version = open.document.version;
  const analysis = await context.workspace.analyse(open.path, signal);
  if (!analysis || open.document.version !== version) return [];
  const catalog = await import('../../../catalog/index.ts');
  const range = { start: open.document.positionAt(place.start), end: open.document.positionAt(place.end) };
  const items = new Map<string, CompletionItem>();
  const offer = (entry: ErrorCode, group: number): void => {
    if (items.has(entry.code)) return;
    items.set(entry.code, {
      label: entry.code,
      kind: CompletionItemKind.EnumMember,
      detail: entry.title,
      labelDetails: { description: [...new Set(entry.modes.map((mode) => mode.class))].join(', ') },
      sortText: `${group}${String(items.size).padStart(5, '0')}`,
      filterText: entry.code,
      textEdit: { range, newText: entry.code },
      data: entry.code,
    });
  };
  for (const operation of guardedOperations(analysis.calls, offset)) for (const { code } of catalog.modesOf(operation)) if (code.family !== 'http') offer(code, 0);
  for (const family of OFFERED) for (const entry of catalog.codesOfFamily(family)) if (!/^\d/.test(entry.code)) offer(entry, 1);
  const offered = [...items.values()];
  return context.support.resolveCompletion ? offered : Promise.all(offered.slice(0, 50).map((item) => resolveCompletion(context, item)));
}

/** Adds what the code means, when the item is looked at. */
export async function resolveCompletion(context: EditorContext, item: CompletionItem): Promise<CompletionItem> {
  if (typeof item.data !== 'string') return item;
  const { findCode } = await import('../../../catalog/index.ts');
  const entries = findCode(item.data);
  if (entries.length === 0) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: codeMarkdown(entries, await linkable(context)) } };
}

/** Operations of the calls before the offset, the nearest first: a handler stands below what it guards. */
function guardedOperations(calls: readonly CallRecord[], offset: number): string[] {
  const before = calls.filter((call) => call.start < offset).sort((a, b) => b.start - a.start);
  return [...new Set((before.length > 0 ? before : calls).map((call) => call.operation))].slice(0, 3);
}
