/** What an editor loads when somebody wants an error explained: a bundle of its own, so that nothing of it is loaded at start. */
import { isOperation, setUserEntries, userEntries } from '../../../catalog/index.ts';
import { merged } from '../user-catalog/merged.ts';
import { codeAt } from './codeAt.ts';
import { codeMarkdown } from './codeMarkdown.ts';
import { explain } from './explain.ts';
import { explainMarkdown } from './explainMarkdown.ts';
import { LimitHeaders } from './limitHeaders.ts';
import { mentionsSalesforce } from './mentionsSalesforce.ts';
import { supportCase } from './supportCase.ts';

/** What a text with errors means, as a Markdown document. */
export function explainedText(text: string): string {
  return explainMarkdown(explain(text), new LimitHeaders().add(text).sentences);
}

/** A support case made of a text with errors, as a Markdown document. `now`: the time and zone to put on it. */
export function preparedCase(text: string, now: string): string {
  return supportCase(text, { now });
}

/** What the word at an offset means, in a text of any language; undefined where it is no error code. */
export async function explainedWord(text: string, offset: number, languageId: string): Promise<{ markdown: string; start: number; end: number } | undefined> {
  const found = await codeAt(text, offset, () => languageId === 'apex' || mentionsSalesforce(text));
  return found && { markdown: codeMarkdown(found.entries, (entry) => !userEntries().codes.includes(entry)), start: found.start, end: found.end };
}

/** Takes over users' own entries: from the texts of project files and from the setting, which counts first. Wrong ones are left out. */
export async function takeUserCatalogs(texts: readonly string[], setting: unknown): Promise<void> {
  if (texts.length === 0 && setting === undefined) return setUserEntries(undefined);
  const { checked, parseUserCatalog } = await import('../user-catalog/parseUserCatalog.ts');
  const ofSetting = setting === undefined ? [] : [checked(setting, isOperation).entries];
  setUserEntries(merged([...ofSetting, ...texts.map((text) => parseUserCatalog(text, ['catalog'], isOperation).entries)]));
}
