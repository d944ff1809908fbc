import { z } from 'zod';

/** A standard object of which ordinary orgs hold more records than one page of a query brings. */
export const largeObject = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Za-z]+$/),
  /** It is asked through the Tooling API. */
  tooling: z.literal(true).optional(),
});
export type LargeObject = z.infer<typeof largeObject>;
export const objectFile = z.strictObject({ source: z.url(), largeObjects: z.array(largeObject).min(1) });
