import { operationsWith, type ErrorCode, type FailureMode, type HttpStatus, type Message } from '../../../catalog/index.ts';
import type { Explanation, Guess } from './explanation.ts';
import { CLASS_TEXT, INFERRED_TEXT, REPEAT_TEXT, originOf, signsOf } from './wording.ts';

/** Longer lines are hard to read in a terminal, in characters. */
const WIDTH = 100;

/**
 * What was found in a text, for a terminal.
 * @param headers what headers of the answers tell about limits, in sentences
 */
export function plainText(explanations: readonly Explanation[], headers: readonly string[] = []): string {
  const told = headers.length > 0 ? [`${['What the headers say', ...headers.flatMap((sentence) => wrapped(sentence, '  '))].join('\n')}\n`] : [];
  return [...explanations.map(one), ...told].join('\n');
}

function one(explanation: Explanation): string {
  const { code, http, count, firstSeen, lastSeen, message, meanings, knownMessage, status, guess } = explanation;
  const seen = [...(count > 1 ? [`${count} times`] : []), ...(firstSeen ? [lastSeen ? `${firstSeen} to ${lastSeen}` : firstSeen] : [])];
  const head = [code ?? (http === undefined ? 'Message' : `HTTP ${http}`), ...(seen.length > 0 ? [`(${seen.join(', ')})`] : [])].join(' ');
  const lines = [head, ...(message !== undefined && message !== code ? wrapped(`"${message.slice(0, 400)}"`, '  ') : [])];
  for (const { entry, mode } of meanings) lines.push('', ...entryLines(entry, mode ? [mode] : entry.modes));
  if (knownMessage) lines.push('', ...messageLines(knownMessage));
  if (status) lines.push('', ...statusLines(status));
  if (guess) lines.push('', ...guessLines(guess));
  if (meanings.length === 0 && !knownMessage && !status && !guess) lines.push('', '  No code and no known text was recognised in it.');
  return `${lines.join('\n')}\n`;
}

function entryLines(entry: ErrorCode, modes: readonly FailureMode[]): string[] {
  const operations = operationsWith(entry);
  return [
    ...wrapped(`${entry.title} (${originOf(entry)})`, '  '),
    ...wrapped(entry.meaning, '  '),
    ...modes.flatMap((mode) => [
      ...(mode.when && modes.length > 1 ? wrapped(`If ${signsOf(mode, (text, kind) => (kind === 'pattern' ? `/${text}/` : text))}:`, '  ') : modes.length > 1 ? ['  Otherwise:'] : []),
      ...(mode.meaning ? wrapped(mode.meaning, '  ') : []),
      ...field('Do first', mode.doInCode),
      ...(mode.doInOrg ? field('In the org', mode.doInOrg) : []),
      ...(entry.notFailure ? [] : [
        ...field('Repeat', REPEAT_TEXT[mode.retry]),
        ...field('Class', `${mode.class} (${CLASS_TEXT[mode.class]})${mode.category ? `, in Marketing Cloud ${mode.category}` : ''}`),
      ]),
    ]),
    ...(entry.notFailure ? [] : field('Who', entry.who)),
    ...(entry.causes.length > 0 ? field(entry.inferred ? 'Maybe' : 'Causes', `${entry.causes.join('; ')}.`) : []),
    ...(entry.hides?.length ? field('Can hide', entry.hides.join(', ')) : []),
    ...(entry.related.length > 0 ? field('See also', entry.related.join(', ')) : []),
    ...(operations.length > 0 ? field('Met by', operations.slice(0, 6).join(', ') + (operations.length > 6 ? ` and ${operations.length - 6} more` : '')) : []),
    ...(entry.inferred ? field('Note', INFERRED_TEXT) : []),
    ...(entry.source ? field('Source', `${entry.source}${entry.checked ? ` (checked ${entry.checked})` : ''}`) : []),
  ];
}

function messageLines(message: Message): string[] {
  return [
    ...wrapped(`${message.title} (${message.product})`, '  '),
    ...wrapped(message.meaning, '  '),
    ...field('Do first', message.doInCode),
    ...(message.doInOrg ? field('In the org', message.doInOrg) : []),
    ...field('Repeat', REPEAT_TEXT[message.retry]),
    ...field('Class', `${message.class} (${CLASS_TEXT[message.class]})${message.category ? `, in Marketing Cloud ${message.category}` : ''}`),
    ...field('Who', message.who),
    ...(message.causes.length > 0 ? field('Causes', `${message.causes.join('; ')}.`) : []),
    ...(message.codes.length > 0 ? field('Behind it', message.codes.join(', ')) : []),
    ...field('Source', `${message.source} (checked ${message.checked})`),
  ];
}

function statusLines(status: HttpStatus): string[] {
  return [
    ...wrapped(`HTTP ${status.status} ${status.title}`, '  '),
    ...wrapped(status.meaning, '  '),
    ...field('Do first', status.doInCode),
    ...(status.retry ? field('Repeat', REPEAT_TEXT[status.retry]) : []),
    ...(status.class ? field('Class', `${status.class} (${CLASS_TEXT[status.class]})`) : []),
    ...(status.codes.length > 0 ? field('Comes with', status.codes.join(', ')) : []),
    ...field('Source', status.source),
  ];
}

function guessLines(guess: Guess): string[] {
  return [
    ...wrapped('This code is not in the catalogue, so what follows is no more than a guess.', '  '),
    ...wrapped(guess.because, '  '),
    ...(guess.class ? field('Class', `probably ${guess.class} (${CLASS_TEXT[guess.class]})`) : []),
    ...(guess.nearest.length > 0 ? field('Like it', guess.nearest.join(', ')) : []),
  ];
}

function field(name: string, text: string): string[] {
  return wrapped(text, `    ${`${name}:`.padEnd(12)}`, ' '.repeat(16));
}

/** Breaks a text at blanks; the first line begins with `first`, the others with `others`. */
function wrapped(text: string, first: string, others = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/)) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = others;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
