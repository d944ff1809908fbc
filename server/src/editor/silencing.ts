import type { SnippetTextEdit, TextEdit as LspTextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../fixes/edit.ts';
import type { Finding } from '../report/callRecord.ts';
import type { OpenDocument } from './openDocuments.ts';
import { suppressComment, suppressInFile, withoutComment } from './suppressComment.ts';

/** Rule whose findings are comments that silence nothing: those are taken away, not silenced in turn. */
const UNUSED = 'unused-suppression';

/** What stands for the reason until somebody writes one. */
const REASON = 'why';

/** Ways to make a finding go without mending the code. */
export const SILENCES = ['line', 'file', 'remove'] as const;
export type Silence = (typeof SILENCES)[number];

/** The ways that make sense for a finding, with the title of each. */
export function silencesOf({ rule }: Finding): { silence: Silence; title: string }[] {
  if (rule === UNUSED) return [{ silence: 'remove', title: 'Remove this comment' }];
  return [{ silence: 'line', title: `Disable ${rule} for this line` }, { silence: 'file', title: `Disable ${rule} in this file` }];
}

/**
 * The edit of a way. Where the client understands snippets the reason is ready to be typed over; elsewhere the comment has none. Undefined where no comment
 * can stand.
 */
export function silenceEdit(silence: Silence, finding: Finding, { document, path }: OpenDocument, snippets: boolean): LspTextEdit | SnippetTextEdit | undefined {
  const text = document.getText();
  if (silence === 'remove') return plain(document, withoutComment(text, finding.start, finding.end));
  const edit = (reason?: string): TextEdit | undefined => (silence === 'line' ? suppressComment(text, finding.start, finding.rule, path, reason) : suppressInFile(text, finding.rule, reason));
  if (!snippets) {
    const comment = edit();
    return comment && plain(document, comment);
  }
  const comment = edit(REASON);
  if (!comment) return undefined;
  const value = comment.newText.replace(/[\\$}]/g, '\\$&').replace(` -- ${REASON}`, ` -- \${1:${REASON}}`);
  return { range: plain(document, comment).range, snippet: { kind: 'snippet', value } };
}

function plain(document: TextDocument, { start, end, newText }: TextEdit): LspTextEdit {
  return { range: { start: document.positionAt(start), end: document.positionAt(end) }, newText };
}
