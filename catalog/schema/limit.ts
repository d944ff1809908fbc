import { z } from 'zod';

/** A key of GET /limits. */
export const limit = z.strictObject({
  name: z.string(),
  title: z.string(),
  group: z.enum(['api', 'bulk', 'events', 'storage', 'email', 'apex', 'analytics', 'other']),
  unit: z.string(),
  window: z.string(),
  /** What it counts, and what fails (with which code) at 100 percent. */
  counts: z.string().min(20),
  atFull: z.string().min(20),
  source: z.url(),
});
export type Limit = z.infer<typeof limit>;
export const limitFile = z.strictObject({ limits: z.array(limit).min(1) });
