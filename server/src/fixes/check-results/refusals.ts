/** Why no check of results is written at a call, with the way out. */
export const REFUSALS = {
  'language': 'No check can be written in this language yet.',
  'nobody-waits': 'Nobody waits for the call. Await it first; then its results can be checked.',
  'callback': 'The call answers through a callback that does not look at its error, or that a check cannot be put into. Await the call instead; then its results can be checked.',
  'plain-http': 'The call is a plain HTTP request, whose answer is read elsewhere. Look at the result of each record where the body of the answer is read.',
  'other-answer': 'What the call answers with is known to nobody but this code. Look at the result of each part where the answer is used.',
  'used-at-once': 'The result is used within a larger statement, or is a promise that is kept for later. Await the call in a statement of its own; then its results can be checked.',
  'job-elsewhere': 'The end of the job is not awaited here, where its rows are sent. Fetch the failed rows (getFailedResults) where the job has ended.',
} as const;

export type RefusalReason = keyof typeof REFUSALS;
