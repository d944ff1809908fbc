/**
 * Text that Markdown shows as it is, whoever wrote it. (`MarkdownString.appendText` does that too, but ties all words together with
 * non-breaking spaces, so that a tooltip breaks lines within words.)
 */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~&$:]/g, '\\$&').replace(/\s+/g, ' ');
}
