import { z } from 'zod';
import { clientModel } from './client.ts';
import { errorCode, failureMode } from './code.ts';
import { reporterLibrary, retryLibrary } from './library.ts';
import { family } from './words.ts';

/** A web page: shown as a link, so nothing that an editor would run. */
const page = z.url({ protocol: /^https?$/, message: 'This must be an address that begins with https://' });

/** A failure mode as users write it: one alone needs no name. */
export const userFailureMode = failureMode.extend({
  /** Unique within the code; needed where a code has several modes. */
  id: failureMode.shape.id.default('any'),
  /** What good code does about it. */
  class: failureMode.shape.class,
  /** Whether the same request may be sent again. */
  retry: failureMode.shape.retry,
  /** What really happened, where it differs from the code's own meaning. */
  meaning: z.string().min(1).optional(),
  /** What to do in the calling code, first step first. */
  doInCode: z.string().min(1),
  /** What to do in the org or with its people, if anything. */
  doInOrg: z.string().min(1).optional(),
});

/** A code of the users' own, for example one that their Apex REST class answers with. */
export const userErrorCode = errorCode.extend({
  /** The word as it stands in the answer. */
  code: z.string().min(1),
  /** The API whose answers it stands in; `rest` also for Apex REST. */
  family: family.default('rest'),
  /** A few words that say it, without a full stop. */
  title: z.string().min(1).max(80),
  /** One or two sentences that say what really happened. */
  meaning: z.string().min(1),
  /** HTTP statuses the code comes with. */
  http: errorCode.shape.http.default([]),
  /** The ways in which it can be met, tried in order. The last has no `when` and takes the rest. */
  modes: z.array(userFailureMode).min(1).refine(uniqueIds, { message: 'Each mode of a code needs an id of its own' }),
  /** Who can end it. */
  who: errorCode.shape.who.default('integration developer'),
  /** Usual causes, without a full stop. */
  causes: errorCode.shape.causes.default([]),
  /** Codes to look at as well. */
  related: errorCode.shape.related.default([]),
  /** A page of the house that says more. */
  source: page.default(''),
  /** The day on which somebody last made sure of it, as year-month-day. */
  checked: errorCode.shape.checked.default(''),
});

/** A client of the users' own: a wrapper around Salesforce calls. */
export const userClientModel = clientModel.extend({
  /** Retries the library does by itself. */
  retries: clientModel.shape.retries.default([]),
  /** Whether an expired session is renewed without help, and when: a sentence for people. */
  refresh: clientModel.shape.refresh.default('Not described.'),
  /** Where this is written down. */
  source: z.array(z.string()).default([]),
});

/** Where this is written down; users need not say. */
const source = z.array(z.string()).default([]);

/** A library of the users' own that repeats or reports failures. */
export const userLibrary = z.discriminatedUnion('kind', [retryLibrary.extend({ source }), reporterLibrary.extend({ source })]);

/** What users may add to the catalogue, in `.api-guard.json` or in the setting `apiGuard.catalog`. */
export const userCatalog = z.strictObject({
  /** Error codes of your own Apex classes and services. */
  codes: z.array(userErrorCode).optional(),
  /** Client libraries of your own: which package brings them, which method sends which operation. */
  clients: z.array(userClientModel).optional(),
  /** Functions of your own that repeat or report failures. */
  libraries: z.array(userLibrary).optional(),
});
export type UserCatalog = z.infer<typeof userCatalog>;

/** Whether no two modes have the same id. */
function uniqueIds(modes: readonly { id: string }[]): boolean {
  return new Set(modes.map(({ id }) => id)).size === modes.length;
}
