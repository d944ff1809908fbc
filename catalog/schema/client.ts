import { z } from 'zod';
import { versions } from './words.ts';

/** What a method of a client type does. A method may stand in several variants; the first whose conditions hold applies. */
export const clientMethod = z.strictObject({
  /** Version range of the package for which this variant is true. */
  versions: versions.optional(),
  /**
   * Applies if the argument at `index` is an array (`array`), is not one (`one`), or is absent (`absent`); an argument of unknown shape
   * fits `one` and is noted as uncertain.
   */
  when: z.strictObject({ index: z.number().int().min(0), is: z.enum(['array', 'one', 'absent', 'string', 'object']) }).optional(),
  /** Catalogue operation that the call sends. Absent: no request (a builder such as `sobject`). */
  operation: z.string().optional(),
  /** Client type of the plain return value: builders, lazy queries, jobs. */
  returns: z.string().optional(),
  /** Client type that the promise resolves to, where it is a client type. */
  resolves: z.string().optional(),
  /** True for a call that sends nothing until awaited, executed, streamed or iterated. */
  lazy: z.boolean().optional(),
  /** True for a step of a chain that starts or refines an operation begun earlier in the chain (execute, limit, sort): not a call of its own. */
  continues: z.boolean().optional(),
  /** True if a chain that ends here becomes a writing operation of its own (`find().destroy()`), replacing the call begun earlier. */
  replaces: z.boolean().optional(),
  /** A trailing Node-style callback `(err, result)` is honoured. */
  callback: z.boolean().optional(),
  /** The result pages: which option reads all pages, and its cap (records). `always`: all pages up to the cap are read without being asked. */
  autoFetch: z
    .strictObject({ option: z.string(), cap: z.number().int().optional(), capOption: z.string().optional(), always: z.boolean().optional() })
    .optional(),
  /** At most this many rows can come (findOne: 1). */
  maxRows: z.number().int().optional(),
  /** A failure of this call is an event on the returned object (streaming subscriptions), not a rejection. */
  events: z.boolean().optional(),
  /** Distinctive enough to show, in a package that depends on the client, what a receiver of unknown type is. */
  strongShape: z.boolean().optional(),
});
export type ClientMethod = z.infer<typeof clientMethod>;

export const clientType = z.strictObject({
  /** Class this one extends; its members apply unless named here. */
  extends: z.string().optional(),
  /** Export names of the package under which the class can be constructed or named as a type: `Connection`. */
  exported: z.array(z.string()).optional(),
  /** Methods by name. */
  methods: z.record(z.string(), z.array(clientMethod).min(1)).optional(),
  /** Properties that are client types: `bulk` -> `Bulk`. */
  properties: z.record(z.string(), z.string()).optional(),
  /** Static methods of the exported class: `Connection.create`. */
  statics: z.record(z.string(), z.array(clientMethod).min(1)).optional(),
  /** True for a type that is a promise-like by itself (awaiting it runs it). */
  thenable: z.boolean().optional(),
});
export type ClientType = z.infer<typeof clientType>;

/** Everything the analysis knows of one client library. */
export const clientModel = z.strictObject({
  /** The call report's `client`. */
  id: z.string(),
  title: z.string(),
  /**
   * npm (or other registry) packages, sub-paths included: `jsforce/lib/connection`. `default`: the client type that the default export, or
   * the module itself, is.
   */
  packages: z.array(z.strictObject({ name: z.string(), versions: versions.optional(), default: z.string().optional() })).min(1),
  /** Client ids whose types this model may name as `id:Type` (for libraries that extend another). */
  uses: z.array(z.string()).optional(),
  /** Functions exported by the package: name -> method. */
  functions: z.record(z.string(), z.array(clientMethod).min(1)).optional(),
  types: z.record(z.string(), clientType),
  /** Where a failure shows on the error value, first match first: `errorCode`, `name`. */
  error: z.strictObject({
    code: z.array(z.string()),
    /** Members that hold the code of a broken connection (`ECONNRESET`) and never a code of the API. */
    network: z.array(z.string()).optional(),
    details: z.array(z.string()),
    status: z.array(z.string()),
    /** Members that people test and that never hold the code. */
    never: z.array(z.string()),
  }),
  /** Retries the library does by itself. */
  retries: z.array(
    z.strictObject({
      versions: versions.optional(),
      methods: z.array(z.string()),
      statuses: z.array(z.number().int()),
      /** Codes of a broken connection after which it repeats as well. */
      codes: z.array(z.string()).optional(),
      /** Retries after the first attempt. */
      retries: z.number().int(),
      source: z.string(),
    }),
  ),
  /** Whether an expired session is renewed without help, and when. */
  refresh: z.string(),
  source: z.array(z.string()).min(1),
});
export type ClientModel = z.infer<typeof clientModel>;
