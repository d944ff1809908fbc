import type { Lint } from './problem.ts';

/** What is said about repeating an operation does not contradict itself: a careless `yes` here becomes duplicate records in production. */
export const repeatability: Lint = ({ operations }) =>
  operations.flatMap(({ id, kind, http, requests, repeatable, repeatNote, partial }) => {
    const problems: string[] = [];
    if (requests === 'many-writes' && repeatable === 'yes')
      problems.push(`${id} sends several writes, so a failure leaves it applied in part: it cannot be repeated as a whole`);
    if (kind === 'create' && repeatable !== 'no') problems.push(`${id} creates records: a repeat after a lost answer creates them again`);
    if (repeatable !== 'yes' && http !== 'GET' && repeatNote === undefined && id.split('.')[0] !== 'connect')
      problems.push(`${id} may not simply be repeated and does not say why`);
    if (requests === 'many-writes' && !partial) problems.push(`${id} sends several writes but is said never to succeed in part`);
    return problems;
  });
