import { z } from 'zod';
import { day } from './words.ts';

/** A Salesforce release: three come a year. */
const release = z.string().regex(/^(Spring|Summer|Winter) '\d\d$/);

/** A part of an API that is gone or has a date on which it goes. */
export const retirement = z.strictObject({
  /** For example `api-versions-21-to-30`. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(8),
  /** First and last API version concerned. */
  versions: z.strictObject({ from: z.number(), to: z.number().optional() }),
  /** Families whose requests are concerned. */
  families: z.array(z.string()).min(1),
  /** Operations concerned; absent for every one of the versions. */
  operations: z.array(z.string()).optional(),
  /** The release from which it is no longer supported, though it still works. */
  deprecated: release.optional(),
  /** The release that takes it away. */
  retired: release,
  /** What a request gets from then on. */
  answers: z.array(z.strictObject({ family: z.string(), http: z.number().int().optional(), code: z.string().optional() })),
  instead: z.string().min(20),
  source: z.url(),
  checked: day,
});
export type Retirement = z.infer<typeof retirement>;
export const retirementFile = z.strictObject({ retirements: z.array(retirement).min(1) });
