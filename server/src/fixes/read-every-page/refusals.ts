/** Why nothing is written that reads every page, with the way out. */
export const REFUSALS = {
  'language': 'Nothing can be written in this language yet that reads the other pages.',
  'plain-http': 'The request is a plain HTTP one, made or read in a way that cannot be repeated here for the next page. Ask for the address that nextRecordsUrl tells until done is true.',
  'client': 'This client reads the other pages by calls of its own. Ask for the next page until there is none.',
  'options': 'The query is built or run elsewhere, or has options that are made elsewhere. Give it autoFetch: true and a maxFetch where it is run.',
  'callback': 'The query answers through a callback with its first page. Await it instead; then the other pages can be read in a loop.',
  'used-at-once': 'The result is used within a larger expression. Put it into a constant; then the other pages can be read in a loop.',
} as const;

export type RefusalReason = keyof typeof REFUSALS;
