import { z } from 'zod';
import { day, failureClass, family, operationalCategory, retrySafety, who } from './words.ts';

/** One way in which a code can be met. The modes of a code are tried in order; the last has no `when` and takes the rest. */
export const failureMode = z.strictObject({
  /** Unique within the code, for example `daily`. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** What tells this mode from its siblings. */
  when: z
    .strictObject({
      /** Case-insensitive regular expression over the message. */
      message: z.string().optional(),
      /** Another code inside the message. */
      inner: z.string().optional(),
      http: z.array(z.number().int()).optional(),
    })
    .optional(),
  class: failureClass,
  retry: retrySafety,
  /** Marketing Cloud's own kind for it. */
  category: operationalCategory.optional(),
  /** What really happened, where it differs from the code's own meaning. */
  meaning: z.string().min(20).optional(),
  /** What to do in the calling code, first step first. */
  doInCode: z.string().min(20),
  /** What to do in the org or with its people, if anything. */
  doInOrg: z.string().min(10).optional(),
});
export type FailureMode = z.infer<typeof failureMode>;

/** A Salesforce error code in one family. */
export const errorCode = z.strictObject({
  code: z.string().min(1),
  family,
  /** Families in which the same text means the same. */
  alsoIn: z.array(family).optional(),
  title: z.string().min(8).max(80),
  /** One or two sentences that say what really happened. */
  meaning: z.string().min(40),
  /** True for a word that stands where errors stand and says that all went well: there is nothing to handle. */
  notFailure: z.boolean().optional(),
  /** True for words that other systems use too (NOT_FOUND): explained only where there is a trace of Salesforce. */
  generic: z.boolean().optional(),
  /** HTTP statuses the code comes with. */
  http: z.array(z.number().int()),
  modes: z.array(failureMode).min(1),
  /** Who can end it. */
  who,
  causes: z.array(z.string()),
  /** The raw message, with <placeholders>. */
  message: z.string().optional(),
  related: z.array(z.string()),
  /** Codes that can sit inside this one's message. */
  hides: z.array(z.string()).optional(),
  /** True where sources tell the name only, and the text is reasoned from the feature it belongs to: readers are told so. */
  inferred: z.boolean().optional(),
  source: z.url(),
  checked: day,
});
export type ErrorCode = z.infer<typeof errorCode>;

/**
 * Codes that differ only in what sets them off, such as the checks a flow must pass before it is saved: the group says once what is true of
 * all, a member what is its own. Look-ups give each member as a whole code.
 */
export const codeGroup = z.strictObject({
  /** Unique within the family, for example `flow-screens`. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  family,
  title: z.string().min(8).max(80),
  /** What all members have in common: which request or feature raises them and what became of the request. */
  meaning: z.string().min(40),
  class: failureClass,
  retry: retrySafety,
  category: operationalCategory.optional(),
  doInCode: z.string().min(20),
  doInOrg: z.string().min(10).optional(),
  who,
  /** True where sources tell little more than the names of all members. */
  inferred: z.boolean().optional(),
  source: z.url(),
  checked: day,
  members: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        title: z.string().min(8).max(80),
        /** One sentence: exactly what is wrong with what was sent, or what in the org set it off. */
        trigger: z.string().min(20),
        /** Where a member differs from its group. */
        class: failureClass.optional(),
        retry: retrySafety.optional(),
        category: operationalCategory.optional(),
        doInCode: z.string().min(20).optional(),
        /** As for a whole entry. */
        inferred: z.boolean().optional(),
      }),
    )
    .min(1),
});
export type CodeGroup = z.infer<typeof codeGroup>;

/** Everything of one family, in `catalog/codes/<family>.json`. */
export const codeFile = z.strictObject({ codes: z.array(errorCode), groups: z.array(codeGroup).optional() });
export type CodeFile = z.infer<typeof codeFile>;

/** An HTTP status as a Salesforce API uses it. */
export const httpStatus = z.strictObject({
  status: z.number().int().min(100).max(599),
  title: z.string().min(2),
  meaning: z.string().min(30),
  class: failureClass.optional(),
  retry: retrySafety.optional(),
  doInCode: z.string().min(20),
  /** Codes that come with it. */
  codes: z.array(z.string()),
  source: z.url(),
  checked: day,
});
export type HttpStatus = z.infer<typeof httpStatus>;
export const httpStatusFile = z.strictObject({ statuses: z.array(httpStatus).min(1) });
