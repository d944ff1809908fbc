import { z } from 'zod';
import { day, failureClass, operationalCategory, retrySafety, who } from './words.ts';

/**
 * A text that people meet in a log or on a screen without a Salesforce code beside it, or with a code that does not tell enough. The texts
 * hold `{placeholders}` for what differs from case to case.
 */
export const message = z.strictObject({
  /** Unique, for example `ipaas-refresh-token-missing`. */
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Whose text it is. */
  product: z.enum(['salesforce', 'marketing-cloud', 'ipaas.com', 'marketo-sales-connect']),
  /** The text, and the same text as other versions or languages of the product show it. */
  patterns: z.array(z.string().min(4)).min(1),
  title: z.string().min(8).max(80),
  meaning: z.string().min(40),
  class: failureClass,
  retry: retrySafety,
  /** Marketing Cloud's own kind for it. */
  category: operationalCategory.optional(),
  doInCode: z.string().min(20),
  doInOrg: z.string().min(10).optional(),
  who,
  causes: z.array(z.string()),
  /** The word that the product files this text under, where it shows one: a label of its own or a Salesforce code. */
  label: z.string().optional(),
  /** Salesforce codes that stand behind it, most likely first. */
  codes: z.array(z.string()),
  source: z.url(),
  checked: day,
});
export type Message = z.infer<typeof message>;
export const messageFile = z.strictObject({ messages: z.array(message).min(1) });
