import { z } from 'zod';

/** What good code does about a failure. The class belongs to a failure mode, never to a code alone. */
export const failureClass = z.enum(['transient', 'session', 'quota', 'data', 'access', 'request', 'outage']);
export type FailureClass = z.infer<typeof failureClass>;

/**
 * Whether the same request may be sent again after this failure. `not-applied`: Salesforce refused the whole request, a repeat is harmless.
 * `unknown-outcome`: it may have been applied, only a repeatable operation may be sent again. `applied-in-part`: some of it stands, send
 * only what failed. `never-helps`: the same request fails again.
 */
export const retrySafety = z.enum(['not-applied', 'unknown-outcome', 'applied-in-part', 'never-helps']);
export type RetrySafety = z.infer<typeof retrySafety>;

/** The API whose vocabulary a code belongs to. The same text can stand in two families with two meanings. */
export const family = z.enum([
  'rest', 'soap', 'dml', 'bulk', 'bulk2', 'oauth', 'http', 'composite', 'metadata', 'client', 'login-status', 'mc-rest', 'mc-soap',
]);
export type Family = z.infer<typeof family>;

/** A day, as year-month-day. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A version range of a package in npm's notation; absent means every version. */
export const versions = z.string().min(1);

/** The kinds into which Marketing Cloud Engagement sorts its errors. Only its families have one. */
export const operationalCategory = z.enum(['authentication', 'client', 'rate limiting', 'server', 'timeout']);
export type OperationalCategory = z.infer<typeof operationalCategory>;

/** Who can end an error. */
export const who = z.enum(['integration developer', 'Salesforce admin', 'data owner', 'Salesforce support']);
export type Who = z.infer<typeof who>;
