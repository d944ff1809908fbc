import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver/node';
import type { CallRecord, Finding } from '../report/callRecord.ts';
import { comparedCodeAt } from './comparedCode.ts';
import { comparedStatusAt } from './comparedStatus.ts';
import type { EditorContext } from './context.ts';
import { hoverOfCall } from './hoverCall.ts';
import { limitsOfCall } from './hoverLimits.ts';
import { codeMarkdown } from '../explain/codeMarkdown.ts';
import { statusMarkdown } from '../explain/statusMarkdown.ts';
import type { OpenDocument } from './openDocuments.ts';
import { operationText } from './operationText.ts';
import { linkable } from './linkable.ts';
import { wordAt } from '../explain/wordAt.ts';

/**
 * What stands under the cursor: an error code, an HTTP status compared in Salesforce handling, or a Salesforce call. The answer needs the file and what
 * it imports, never the whole index.
 */
export async function hover(context: EditorContext, params: HoverParams, signal: AbortSignal): Promise<Hover | null> {
  await context.settingsKnown;
  if (!context.settings.enable) return null;
  const open = context.documents.get(params.textDocument.uri);
  if (!open) return foreignHover(context, params);
  const text = open.document.getText();
  const offset = open.document.offsetAt(params.position);
  return (await codeHover(context, open, text, offset)) ?? (await statusHover(context, open, text, offset)) ?? (await callHover(context, open, offset, signal));
}

/** In a language that is not analysed, in JSON and in logs a code is told by its word alone. */
async function foreignHover(context: EditorContext, { textDocument, position }: HoverParams): Promise<Hover | null> {
  const document = context.documents.anyText(textDocument.uri);
  if (!document) return null;
  const [{ codeAt }, { mentionsSalesforce }] = await Promise.all([import('../explain/codeAt.ts'), import('../explain/mentionsSalesforce.ts')]);
  const text = document.getText();
  const found = await codeAt(text, document.offsetAt(position), () => document.languageId === 'apex' || mentionsSalesforce(text));
  return found ? shownAt(context, { document }, codeMarkdown(found.entries, await linkable(context)), found) : null;
}

async function codeHover(context: EditorContext, open: OpenDocument, text: string, offset: number): Promise<Hover | undefined> {
  const { codeAt } = await import('../explain/codeAt.ts');
  const found = await codeAt(text, offset, () => isTraced(context, open));
  return found ? shownAt(context, open, codeMarkdown(found.entries, await linkable(context)), found) : unknownCodeHover(context, open, text, offset);
}

/** A word that is compared with an error's code and has an unknown code's shape: what it is like, and that it is not known. */
async function unknownCodeHover(context: EditorContext, open: OpenDocument, text: string, offset: number): Promise<Hover | undefined> {
  const word = wordAt(text, offset);
  if (!word || !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(word.text) || !comparedCodeAt(text, word.start)) return undefined;
  const { isCode } = await import('../../../catalog/index.ts');
  if (isCode(word.text) || !(await isTraced(context, open))) return undefined;
  const [{ guess }, { guessMarkdown }] = await Promise.all([import('../explain/explain.ts'), import('../explain/explainMarkdown.ts')]);
  return shownAt(context, open, `**${word.text}**\n\n${guessMarkdown(guess(word.text, undefined))}`, word);
}

async function statusHover(context: EditorContext, open: OpenDocument, text: string, offset: number): Promise<Hover | undefined> {
  const compared = comparedStatusAt(text, offset);
  if (!compared || !(await isTraced(context, open))) return undefined;
  const { findStatus } = await import('../../../catalog/index.ts');
  const entry = findStatus(compared.status);
  return entry && shownAt(context, open, statusMarkdown(entry), compared);
}

async function callHover(context: EditorContext, open: OpenDocument, offset: number, signal: AbortSignal): Promise<Hover | null> {
  const version = open.document.version;
  const analysis = await context.workspace.analyse(open.path, signal);
  const record = analysis?.calls.find((call: CallRecord) => call.start <= offset && offset <= call.end);
  if (!record || open.document.version !== version) return null;
  const isPerRecord = analysis?.findings.some((finding) => isToldAt(finding, 'call-in-loop', record.start)) ?? false;
  const parts = [hoverOfCall(record, await operationText(record.operation)), await limitsOfCall(record.operation, isPerRecord, context.orgs, Date.now())];
  return shownAt(context, open, parts.filter((part) => part !== '').join('\n\n'), record);
}

/** Whether a rule speaks at a place: by itself, or beside a finding that is more harmful, with its name in brackets. */
function isToldAt({ rule, start, related }: Finding, wanted: string, place: number): boolean {
  return (rule === wanted && start === place) || related.some((beside) => beside.start === place && beside.message.endsWith(`(${wanted})`));
}

async function isTraced(context: EditorContext, open: OpenDocument): Promise<boolean> {
  await context.workspace.ensureNear();
  return context.workspace.isTraced(open.path);
}

function shownAt({ support }: EditorContext, { document }: Pick<OpenDocument, 'document'>, markdown: string, place: { start: number; end: number }): Hover {
  const contents = support.markdownHover
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: markdown.replace(/\*\*|\\(?=[^\w\s])/g, '') };
  return {
    contents,
    range: { start: document.positionAt(place.start), end: document.positionAt(place.end) },
  };
}
