import { operationsWith, type Message } from '../../../catalog/index.ts';
import { entryMarkdown } from './entryMarkdown.ts';
import type { Explanation, Guess } from './explanation.ts';
import { statusMarkdown } from './statusMarkdown.ts';
import { CLASS_TEXT, REPEAT_TEXT, code, plain } from './wording.ts';

/** Longer messages are cut where they are shown, in UTF-16 code units. */
const LONGEST_MESSAGE = 1_000;

/**
 * What was found in a text, as a readable Markdown document. It holds all that the reference has: no links to there, which previews would not follow.
 * @param headers what headers of the answers tell about limits, in sentences
 */
export function explainMarkdown(explanations: readonly Explanation[], headers: readonly string[] = []): string {
  const told = headers.length > 0 ? `${headers.map((sentence) => `- ${plain(sentence)}`).join('\n')}\n` : '';
  if (explanations.length === 0) {
    if (told !== '') return `# What the headers say\n\n${told}\nNo Salesforce error is recognised beside them.\n`;
    return '# No Salesforce error recognised\n\nPaste the whole answer or log line, or the code alone. Codes that a custom Apex REST class makes up are known to API Guard once they stand in `.api-guard.json`.\n';
  }
  return `${explanations.map((explanation) => one(explanation)).join('\n\n---\n\n')}\n${told === '' ? '' : `\n---\n\n# What the headers say\n\n${told}`}`;
}

function one({ code: name, http, message, fields, count, firstSeen, lastSeen, meanings, knownMessage, status, guess }: Explanation): string {
  const parts = [`# ${name === undefined ? (http === undefined ? 'Message' : `HTTP ${http}`) : plain(name)}`];
  const seen = [
    ...(count > 1 ? [`${count} times`] : []),
    ...(firstSeen ? [lastSeen ? `from ${plain(firstSeen)} to ${plain(lastSeen)}` : `at ${plain(firstSeen)}`] : []),
    ...(name !== undefined && http !== undefined ? [`with HTTP ${http}`] : []),
    ...(fields?.length ? [`fields ${fields.map(code).join(', ')}`] : []),
  ];
  if (seen.length > 0) parts.push(`Met ${seen.join(', ')}.`);
  if (message !== undefined && message !== name) parts.push(`> ${plain(message.slice(0, LONGEST_MESSAGE))}`);
  for (const { entry, mode } of meanings)
    parts.push(entryMarkdown(entry, { mode, whole: true, operations: operationsWith(entry) }));
  if (knownMessage) parts.push(messageMarkdown(knownMessage));
  if (status) parts.push(statusMarkdown(status));
  if (guess) parts.push(guessMarkdown(guess));
  if (meanings.length === 0 && !knownMessage && !status && !guess) parts.push('No code and no known text was recognised in it.');
  return parts.join('\n\n');
}

function messageMarkdown(message: Message): string {
  return [
    `**${plain(message.title)}** (${plain(message.product)})`,
    plain(message.meaning),
    [
      `- Class: **${message.class}** (${CLASS_TEXT[message.class]})${message.category ? `; Marketing Cloud calls it ${message.category}` : ''}`,
      `- Repeat: ${REPEAT_TEXT[message.retry]}`,
      `- In the code: ${plain(message.doInCode)}`,
      ...(message.doInOrg ? [`- In the org: ${plain(message.doInOrg)}`] : []),
    ].join('\n'),
    ...(message.causes.length > 0 ? [`Usual causes: ${message.causes.map(plain).join('; ')}.`] : []),
    ...(message.codes.length > 0 ? [`Behind it: ${message.codes.map(code).join(', ')}.`] : []),
    `Who can end it: ${message.who}. [Source](${message.source}), checked ${message.checked}`,
  ].join('\n\n');
}

/** What can be said honestly of a code that nobody has described. */
export function guessMarkdown(guess: Guess): string {
  return [
    'This code is **not in the catalogue**, so what follows is no more than a guess.',
    plain(guess.because),
    ...(guess.class ? [`- Class: probably **${guess.class}** (${CLASS_TEXT[guess.class]})`] : []),
    ...(guess.nearest.length > 0 ? [`Codes with a name like it: ${guess.nearest.map(code).join(', ')}.`] : []),
  ].join('\n\n');
}
