import { rule as bulkJobLeftOpen } from './bulk-job-left-open/rule.ts';
import { rule as callInLoop } from './call-in-loop/rule.ts';
import { rule as floatingCall } from './floating-call/rule.ts';
import { rule as incompletePolling } from './incomplete-polling/rule.ts';
import { rule as incompleteRetryPredicate } from './incomplete-retry-predicate/rule.ts';
import { rule as ineffectiveRetry } from './ineffective-retry/rule.ts';
import { rule as lostErrorDetail } from './lost-error-detail/rule.ts';
import { rule as missingRecordId } from './missing-record-id/rule.ts';
import { rule as missingRetry } from './missing-retry/rule.ts';
import { rule as missingTimeout } from './missing-timeout/rule.ts';
import { rule as neverSent } from './never-sent/rule.ts';
import { rule as quotaAsTransient } from './quota-as-transient/rule.ts';
import { rule as retiredApi } from './retired-api/rule.ts';
import { rule as retryOfPermanentFailure } from './retry-of-permanent-failure/rule.ts';
import type { Rule, RuleAbout } from './rule.ts';
import { rule as sessionExpiryUnhandled } from './session-expiry-unhandled/rule.ts';
import { rule as swallowedFailure } from './swallowed-failure/rule.ts';
import { rule as truncatedQuery } from './truncated-query/rule.ts';
import { rule as unboundedRetry } from './unbounded-retry/rule.ts';
import { rule as uncaughtFailure } from './uncaught-failure/rule.ts';
import { rule as uncheckedPartialSuccess } from './unchecked-partial-success/rule.ts';
import { rule as unhandledErrorCodes } from './unhandled-error-codes/rule.ts';
import { rule as unknownErrorCode } from './unknown-error-code/rule.ts';
import { rule as unsafeRetry } from './unsafe-retry/rule.ts';
import { about as unusedSuppression } from './unused-suppression/rule.ts';
import { rule as wrongErrorField } from './wrong-error-field/rule.ts';

/** Every rule, the most harmful problem first: where several meet at one call, the first speaks. */
export const RULES: readonly Rule[] = [
  neverSent, wrongErrorField, unknownErrorCode, incompletePolling, missingRecordId, floatingCall, ineffectiveRetry, uncheckedPartialSuccess, truncatedQuery, uncaughtFailure,
  sessionExpiryUnhandled, swallowedFailure, unboundedRetry, unsafeRetry, callInLoop, bulkJobLeftOpen, missingRetry, quotaAsTransient, incompleteRetryPredicate, lostErrorDetail,
  unhandledErrorCodes, retryOfPermanentFailure, retiredApi, missingTimeout,
];

/** What is known of everything that can be switched on and off: the rules, and the one that looks at what they said. */
export const ABOUT_RULES: readonly RuleAbout[] = [...RULES, unusedSuppression];
