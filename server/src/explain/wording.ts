import type { ErrorCode, FailureMode } from '../../../catalog/schema/code.ts';
import type { FailureClass, Family, RetrySafety } from '../../../catalog/schema/words.ts';

/** What a failure class asks of the code, for people. */
export const CLASS_TEXT: Record<FailureClass, string> = {
  transient: 'can pass by itself: try again a few times, with backoff',
  session: 'log in again once, then repeat',
  quota: 'stop or slow down, and tell somebody',
  data: 'set the record aside with its reason',
  access: 'an administrator must act',
  request: 'what is sent must be mended: code, query or file',
  outage: 'the fault is on Salesforce\'s side: wait, and ask its support if it stays',
};

/** The API whose word a code is, for people. */
export const FAMILY_TEXT: Record<Family, string> = {
  rest: 'REST API',
  soap: 'SOAP API',
  dml: 'status of one record',
  bulk: 'Bulk API',
  bulk2: 'Bulk API 2.0',
  oauth: 'OAuth',
  http: 'HTTP',
  composite: 'Composite API',
  metadata: 'Metadata API',
  client: 'client library',
  'login-status': 'login history',
  'mc-rest': 'Marketing Cloud REST API',
  'mc-soap': 'Marketing Cloud SOAP API',
};

/** Where a code comes from, for people. What Metadata API brings of its own are codes inside another answer. */
export function originOf({ family, alsoIn }: Pick<ErrorCode, 'family' | 'alsoIn'>): string {
  return [family === 'metadata' ? 'extended error code' : FAMILY_TEXT[family], ...(alsoIn ?? []).map((other) => FAMILY_TEXT[other])].join(', ');
}

/** Whether the request may be sent again, for people. */
export const REPEAT_TEXT: Record<RetrySafety, string> = {
  'not-applied': 'safe: it was refused and nothing of it was applied.',
  'unknown-outcome': 'only if the operation may be repeated: the first attempt may have been applied.',
  'applied-in-part': 'only for what failed: a part of the request has been applied.',
  'never-helps': 'of no use: the same request gets the same answer.',
};

/** What stands under an entry whose source tells no more than a name. */
export const INFERRED_TEXT = 'Sources tell little more than the name of this code; a part of what stands here is reasoned from the feature it belongs to.';

/** Puts text into a Markdown cell or paragraph so that it is read as text. An underscore inside a word means nothing in Markdown and stays. */
export function plain(text: string): string {
  return text.replace(/[&\\`*{}[\]<>#|]|(?<!\w)_|_(?!\w)/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** A word of code in Markdown. */
export function code(text: string): string {
  return `\`${text.replace(/`/g, "'")}\``;
}

/** What tells a failure mode from the others of its code, as the words after an "if". `quoted` puts marks around a pattern or an inner code. */
export function signsOf({ when }: FailureMode, quoted: (text: string, kind: 'pattern' | 'code') => string): string {
  return [
    ...(when?.message ? [`the message matches ${quoted(when.message, 'pattern')}`] : []),
    ...(when?.inner ? [`the message contains ${quoted(when.inner, 'code')}`] : []),
    ...(when?.http ? [`the HTTP status is ${when.http.join(' or ')}`] : []),
  ].join(' and ');
}
