import * as vscode from 'vscode';
import { REFERENCE_COMMAND } from '../../../server/src/explain/referenceLink.ts';
import type { ExplainerLoader } from './explainer.ts';

/**
 * Languages in which codes are explained by their word alone. The language server is not told of their documents: a log of a hundred megabytes
 * need not be copied to it. Not all of them wake the extension: the manifest says which.
 */
export const WORD_LANGUAGES = [
  'apex', 'apex-anon', 'go', 'php', 'ruby', 'kotlin', 'scala', 'json', 'jsonc', 'jsonl', 'log', 'plaintext', 'xml', 'yaml',
];

/** A word that can be a code: most words of a text cannot, and nothing is loaded for them. */
const LIKELY = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+)+|[a-z]+(?:_[a-z]+)+|[A-Z]{4,}/;
/** Text handed over around the word, in UTF-16 code units: enough to see whether it is about Salesforce. */
const REACH = 200_000;

/** Explains error codes on hover in the languages that are not analysed. */
export function registerCodeHover(explainer: ExplainerLoader): vscode.Disposable {
  return vscode.languages.registerHoverProvider(WORD_LANGUAGES, {
    async provideHover(document, position) {
      if (vscode.workspace.getConfiguration('apiGuard', document).get<boolean>('enable') === false) return undefined;
      const range = document.getWordRangeAtPosition(position, /[\w$]+/);
      if (!range || !LIKELY.test(document.getText(range))) return undefined;
      const { explainedWord } = await explainer.get();
      const offset = document.offsetAt(range.start);
      const from = Math.max(0, offset - REACH);
      const text = document.getText(new vscode.Range(document.positionAt(from), document.positionAt(offset + REACH)));
      const explained = await explainedWord(text, offset - from, document.languageId);
      if (!explained) return undefined;
      const markdown = new vscode.MarkdownString(explained.markdown);
      markdown.isTrusted = { enabledCommands: [REFERENCE_COMMAND] };
      return new vscode.Hover(markdown, range);
    },
  });
}
