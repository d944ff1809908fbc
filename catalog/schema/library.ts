import { z } from 'zod';
import { versions } from './words.ts';

/** A function of a retry library that repeats a function given to it. */
export const retryFunction = z.strictObject({
  /** Export name (`default` for the default export or the module itself), or `default.method`. */
  export: z.string(),
  /** Index of the argument that is repeated. */
  repeats: z.number().int().min(0),
  /** True if it returns a repeating function instead of running it at once. */
  returnsFunction: z.boolean().optional(),
  /** True if a failure alone repeats nothing: the repeated function must call the retry function that it is given. */
  manual: z.boolean().optional(),
  versions: versions.optional(),
});

/** A library that repeats failing functions. */
export const retryLibrary = z.strictObject({
  kind: z.literal('retry'),
  id: z.string(),
  packages: z.array(z.string()).min(1),
  functions: z.array(retryFunction),
  /** Factories that build a policy object, and the policy's methods that run a function. */
  policies: z
    .array(z.strictObject({ factory: z.string(), methods: z.record(z.string(), z.number().int()), manual: z.boolean().optional() }))
    .optional(),
  source: z.array(z.string()).min(1),
});
export type RetryLibrary = z.infer<typeof retryLibrary>;

/** Names by which loggers and error reporters are called in code: a call to a logger alone does not handle a failure, a report does. */
export const reporterLibrary = z.strictObject({
  kind: z.literal('reporter'),
  id: z.string(),
  packages: z.array(z.string()),
  /** `log`: the failure is written down and nobody is told. `report`: somebody is told. */
  effect: z.enum(['log', 'report']),
  /** Receiver names (last word of the receiver path, case-insensitive): `console`, `logger`. */
  receivers: z.array(z.string()),
  /** Method names on such a receiver; empty means any. */
  methods: z.array(z.string()),
  /** Free functions: `debug`. */
  functions: z.array(z.string()),
  source: z.array(z.string()),
});
export type ReporterLibrary = z.infer<typeof reporterLibrary>;
export const library = z.discriminatedUnion('kind', [retryLibrary, reporterLibrary]);
export type Library = z.infer<typeof library>;
