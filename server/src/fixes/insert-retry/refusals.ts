/** Why no retry is inserted at a call, with the way out. */
export const REFUSALS = {
  'callback': 'The call answers through a callback, which cannot be repeated from outside. Use the promise that it returns (await it) instead of the callback; then a retry can be inserted.',
  'many-writes': 'The call sends many writes, and after a failure some of them are done. Send them in calls of one request each and repeat those, or read which records failed and send only these again.',
  'result-used-otherwise': 'The result is used as more than a promise (a stream, events, a builder that goes on elsewhere). Await the call where it is made; then a retry can be inserted.',
  'nobody-waits': 'Nobody waits for the call. Await it first; then a retry can be inserted.',
  'single-use-argument': 'What is sent can be read only once (a stream or an iterator). Make it within the call, so that each attempt gets a new one.',
  'effects': 'What the call is given has effects of its own, which would be repeated too. Put it into a constant before the statement; then a retry can be inserted.',
  'changed-later': 'What the call is given is changed while the call may still be repeated. Await the call, or give it a copy.',
  'types': 'TypeScript would forget inside the repeated function that a value is not undefined. Put the value into a constant before the statement; then a retry can be inserted.',
  'helper-taken': 'A file or a variable has the name of the retry helper and is something else. Give it another name; then a retry can be inserted.',
  'client': 'What this client answers or throws is not known well enough to repeat its requests. Repeat them by hand, for the failures that pass by themselves.',
  'assigned-again': 'A function takes only variables here that are assigned once. Put the value into a variable of its own before the statement; then a retry can be inserted.',
  'language': 'No retry can be written in this language yet.',
} as const;

export type RefusalReason = keyof typeof REFUSALS;
