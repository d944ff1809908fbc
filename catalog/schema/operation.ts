import { z } from 'zod';
import { family } from './words.ts';

/** An API operation, whatever client sends it. */
export const operation = z.strictObject({
  /** For example `rest.sobject.create`. */
  id: z.string().regex(/^[a-z0-9]+(\.[a-z0-9-]+)+$/),
  title: z.string().min(4),
  /** The call report's kind. */
  kind: z.enum([
    'authenticate', 'query', 'query-more', 'search', 'retrieve', 'create', 'update', 'upsert', 'delete', 'describe', 'composite', 'bulk',
    'apex-rest', 'metadata', 'tooling', 'streaming', 'limits', 'report', 'raw-request', 'other',
  ]),
  family,
  /**
   * Requests that are this operation: method and path below `/services/data/vNN.N`, or from the root where it begins with `/services` or
   * `/id`. `{}` is one segment, a closing `**` one or more.
   */
  paths: z.array(z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) (\/([A-Za-z0-9-]+|\{\}))+(\/\*\*)?$/)).optional(),
  /** HTTP method of its (writing) request. */
  http: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'unknown']),
  requests: z.enum(['one', 'many-reads', 'many-writes']),
  /** May it be sent again after an unknown outcome (time-out, reset connection)? `unknown` where the path or body decides. */
  repeatable: z.enum(['yes', 'no', 'unknown']),
  /** What to know before repeating. */
  repeatNote: z.string().optional(),
  /** Whether a success can be partial, so that per-record results must be read. */
  partial: z.boolean(),
  /** Where a partial success shows: every operation with `partial` has it. */
  partialShape: z
    .strictObject({
      /** Member path from the answer to the list of results; empty where the answer is the list, absent where it is one object. */
      list: z.string().optional(),
      /** Member of each result that tells success: `success`, `isSuccessful`, or a status compared with `below`. */
      ok: z.string(),
      /** The result stands for a failure from this number on (HTTP statuses inside a composite answer). */
      failsFrom: z.number().int().optional(),
      /** Member path of a failed result to its errors. */
      errors: z.string().optional(),
      /** Member of such an error that holds the code. */
      code: z.string().optional(),
      /** Operations that must be asked for the failed records, where the answer itself does not hold them (bulk jobs). */
      readBy: z.string().optional(),
    })
    .optional(),
  /** Whether the answer comes in pages. */
  paging: z.boolean(),
  /** Where the next page shows. */
  pages: z
    .strictObject({
      /** Member that holds the rows of a page. */
      rows: z.string(),
      /** Member that is true on the last page, where there is one. */
      done: z.string().optional(),
      /** Member or header that leads to the next page: an address, a locator, a token. */
      next: z.string(),
      /** Operation that reads the next page. */
      by: z.string(),
    })
    .optional(),
  /**
   * Failure modes it can meet: `CODE` for every mode of a code of its family, `CODE/mode` for one, `dml:CODE` for another family's code
   * (the status of one record). HTTP statuses as `HTTP_503`. Most telling first within a class.
   */
  failures: z.array(z.string()).min(1),
  /** Keys of GET /limits that it spends. */
  limits: z.array(z.string()),
  source: z.url(),
});
export type Operation = z.infer<typeof operation>;
export const operationFile = z.strictObject({ operations: z.array(operation).min(1) });
