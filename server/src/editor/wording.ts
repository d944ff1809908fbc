import type { FailureClass, RetrySafety } from '../../../catalog/schema/words.ts';

/** What a failure class asks of the code, for people. */
export const CLASS_TEXT: Record<FailureClass, { name: string; answer: string }> = {
  transient: { name: 'passing', answer: 'try again with backoff' },
  session: { name: 'session', answer: 'log in again once, then repeat' },
  quota: { name: 'quota', answer: 'stop or slow down, and tell somebody' },
  data: { name: 'data', answer: 'set the record aside with its reason' },
  access: { name: 'access', answer: 'an administrator must act' },
  request: { name: 'request', answer: 'the code must be mended' },
  outage: { name: 'outage', answer: 'wait until the org is back' },
};

/** Whether the request may be sent again, for people. */
export const REPEAT_TEXT: Record<RetrySafety, string> = {
  'not-applied': 'safe: Salesforce refused the whole request. As the status of one record among several, that holds for this record only.',
  'unknown-outcome': 'only if the operation may be repeated: the first attempt may have been applied.',
  'applied-in-part': 'only for what failed: a part of the request has been applied.',
  'never-helps': 'of no use: the same request fails again.',
};

/** Puts text into a Markdown cell or paragraph so that it is read as text. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** A word of code in Markdown. */
export function code(text: string): string {
  return `\`${text.replace(/`/g, "'")}\``;
}
