import { z } from 'zod';

/** A key of GET /limits. */
export const limit = z.strictObject({
  name: z.string(),
  title: z.string(),
  group: z.enum(['api', 'bulk', 'events', 'storage', 'email', 'apex', 'analytics', 'other']),
  unit: z.string(),
  window: z.string(),
  /** API versions that have the key, where not all do: `47.0+`, `36.0 and earlier`. */
  apiVersions: z.string().optional(),
  /** What it counts. */
  counts: z.string().min(20),
  /** What fails when nothing is left. */
  atFull: z.string().min(20),
  /** Codes that calls then answer with; empty where it shows otherwise, which `atFull` says. */
  codes: z.array(z.string()),
  /** How to use less of it, first step first. */
  useLess: z.string().min(20),
  source: z.url(),
});
export type Limit = z.infer<typeof limit>;
export const limitFile = z.strictObject({ limits: z.array(limit).min(1) });

/** A fixed bound of one request, job, query or record: the same in every org (or edition), and not a key of GET /limits. */
export const requestShape = z.strictObject({
  /** For example `collections.records`: what rules ask for. */
  id: z.string().regex(/^[a-z0-9]+(\.[a-z0-9-]+)+$/),
  title: z.string().min(8),
  /** Absent where the documented fact is that there is no bound. */
  value: z.number().optional(),
  unit: z.string(),
  /** What the value is counted over: `request`, `job`, `24 hours, rolling`, `concurrent`. */
  per: z.string(),
  /** Operations of the catalogue that it binds; empty where it binds every call. */
  operations: z.array(z.string()),
  /** Codes of an answer to a request beyond it. */
  codes: z.array(z.string()),
  /** HTTP status of such an answer, where there is no code. */
  http: z.array(z.number().int()),
  /** What happens beyond it and what to do instead. */
  beyond: z.string().min(20),
  source: z.url(),
});
export type RequestShape = z.infer<typeof requestShape>;
export const requestShapeFile = z.strictObject({ requestShapes: z.array(requestShape).min(1) });

/** A place, other than GET /limits, where the use of a limit can be read. */
export const usageView = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(4),
  /** Keys of GET /limits that it tells about. */
  limits: z.array(z.string()),
  /** How to get there, and what to know of its figures. */
  how: z.string().min(20),
  /** For a header: a real value of it. */
  example: z.string().optional(),
  source: z.url(),
});
export type UsageView = z.infer<typeof usageView>;
export const usageViewFile = z.strictObject({ usageViews: z.array(usageView).min(1) });
