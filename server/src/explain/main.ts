/** What an editor loads when somebody wants an error explained: a bundle of its own, so that nothing of it is loaded at start. */
import { codeAt } from './codeAt.ts';
import { codeMarkdown } from './codeMarkdown.ts';
import { explain } from './explain.ts';
import { explainMarkdown } from './explainMarkdown.ts';
import { mentionsSalesforce } from './mentionsSalesforce.ts';
import { supportCase } from './supportCase.ts';

/** What a text with errors means, as a Markdown document with links into the reference. */
export function explainedText(text: string): string {
  return explainMarkdown(explain(text), true);
}

/** A support case made of a text with errors, as a Markdown document. `now`: the time and zone to put on it. */
export function preparedCase(text: string, now: string): string {
  return supportCase(text, { now });
}

/** What the word at an offset means, in a text of any language; undefined where it is no error code. */
export function explainedWord(text: string, offset: number, languageId: string): { markdown: string; start: number; end: number } | undefined {
  const found = codeAt(text, offset, () => languageId === 'apex' || mentionsSalesforce(text));
  return found && { markdown: codeMarkdown(found.entries, true), start: found.start, end: found.end };
}

export { setUserEntries } from '../../../catalog/index.ts';
