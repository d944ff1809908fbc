/** Languages that API Guard checks, by the editor's ids. */
export const LANGUAGES = ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'java', 'csharp'];

/** Where documents may live. In `vscode-vfs` (a repository opened without a clone) only open documents can be read. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs'];

/** The documents that the language server is told of. */
export const DOCUMENT_SELECTOR = LANGUAGES.flatMap((language) => SCHEMES.map((scheme) => ({ language, scheme })));

/** Whether the language server is told of a document. */
export function isChecked(document: { languageId: string; uri: { scheme: string } }): boolean {
  return LANGUAGES.includes(document.languageId) && SCHEMES.includes(document.uri.scheme);
}
