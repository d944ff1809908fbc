/** Why a handler is not made to branch, with the way out. */
export const REFUSALS = {
  'language': 'No handler can be written in this language yet.',
  'no-handler': 'The failure ends in no catch clause. Handle it where the call is awaited.',
  'other-file': 'The failure ends in another file. Open the handler there, which the finding links to.',
  'code-elsewhere': 'Errors of this client do not hold Salesforce\u2019s code where code can compare it. Look at the status and the body of the answer, and throw on what the handler cannot mend.',
  'callback': 'The failure comes to a callback, and an error that is thrown there reaches nobody. Await the call; then its failure can be thrown on.',
  'asks-already': 'The handler asks for some codes already. Add the others there.',
  'nobody-waits': 'Nobody is known to wait for this function, so that an error that is thrown on may end the program. Tell somebody of the failure here, in the way that this program has.',
  'named-otherwise': 'The handler takes the error apart, or has its name for something else. Give the error a name of its own; then the handler can be made to branch.',
  'nothing-to-keep': 'No failure of this call should end here: none is about one record, or about something that the org does not have. Throw the failure on.',
} as const;

export type RefusalReason = keyof typeof REFUSALS;
