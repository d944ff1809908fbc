import { helperLoop, type RetryPackage } from './helperLoops.ts';

/** How the helper file is written: its module system, whether it carries types, and the retry library that it stands on, if any. */
export interface HelperForm {
  typed: boolean;
  module: 'es' | 'commonjs';
  library?: RetryPackage | undefined;
}

/** The function that the helper file exports. A file that exports it is taken as ours. */
export const HELPER_NAME = 'withSalesforceRetry';

/**
 * The text of the helper file that a fix adds to a project once. Its codes are those after which Salesforce has refused the whole request, and, apart,
 * those whose outcome nobody knows: the second group is repeated only for requests that may be applied twice.
 */
export function retryHelper({ typed, module, library }: HelperForm): string {
  const t = (text: string): string => (typed ? text : '');
  const doc = (text: string): string => (typed ? '' : `${text}\n`);
  const loop = helperLoop({ typed, module, library });
  return `// Repeats Salesforce requests after failures that pass by themselves. Written by API Guard for Salesforce; yours to change.
${loop.imports}
/** Salesforce has refused the whole request: nothing was written, a repeat is harmless. */
const REFUSED = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'ERROR_HTTP_429']);

/** The request may have been applied: only reads, and writes that may be applied twice, are sent again. */
const UNCERTAIN = new Set(['UNKNOWN_EXCEPTION', 'ERROR_HTTP_408', 'ERROR_HTTP_500', 'ERROR_HTTP_502', 'ERROR_HTTP_503', 'ERROR_HTTP_504']);

/** The connection was never made, so nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** The connection broke, before or after Salesforce applied the request. */
const BROKEN = new Set(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

${typed ? TYPES : TYPE_DEFINITIONS}
/** What holds for every request whose options do not say otherwise. Times are in milliseconds; clock and chance can be replaced in tests. */
${doc('/** @type {RetryDefaults} */')}${module === 'es' ? 'export ' : ''}const retryDefaults${t(': RetryDefaults')} = {
  attempts: 5,
  firstDelay: 500,
  longestDelay: 10000,
  totalTime: 60000,
  onRetry: undefined,
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (delay, signal) =>
    new Promise${t('<void>')}((resolve) => {
      const timer = setTimeout(done, delay);
      function done()${t(': void')} {
        clearTimeout(timer);
        if (signal) signal.removeEventListener('abort', done);
        resolve();
      }
      if (signal && signal.aborted) done();
      else if (signal) signal.addEventListener('abort', done);
    }),
};

/**
 * Runs a Salesforce request and repeats it after failures that pass by themselves: waits grow exponentially with ${loop.jitter}, attempts and total time
 * have a ceiling, and the original error is thrown when no more may be tried.
${doc(` *
 * @template T
 * @param {() => T | PromiseLike<T>} request Makes the request anew each time.
 * @param {RetryOptions} [options]
 * @returns {Promise<T>}`)} */
${module === 'es' ? 'export ' : ''}async function ${HELPER_NAME}${t('<T>')}(request${t(': () => T | PromiseLike<T>')}, options${t(': RetryOptions')} = {})${t(': Promise<T>')} {
  const { repeatable = false, attempts = retryDefaults.attempts, totalTime = retryDefaults.totalTime, signal, renewSession, onRetry = retryDefaults.onRetry } = options;
  const deadline = retryDefaults.now() + totalTime;
  const send = renewSession ? renewing(request, renewSession) : request;
${loop.body}}

/** The request, and once in its life, when Salesforce says that the session has ended, the request again with a new session. */
${doc(`/**
 * @template T
 * @param {() => T | PromiseLike<T>} request
 * @param {() => PromiseLike<unknown>} renewSession
 * @returns {() => Promise<T>}
 */`)}function renewing${t('<T>')}(request${t(': () => T | PromiseLike<T>')}, renewSession${t(': () => PromiseLike<unknown>')})${t(': () => Promise<T>')} {
  let renewed = false;
  return async () => {
    try {
      return await request();
    } catch (error) {
      if (renewed || errorOf(error).errorCode !== 'INVALID_SESSION_ID') throw error;
      renewed = true;
      await renewSession();
      return await request();
    }
  };
}
${loop.reckons ? `
/** The wait before the next attempt: full jitter, and never shorter than the answer asks for. */
${doc('/** @param {unknown} error @param {number} attempt @returns {number} */')}function delayAfter(error${t(': unknown')}, attempt${t(': number')})${t(': number')} {
  return Math.max(retryAfter(error), retryDefaults.random() * Math.min(retryDefaults.longestDelay, retryDefaults.firstDelay * 2 ** (attempt - 1)));
}
` : ''}
/** Whether a failure passes by itself and the request may be sent again after it. */
${doc('/** @param {unknown} failure @param {boolean} repeatable @returns {boolean} */')}function mayRepeat(failure${t(': unknown')}, repeatable${t(': boolean')})${t(': boolean')} {
  const { errorCode = '', message = '', code = '', cause, data } = errorOf(failure);
  // jsforce gathers several errors under one name: each of them must pass by itself.
  if (errorCode === 'MULTIPLE_API_ERRORS') return Array.isArray(data) && data.length > 0 && data.every((each) => mayRepeat(each, repeatable));
  // The daily limit has the same code as the limit of concurrent requests, and does not pass within minutes.
  if (errorCode === 'REQUEST_LIMIT_EXCEEDED') return /concurrent/i.test(message);
  // A lock that a trigger or flow ran into arrives inside the message of another code.
  if (errorCode === 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' || errorCode === 'CANNOT_EXECUTE_FLOW_TRIGGER') return message.includes('UNABLE_TO_LOCK_ROW');
  const network = (cause && cause.code) || code;
  if (REFUSED.has(errorCode) || NOT_CONNECTED.has(network)) return true;
  return repeatable && (UNCERTAIN.has(errorCode) || BROKEN.has(network));
}

/** The error in the words of Salesforce: jsforce has them in the error itself, plain HTTP clients in the answer that their error carries. */
${doc('/** @param {any} failure @returns {SalesforceError} */')}function errorOf(failure${t(': unknown')})${t(': SalesforceError')} {
  if (typeof failure !== 'object' || failure === null) return {};
  const error = failure${t(' as SalesforceError')};
  if (error.errorCode || !error.response) return error;
  const body = error.response.data || error.response.body;
  const first${t(': SalesforceError | undefined')} = Array.isArray(body) ? body[0] : undefined;
  return first && first.errorCode ? first : { errorCode: \`ERROR_HTTP_\${error.response.status || error.response.statusCode}\`, code: error.code };
}

/** How long the answer asks to wait, in milliseconds, where the client shows its headers; jsforce does not. */
${doc('/** @param {any} failure @returns {number} */')}function retryAfter(failure${t(': unknown')})${t(': number')} {
  const response = typeof failure === 'object' && failure !== null ? (failure${t(' as SalesforceError')}).response : undefined;
  const headers = response && response.headers;
  if (!headers) return 0;
  const asked = typeof headers.get === 'function' ? headers.get('retry-after') : headers['retry-after'];
  const seconds = asked ? Number(asked) : 0;
  return Math.max(0, isNaN(seconds) ? Date.parse(String(asked)) - retryDefaults.now() || 0 : seconds * 1000);
}
${module === 'es' ? '' : `\nmodule.exports = { ${HELPER_NAME}, retryDefaults };\n`}`;
}

const TYPES = `interface SalesforceError {
  errorCode?: string;
  code?: string | undefined;
  message?: string;
  cause?: { code?: string };
  data?: unknown;
  response?: { status?: number; statusCode?: number; headers?: { get?: unknown; 'retry-after'?: unknown }; data?: unknown; body?: unknown };
}

/** What is used of an AbortSignal. */
export interface RetrySignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Told of each failure that is repeated: the place to log it. */
export type OnRetry = (error: unknown, attempt: number, delay: number) => void;

export interface RetryOptions {
  /** True for a request that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id. Never for a create. */
  repeatable?: boolean | undefined;
  /** Attempts in all. */
  attempts?: number | undefined;
  /** No new attempt begins after this time, in milliseconds. */
  totalTime?: number | undefined;
  /** Ends the waiting; the last error is thrown. */
  signal?: RetrySignal | undefined;
  /** Logs in again when the session has ended; called once at most. For connections that do not do so themselves. */
  renewSession?: (() => PromiseLike<unknown>) | undefined;
  onRetry?: OnRetry | undefined;
}

export interface RetryDefaults {
  attempts: number;
  /** Longest wait before the second attempt; it doubles with each further one. */
  firstDelay: number;
  longestDelay: number;
  totalTime: number;
  onRetry: OnRetry | undefined;
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  wait: (delay: number, signal?: RetrySignal) => Promise<void>;
}
`;

const TYPE_DEFINITIONS = `/**
 * @typedef {{ errorCode?: string, code?: string, message?: string, cause?: { code?: string }, data?: unknown, response?: any }} SalesforceError
 */

/**
 * @typedef {object} RetryOptions
 * @property {boolean} [repeatable] True for a request that does no harm when it is applied twice: a read, an update by Id, an upsert by a unique external id. Never for a create.
 * @property {number} [attempts] Attempts in all.
 * @property {number} [totalTime] No new attempt begins after this time, in milliseconds.
 * @property {AbortSignal} [signal] Ends the waiting; the last error is thrown.
 * @property {() => PromiseLike<unknown>} [renewSession] Logs in again when the session has ended; called once at most. For connections that do not do so themselves.
 * @property {(error: unknown, attempt: number, delay: number) => void} [onRetry] Told of each failure that is repeated: the place to log it.
 */

/**
 * @typedef {object} RetryDefaults
 * @property {number} attempts
 * @property {number} firstDelay Longest wait before the second attempt; it doubles with each further one.
 * @property {number} longestDelay
 * @property {number} totalTime
 * @property {((error: unknown, attempt: number, delay: number) => void) | undefined} onRetry
 * @property {() => number} now
 * @property {() => number} random From 0 to 1.
 * @property {(delay: number, signal?: AbortSignal) => Promise<void>} wait
 */
`;
