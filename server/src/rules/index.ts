import { rule as bulkJobLeftOpen } from './bulk-job-left-open/rule.ts';
import { rule as callInLoop } from './call-in-loop/rule.ts';
import { rule as floatingCall } from './floating-call/rule.ts';
import { rule as incompletePolling } from './incomplete-polling/rule.ts';
import { rule as missingRecordId } from './missing-record-id/rule.ts';
import { rule as missingRetry } from './missing-retry/rule.ts';
import { rule as missingTimeout } from './missing-timeout/rule.ts';
import { rule as neverSent } from './never-sent/rule.ts';
import { rule as retiredApi } from './retired-api/rule.ts';
import type { Rule } from './rule.ts';
import { rule as sessionExpiryUnhandled } from './session-expiry-unhandled/rule.ts';
import { rule as swallowedFailure } from './swallowed-failure/rule.ts';
import { rule as truncatedQuery } from './truncated-query/rule.ts';
import { rule as uncaughtFailure } from './uncaught-failure/rule.ts';
import { rule as uncheckedPartialSuccess } from './unchecked-partial-success/rule.ts';
import { rule as unhandledErrorCodes } from './unhandled-error-codes/rule.ts';

/** Every rule, the most harmful problem first: where several meet at one call, the first speaks. */
export const RULES: readonly Rule[] = [
  neverSent,
  incompletePolling,
  missingRecordId,
  floatingCall,
  uncheckedPartialSuccess,
  truncatedQuery,
  uncaughtFailure,
  sessionExpiryUnhandled,
  swallowedFailure,
  callInLoop,
  bulkJobLeftOpen,
  missingRetry,
  unhandledErrorCodes,
  retiredApi,
  missingTimeout,
];
