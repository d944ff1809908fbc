/** What the integration does with a failure of Salesforce. */
export type Answer = 'again' | 'log in' | 'link' | 'stop' | 'set aside';

const answers: Record<string, Answer> = {
  UNABLE_TO_LOCK_ROW: 'again',
  SERVER_UNAVAILABLE: 'again',
  INVALID_SESSION_ID: 'log in',
  DUPLICATE_VALUE: 'link',
  DUPLICATES_DETECTED: 'link',
  REQUEST_LIMIT_EXCEEDED: 'stop',
  STORAGE_LIMIT_EXCEEDED: 'stop',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'set aside',
  REQUIRED_FIELD_MISSING: 'set aside',
};

/** Decides by the error code, and by the HTTP status where Salesforce names no code. */
export function answerTo(error: { errorCode?: string; statusCode?: number }): Answer {
  if (error.statusCode === 503 || error.statusCode === 429) return 'again';
  return answers[error.errorCode ?? ''] ?? 'set aside';
}
