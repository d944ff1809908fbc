import type { FailureClass, RetrySafety } from '../schema/words.ts';
import type { Lint } from './problem.ts';

/** Pairs that contradict themselves, and why. */
const CONTRADICTIONS: readonly [FailureClass, RetrySafety, string][] = [
  ['transient', 'never-helps', 'what passes by itself is helped by trying again'],
  ['outage', 'never-helps', 'what passes by itself is helped by trying again'],
  ['session', 'never-helps', 'a new login would help; where it does not, the class is access'],
  ['request', 'not-applied', 'a wrong request is as wrong the second time'],
  ['request', 'unknown-outcome', 'a wrong request is as wrong the second time'],
];

/** The class of a failure and what is said about repeating do not contradict each other. */
export const classAndRetry: Lint = ({ codes, statuses, messages }) =>
  [
    ...codes.flatMap(({ code, family, modes }) => modes.map((mode) => ({ ...mode, where: `${code} in ${family}, ${mode.id}` }))),
    ...statuses.map((status) => ({ class: status.class, retry: status.retry, where: `HTTP ${status.status}` })),
    ...messages.map((message) => ({ ...message, where: `the message ${message.id}` })),
  ].flatMap((stated) =>
    CONTRADICTIONS.filter(([failureClass, retry]) => failureClass === stated.class && retry === stated.retry).map(
      ([failureClass, retry, why]) => `${stated.where} is ${failureClass} and ${retry}: ${why}`,
    ),
  );
