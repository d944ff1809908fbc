import { PassThrough } from 'node:stream';
import type { HttpRequest, HttpResponse } from 'jsforce';
import { parseLimitInfo } from './limitInfo.ts';
import type { ApiUsage } from './limitInfo.ts';
import { LimitsProblem } from './limitsProblem.ts';

/** A list of limits has some 10 kB; far more is none. In bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

const MOST_REDIRECTS = 5;

/** What jsforce expects of a transport's answer: a promise that can also be read as a stream. */
type Answer = Promise<HttpResponse> & { stream(): PassThrough };

/**
 * A transport for jsforce that keeps to one origin. jsforce's own sends the session to wherever a redirect points, cannot be aborted, and
 * lets a connection that breaks within a body become an uncaught error of the process (3.10). It goes through the global `fetch`, to which
 * the editor has taught its proxy and certificate settings.
 */
export class GuardedTransport {
  readonly #origin: string;
  readonly #signal: AbortSignal;
  #apiUsage: ApiUsage | undefined;

  /** @param signal ends a request that takes too long, or that nobody wants any more */
  constructor(origin: string, signal: AbortSignal) {
    this.#origin = origin;
    this.#signal = signal;
  }

  /** What the last answer's `Sforce-Limit-Info` said, whether the answer was good or a refusal. */
  get apiUsage(): ApiUsage | undefined {
    return this.#apiUsage;
  }

  httpRequest(request: HttpRequest): Answer {
    return Object.assign(this.#send(request), { stream: () => new PassThrough() });
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    let url = new URL(request.url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      if (url.origin !== this.#origin) {
        throw new LimitsProblem('wrong-address', `${new URL(this.#origin).host} redirects to ${url.host}. The token was not sent there.`);
      }
      const response = await fetch(url, {
        method: request.method, headers: request.headers ?? {}, redirect: 'manual', signal: this.#signal,
      });
      this.#apiUsage = parseLimitInfo(response.headers.get('sforce-limit-info')) ?? this.#apiUsage;
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) {
        return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await bodyOf(response) };
      }
      await response.body?.cancel();
      if (!URL.canParse(location, url.href)) throw new LimitsProblem('wrong-address', `${url.host} redirects to an address that is none.`);
      url = new URL(location, url);
    }
    throw new LimitsProblem('wrong-address', `${url.host} redirects in a circle.`);
  }
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new LimitsProblem('garbage', 'The answer is far bigger than a list of limits.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
