import {
  CodeActionKind,
  LSPErrorCodes,
  ResponseError,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type TextDocumentEdit,
  type CreateFile,
  type SnippetTextEdit,
  type TextEdit as LspTextEdit,
  type WorkspaceEdit,
  OptionalVersionedTextDocumentIdentifier,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fixTogether } from '../engine/fixTogether.ts';
import type { Fix, TextEdit } from '../fixes/edit.ts';
import { together } from '../fixes/together.ts';
import type { Finding } from '../report/callRecord.ts';
import type { EditorContext } from './context.ts';
import { isCreatable } from './creatable.ts';
import { fileUri } from './documentPath.ts';
import { type Everywhere, everywhereOf, titleOfRefused } from './everywhere.ts';
import type { OpenDocument } from './openDocuments.ts';
import { DIAGNOSTIC_SOURCE, INSTALL_COMMAND, type PackageToInstall, RULE_COMMAND } from './protocol.ts';
import { silenceEdit, type Silence, SILENCES, silencesOf } from './silencing.ts';

/** What an action carries so that its edit can be made later: the finding as it stood in that version, and the fix. */
interface ActionData {
  uri: string;
  version: number;
  rule: string;
  start: number;
  end: number;
  fix?: string;
  /** The fix is for every such finding of the file or the workspace. */
  everywhere?: Everywhere;
  /** Instead of a fix: the way to silence the rule. */
  silence?: Silence;
}

/** The kind of the one action that mends a whole file, on demand or when it is saved. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.apiGuard`;

/** What the action that mends a whole file carries. */
interface FixAllData {
  uri: string;
  fixAll: true;
}

/** The actions for the findings that the range touches: their fixes, and for each comments that silence its rule. */
export async function codeActions(context: EditorContext, params: CodeActionParams, signal: AbortSignal): Promise<CodeAction[]> {
  const open = context.documents.get(params.textDocument.uri);
  if (!open || !context.settings.enable) return [];
  if (params.context.only?.some((kind) => FIX_ALL === kind || FIX_ALL.startsWith(`${kind}.`))) return fixAllActions(context, open, signal);
  if (!wantsQuickFix(params.context.only)) return [];
  const { document } = open;
  const version = document.version;
  const analysis = await context.workspace.analyse(open.path, signal);
  if (!analysis || document.version !== version) return [];
  const from = document.offsetAt(params.range.start);
  const to = document.offsetAt(params.range.end);
  const actions: CodeAction[] = [];
  const silences: CodeAction[] = [];
  const wide: CodeAction[] = [];
  const refused: CodeAction[] = [];
  const pages: CodeAction[] = [];
  for (const finding of analysis.findings.filter(({ start, end }) => start <= to && end >= from)) {
    const diagnostics = params.context.diagnostics.filter((diagnostic) => isOf(diagnostic, finding, document));
    const data: ActionData = { uri: open.uri, version, rule: finding.rule, start: finding.start, end: finding.end };
    for (const fix of finding.fixes.length > 0 ? await context.workspace.ask((engine) => engine.fixes(finding)) : []) {
      if (!isApplicable(context, fix)) continue;
      const action: CodeAction = { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred: fix.preferred, ...installing(fix) };
      actions.push(context.support.resolveEdit ? { ...action, data: { ...data, fix: fix.id } } : { ...action, edit: editOfFix(context, fix) });
      // What is done in many places is worked out only when it is chosen.
      if (context.support.resolveEdit) for (const { title, everywhere } of everywhereOf(fix.id, analysis)) if (!wide.some((each) => each.title === title)) wide.push({ title, kind: CodeActionKind.QuickFix, diagnostics, data: { ...data, fix: fix.id, everywhere } });
    }
    if (context.support.disabledActions && finding.fixes.length > 0) {
      for (const { fix, text } of await context.workspace.ask((engine) => engine.refusals(finding))) refused.push({ title: titleOfRefused(fix), kind: CodeActionKind.QuickFix, diagnostics, disabled: { reason: text } });
    }
    for (const { silence, title } of silencesOf(finding)) {
      const edit = silenceEdit(silence, finding, open, context.support.snippetEdit);
      if (!edit) continue;
      const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics };
      silences.push(context.support.resolveEdit ? { ...action, data: { ...data, silence } } : { ...action, edit: editOfComment(context, open, edit) });
    }
    if (context.support.ruleCommand) pages.push(pageAction(finding.rule, diagnostics));
  }
  return [...actions, ...wide, ...refused, ...silences, ...pages];
}

/** Why the rule says what it says, and what better code looks like. */
function pageAction(rule: string, diagnostics: Diagnostic[]): CodeAction {
  const title = `Read about ${rule}`;
  return { title, kind: CodeActionKind.QuickFix, diagnostics, command: { title, command: RULE_COMMAND, arguments: [rule] } };
}

/** Makes the edit of an action, against the text as it is now. */
export async function resolveCodeAction(context: EditorContext, action: CodeAction, signal: AbortSignal): Promise<CodeAction> {
  if (isFixAllData(action.data)) {
    const open = context.documents.get(action.data.uri);
    const edit = open && (await fixAllEdit(context, open, signal));
    return edit ? { ...action, edit } : action;
  }
  if (!isActionData(action.data)) return action;
  const { uri, version, rule, start, end, fix: fixId, silence, everywhere } = action.data;
  const open = context.documents.get(uri);
  const analysis = open && (await context.workspace.analyse(open.path, signal));
  const finding = analysis?.findings.find((candidate) => candidate.rule === rule && candidate.start === start && candidate.end === end);
  if (!open || !finding) throw new ResponseError(LSPErrorCodes.ContentModified, `The code has changed since version ${version}; open the quick fixes again.`);
  if (silence !== undefined) {
    const edit = silenceEdit(silence, finding, open, context.support.snippetEdit);
    return edit ? { ...action, edit: editOfComment(context, open, edit) } : action;
  }
  if (everywhere !== undefined && fixId !== undefined) {
    const all = await fixTogether(context.workspace, fixId, everywhere === 'file' ? open.path : undefined, signal);
    return all && isApplicable(context, all) ? { ...action, edit: editOfFix(context, all) } : action;
  }
  const fix = (await context.workspace.ask((engine) => engine.fixes(finding))).find(({ id }) => id === fixId);
  return fix && isApplicable(context, fix) ? { ...action, edit: editOfFix(context, fix) } : action;
}

/** One action for a file: the fixes that change nothing where the calls succeed, as one edit. Nothing where there is none. */
async function fixAllActions(context: EditorContext, open: OpenDocument, signal: AbortSignal): Promise<CodeAction[]> {
  const edit = await fixAllEdit(context, open, signal);
  if (!edit) return [];
  const action: CodeAction = { title: 'Apply all fixes of API Guard that change nothing on success', kind: FIX_ALL };
  const data: FixAllData = { uri: open.uri, fixAll: true };
  return [context.support.resolveEdit ? { ...action, data } : { ...action, edit }];
}

async function fixAllEdit(context: EditorContext, open: OpenDocument, signal: AbortSignal): Promise<WorkspaceEdit | undefined> {
  const { version } = open.document;
  const analysis = await context.workspace.analyse(open.path, signal);
  const fixes: Fix[] = [];
  for (const finding of analysis?.findings ?? []) {
    const fix = finding.fixes.length > 0 ? (await context.workspace.ask((engine) => engine.fixes(finding))).find((each) => each.safe && isApplicable(context, each)) : undefined;
    if (fix) fixes.push(fix);
  }
  return fixes.length > 0 && open.document.version === version ? editOfFix(context, together(fixes)) : undefined;
}

function wantsQuickFix(only: readonly string[] | undefined): boolean {
  return !only || only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix);
}

function isOf(diagnostic: Diagnostic, finding: Finding, document: TextDocument): boolean {
  return diagnostic.source === DIAGNOSTIC_SOURCE && diagnostic.code === finding.rule && document.offsetAt(diagnostic.range.start) === finding.start;
}

/** What the client does once the edit is made: a package manager changes manifests better than an edit could. */
function installing({ installs }: Fix): Pick<CodeAction, 'command'> {
  const wanted: PackageToInstall | undefined = installs;
  return wanted ? { command: { title: `Install ${wanted.name}`, command: INSTALL_COMMAND, arguments: [wanted] } } : {};
}

/** A fix that makes a file is of use only to a client that can make files, where it can be made, and one that needs a package only to a client that can install it. */
function isApplicable(context: EditorContext, fix: Pick<Fix, 'creates' | 'installs'>): boolean {
  if (fix.installs && !context.support.installCommand) return false;
  const files = Object.keys(fix.creates);
  return files.length === 0 || (context.support.createFile && files.every(isCreatable));
}

function editOfFix(context: EditorContext, fix: Pick<Fix, 'edits' | 'creates'>): WorkspaceEdit {
  const edits = new Map(Object.entries(fix.edits).map(([file, list]) => [file, textEdits(context, file, list)]));
  if (!context.support.documentChanges) {
    return { changes: Object.fromEntries([...edits].map(([file, list]) => [context.documents.uriOf(file), list])) };
  }
  const changes: (CreateFile | TextDocumentEdit)[] = [];
  for (const [file, text] of Object.entries(fix.creates)) {
    const uri = fileUri(file);
    changes.push({ kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } });
    changes.push({ textDocument: { uri, version: null }, edits: [{ range: { start: ORIGIN, end: ORIGIN }, newText: text }] });
  }
  for (const [file, list] of edits) changes.push({ textDocument: versioned(context, context.documents.uriOf(file)), edits: list });
  return { documentChanges: changes };
}

const ORIGIN = { line: 0, character: 0 };

function editOfComment(context: EditorContext, open: OpenDocument, edit: LspTextEdit | SnippetTextEdit): WorkspaceEdit {
  if (context.support.documentChanges) return { documentChanges: [{ textDocument: versioned(context, open.uri), edits: [edit] }] };
  return 'newText' in edit ? { changes: { [open.uri]: [edit] } } : {};
}

function versioned(context: EditorContext, uri: string): OptionalVersionedTextDocumentIdentifier {
  return { uri, version: context.documents.get(uri)?.document.version ?? null };
}

function textEdits(context: EditorContext, file: string, edits: readonly TextEdit[]): LspTextEdit[] {
  const open = context.documents.get(context.documents.uriOf(file));
  const document = open?.document ?? TextDocument.create('', '', 0, context.workspace.text(file) ?? '');
  return edits.map((edit) => textEdit(document, edit));
}

function textEdit(document: TextDocument, { start, end, newText }: TextEdit): LspTextEdit {
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText };
}

function isFixAllData(data: unknown): data is FixAllData {
  return typeof data === 'object' && data !== null && (data as Partial<FixAllData>).fixAll === true && typeof (data as Partial<FixAllData>).uri === 'string';
}

function isActionData(data: unknown): data is ActionData {
  if (typeof data !== 'object' || data === null) return false;
  const { uri, version, rule, start, end, fix, silence, everywhere } = data as Record<string, unknown>;
  return (
    typeof uri === 'string' && typeof version === 'number' && typeof rule === 'string' && typeof start === 'number' && typeof end === 'number' &&
    (fix === undefined || typeof fix === 'string') && (everywhere === undefined || everywhere === 'file' || everywhere === 'workspace') && (silence === undefined || SILENCES.some((each) => each === silence))
  );
}
