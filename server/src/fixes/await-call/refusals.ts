/** Why a call is not awaited, with the way out. */
export const REFUSALS = {
  'language': 'No call can be awaited by a fix in this language yet.',
  'callback': 'The call is given a callback that never learns of the failure. Await the call instead, and do there what the callback does.',
  'stream': 'The call gives a stream or events. Listen to their error; there is nothing to await.',
  'kept': 'What the call gives is kept or handed on. Await it there.',
  'module': 'The call stands outside of functions, in a module that may not wait there. Put it into an async function whose failure is told to somebody.',
  'nobody-waits': 'Nobody waits for the function around the call (a listener, a handler of requests, forEach), so that an awaited failure would be as lost. Make its callers wait, or tell somebody of the failure in a catch of its own.',
} as const;

export type RefusalReason = keyof typeof REFUSALS;
