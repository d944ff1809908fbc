/** How the helper file is written: its module system and whether it carries types. */
export interface HelperForm {
  typed: boolean;
  module: 'es' | 'commonjs';
}

/** The function that the helper file exports. A file that exports it is taken as ours. */
export const HELPER_NAME = 'withSalesforceRetry';

/**
 * The text of the helper file that a fix adds to a project once. Its codes are those after which Salesforce has refused the whole request, and, apart,
 * those whose outcome nobody knows: the second group is repeated only for requests that may be applied twice.
 */
export function retryHelper({ typed, module }: HelperForm): string {
  const t = (text: string): string => (typed ? text : '');
  const doc = (text: string): string => (typed ? '' : text);
  return `// Repeats Salesforce requests after failures that pass by themselves. Written by API Guard for Salesforce; yours to change.

/** Salesforce has refused the whole request: nothing was written, a repeat is harmless. */
const REFUSED = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'ERROR_HTTP_429']);

/** The request may have been applied: only reads, and writes that may be applied twice, are sent again. */
const UNCERTAIN = new Set(['UNKNOWN_EXCEPTION', 'ERROR_HTTP_408', 'ERROR_HTTP_500', 'ERROR_HTTP_502', 'ERROR_HTTP_503', 'ERROR_HTTP_504']);

/** The connection was never made, so nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The connection broke, before or after Salesforce applied the request. */
const BROKEN = new Set(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

${typed
    ? `interface SalesforceError {
  errorCode?: string;
  code?: string;
  message?: string;
  cause?: { code?: string };
  data?: unknown;
}

export interface RetryOptions {
  /** True for a request that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id. Never for a create. */
  repeatable?: boolean;
  /** Attempts in all. */
  attempts?: number;
  /** No new attempt begins after this time, in milliseconds. */
  totalTime?: number;
  /** Ends the waiting; the last error is thrown. */
  signal?: AbortSignal;
  /** Told of each failure that is repeated: the place to log it. */
  onRetry?: (error: unknown, attempt: number, delay: number) => void;
}
`
    : `/**
 * @typedef {object} RetryOptions
 * @property {boolean} [repeatable] True for a request that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id. Never for a create.
 * @property {number} [attempts] Attempts in all.
 * @property {number} [totalTime] No new attempt begins after this time, in milliseconds.
 * @property {AbortSignal} [signal] Ends the waiting; the last error is thrown.
 * @property {(error: unknown, attempt: number, delay: number) => void} [onRetry] Told of each failure that is repeated: the place to log it.
 */
`}
/**
 * Runs a Salesforce request and repeats it after failures that pass by themselves: waits grow exponentially with full jitter, attempts and total time
 * have a ceiling, and the original error is thrown when no more may be tried.
${doc(` *
 * @template T
 * @param {() => PromiseLike<T>} request Makes the request anew each time.
 * @param {RetryOptions} [options]
 * @returns {Promise<T>}
`)} */
${module === 'es' ? 'export ' : ''}async function ${HELPER_NAME}${t('<T>')}(request${t(': () => PromiseLike<T>')}, options${t(': RetryOptions')} = {})${t(': Promise<T>')} {
  const { repeatable = false, attempts = 5, totalTime = 60000, signal, onRetry } = options;
  const deadline = Date.now() + totalTime;
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const delay = Math.random() * Math.min(10000, 500 * 2 ** (attempt - 1));
      if (attempt >= attempts || Date.now() + delay > deadline || (signal && signal.aborted) || !mayRepeat(error, repeatable)) throw error;
      if (onRetry) onRetry(error, attempt, delay);
      await new Promise${t('<void>')}((resolve) => setTimeout(resolve, delay));
      if (signal && signal.aborted) throw error;
    }
  }
}

/** Whether a failure passes by itself and the request may be sent again after it. */
${doc('/** @param {any} error @param {boolean} repeatable @returns {boolean} */\n')}function mayRepeat(error${t(': unknown')}, repeatable${t(': boolean')})${t(': boolean')} {
  if (typeof error !== 'object' || error === null) return false;
  const { errorCode = '', message = '', code, cause, data }${t(': SalesforceError')} = error;
  // jsforce gathers several errors under one name: each of them must pass by itself.
  if (errorCode === 'MULTIPLE_API_ERRORS') return Array.isArray(data) && data.length > 0 && data.every((each) => mayRepeat(each, repeatable));
  // The daily limit has the same code as the limit of concurrent requests, and does not pass within minutes.
  if (errorCode === 'REQUEST_LIMIT_EXCEEDED') return /concurrent/i.test(message);
  // A lock that a trigger or flow ran into arrives inside the message of another code.
  if (errorCode === 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' || errorCode === 'CANNOT_EXECUTE_FLOW_TRIGGER') return message.includes('UNABLE_TO_LOCK_ROW');
  const network = (cause && cause.code) || code || '';
  if (REFUSED.has(errorCode) || NOT_CONNECTED.has(network)) return true;
  return repeatable && (UNCERTAIN.has(errorCode) || BROKEN.has(network));
}
${module === 'es' ? '' : `\nmodule.exports = { ${HELPER_NAME} };\n`}`;
}
