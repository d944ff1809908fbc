import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Severity } from '../report/callRecord.ts';
import type { EditorContext } from './context.ts';
import type { OpenDocument } from './openDocuments.ts';
import { DIAGNOSTIC_SOURCE } from './protocol.ts';
import { RULES_URL } from './rulesUrl.ts';

const SEVERITY: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A finding as the editor shows it. Offsets are those of the document's present text. */
export function diagnosticOf(context: EditorContext, { document }: OpenDocument, finding: Finding): Diagnostic {
  const { support } = context;
  return {
    range: { start: document.positionAt(finding.start), end: document.positionAt(finding.end) },
    severity: SEVERITY[finding.severity],
    source: DIAGNOSTIC_SOURCE,
    code: finding.rule,
    ...(support.codeDescription ? { codeDescription: { href: RULES_URL } } : {}),
    message: finding.message,
    ...(support.relatedInformation && finding.related.length > 0 ? { relatedInformation: relatedInformation(context, finding) } : {}),
    ...(support.diagnosticData ? { data: { rule: finding.rule, codes: finding.codes, fixes: finding.fixes } } : {}),
  };
}

function relatedInformation(context: EditorContext, finding: Finding): DiagnosticRelatedInformation[] {
  return finding.related.flatMap((place) => {
    const text = context.workspace.text(place.path);
    if (text === undefined) return [];
    const document = TextDocument.create('', '', 0, text);
    const range = { start: document.positionAt(place.start), end: document.positionAt(place.end) };
    return [{ location: { uri: context.documents.uriOf(place.path), range }, message: place.message }];
  });
}
