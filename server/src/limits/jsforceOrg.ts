import { Connection } from 'jsforce';
import { API_VERSION } from './apiVersion.ts';
import { GuardedTransport } from './guardedTransport.ts';
import { withApiUsage } from './limitInfo.ts';
import { kindOfFailure, LimitsProblem } from './limitsProblem.ts';
import type { OrgLimits } from './orgLimits.ts';
import { parseLimitsBody } from './parseLimits.ts';

/** Longest wait for an answer, in milliseconds. */
const TIME_LIMIT = 30_000;

export interface ReadLimitsOptions {
  /** Origin of the org, for example `https://example.my.salesforce.com`. */
  instanceUrl: string;
  /** A session id or OAuth access token of the org. */
  accessToken: string;
  signal?: AbortSignal;
  /** Longest wait for an answer, in milliseconds; 30 seconds by default. */
  timeLimit?: number;
}

/**
 * Reads an org's limits with one `GET /limits`, which costs the org one API request. Nothing is repeated: whoever wants the figures asks
 * again later. The token goes to the given origin and nowhere else.
 * @throws LimitsProblem whose message never holds the token; the abort reason when the signal is aborted.
 */
export async function readLimits(options: ReadLimitsOptions): Promise<OrgLimits> {
  const { accessToken, signal } = options;
  const timeLimit = options.timeLimit ?? TIME_LIMIT;
  const { origin } = new URL(options.instanceUrl);
  signal?.throwIfAborted();
  const time = AbortSignal.timeout(timeLimit);
  const transport = new GuardedTransport(origin, signal ? AbortSignal.any([signal, time]) : time);
  const connection = new Connection({ instanceUrl: origin, accessToken, version: API_VERSION });
  try {
    const limits = parseLimitsBody(await connection.request({ method: 'GET', url: '/limits' }, { transport }));
    return withApiUsage(limits, transport.apiUsage);
  } catch (error) {
    signal?.throwIfAborted();
    if (time.aborted) throw new LimitsProblem('slow', `No answer within ${Math.max(1, Math.round(timeLimit / 1000))} s.`);
    const { kind, message } = error instanceof LimitsProblem ? error : problemOf(error, accessToken);
    throw new LimitsProblem(kind, message, transport.apiUsage);
  }
}

function problemOf(error: unknown, accessToken: string): LimitsProblem {
  if (!(error instanceof Error)) return new LimitsProblem('unknown', 'The request failed without saying why.');
  const { errorCode } = error as { errorCode?: string };
  if (errorCode) {
    const message = /^\s*</.test(error.message) ? 'the answer is a web page' : error.message.replaceAll(accessToken, '[token hidden]');
    return new LimitsProblem(kindOfFailure({ code: errorCode, message }), `${errorCode}: ${message}`);
  }
  // fetch hides the reason of a failed connection in `cause`.
  const { code, message } = (error.cause ?? error) as { code?: string; message?: string };
  const detail = [code, message].filter((part) => part).join(': ').replaceAll(accessToken, '[token hidden]');
  return new LimitsProblem(kindOfFailure({ code, message: `${error.message} ${message}` }), detail || error.message);
}
