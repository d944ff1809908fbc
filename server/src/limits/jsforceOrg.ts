import { Connection } from 'jsforce';
import type { HttpRequest } from 'jsforce';
import { kindOfFailure, LimitsProblem } from './limitsProblem.ts';
import type { OrgLimits } from './orgLimits.ts';
import { parseLimitsBody } from './parseLimits.ts';

/**
 * API version of the request. Salesforce upgrades every org three times a year, so an org of today knows it; a newer one would only add
 * keys, an older one would lose some (Apex cursors, metadata retrieves).
 */
const API_VERSION = '64.0';

/** Longest wait for an answer, in milliseconds. */
const TIME_LIMIT = 30_000;

export interface ReadLimitsOptions {
  /** Origin of the org, for example `https://example.my.salesforce.com`. */
  instanceUrl: string;
  /** A session id or OAuth access token of the org. */
  accessToken: string;
  signal?: AbortSignal;
  /** Address of an HTTP proxy; never used for a loopback address. */
  httpProxy?: string;
  /** Longest wait for an answer, in milliseconds; 30 seconds by default. */
  timeLimit?: number;
}

/**
 * Reads an org's limits with one `GET /limits`, which costs the org one API request.
 * A redirect is followed only within the same origin: the token goes to no other host.
 * @throws LimitsProblem whose message never holds the token.
 */
export async function readLimits(options: ReadLimitsOptions): Promise<OrgLimits> {
  const { instanceUrl, accessToken, signal } = options;
  const timeLimit = options.timeLimit ?? TIME_LIMIT;
  const origin = new URL(instanceUrl);
  const connection = new Connection({ instanceUrl: origin.origin, accessToken, version: API_VERSION });
  let movedTo: string | undefined;
  const followRedirect = (location: string): HttpRequest | null => {
    const target = URL.canParse(location, origin.href) ? new URL(location, origin) : undefined;
    if (target?.origin !== origin.origin) {
      movedTo = target?.host ?? 'an address that is none';
      return null;
    }
    return { method: 'GET', url: target.href, headers: { Authorization: `Bearer ${accessToken}` } };
  };
  const proxy = isLoopback(origin) ? undefined : options.httpProxy;
  try {
    const request = connection.request({ method: 'GET', url: '/limits' }, {
      followRedirect,
      timeout: timeLimit,
      // jsforce alone would repeat up to five times; somebody is looking at the view, and the poller comes again.
      retry: { maxRetries: 1 },
      // Left out, jsforce takes the proxy of the environment, which is right for an org and wrong for loopback.
      ...(proxy !== undefined || isLoopback(origin) ? { httpProxy: proxy } : {}),
    });
    return parseLimitsBody(await withLimit(request, timeLimit, signal));
  } catch (error) {
    if (error instanceof LimitsProblem) throw error;
    if (movedTo) {
      throw new LimitsProblem('wrong-address', `${origin.host} redirects to ${movedTo}. The token was not sent there.`);
    }
    throw problemOf(error, accessToken);
  }
}

function isLoopback(url: URL): boolean {
  return url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
}

/** jsforce's own time limit ends at the response's head; a body that never ends needs this one, and an abort is not passed on by it. */
async function withLimit<T>(promise: Promise<T>, timeLimit: number, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await Promise.race([
      promise,
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new LimitsProblem('slow', `No answer within ${Math.round(timeLimit / 1000)} s.`)), timeLimit);
        onAbort = () => reject(signal?.reason);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
    ]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
    promise.catch(() => {});
  }
}

function problemOf(error: unknown, accessToken: string): unknown {
  if (!(error instanceof Error)) return new LimitsProblem('unknown', 'The request failed without saying why.');
  // An abort is no problem of the org: the caller knows why it gave up.
  if (error.name === 'AbortError') return error;
  const { errorCode } = error as { errorCode?: string };
  // fetch hides the reason of a failed connection in `cause`.
  const cause = error.cause as { code?: string; message?: string } | undefined;
  const code = errorCode ?? cause?.code ?? error.name;
  const message = /^\s*</.test(error.message) ? 'The answer is a web page.' : error.message;
  const detail = cause?.code ? `${cause.code}: ${cause.message ?? message}` : errorCode ? `${errorCode}: ${message}` : message;
  return new LimitsProblem(kindOfFailure({ code, message }), detail.replaceAll(accessToken, '[token hidden]'));
}
