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
  /** Whether the answer comes in pages. */
  paging: z.boolean(),
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
