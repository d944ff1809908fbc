import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { CallbackAnswer } from './authorization.ts';
import { readCallback } from './authorization.ts';

/** A person who logs in needs no longer, in milliseconds. */
const TIME_LIMIT = 120_000;

/** What a machine without IPv6 says to a listener for it. */
const ABSENT = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

/** How a login ended. */
export type LoopbackEnd = CallbackAnswer | { gaveUp: 'time' | 'cancelled' };

/** A listener on this machine's loopback addresses that waits for the end of one login. */
export interface Loopback {
  /** Resolves with the one answer that carries the right state, or when nobody waits any more; nothing listens then. */
  readonly end: Promise<LoopbackEnd>;
  cancel(): void;
}

/**
 * Listens for the browser to come back. Only the exact address with the right state counts: any page in any browser can call a local port.
 * @param redirectUri `http://localhost:PORT/PATH`
 * @param words what the browser shows, done or not
 * @throws Error with `code` `EADDRINUSE` and the like when the port cannot be had
 */
export async function listenForCallback(redirectUri: string, state: string, words: { done: string; refused: string }, timeLimit = TIME_LIMIT): Promise<Loopback> {
  const { host, port } = new URL(redirectUri);
  let finish: (end: LoopbackEnd) => void = () => {};
  const ended = new Promise<LoopbackEnd>((resolve) => {
    finish = resolve;
  });
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // A name that was made to point here is not ours.
    if (request.method !== 'GET' || request.headers.host !== host) return send(response, 400, words.refused);
    const found = readCallback(`http://${host}${request.url ?? '/'}`, redirectUri, state);
    if ('wrong' in found) return send(response, found.wrong === 'other-address' ? 404 : 400, words.refused);
    send(response, 200, 'code' in found ? words.done : words.refused);
    finish(found);
  };
  const servers: Server[] = [];
  const stop = (): void => {
    for (const server of servers) {
      server.close();
      // The answer is on its way; whatever else is open is not wanted.
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
    }
  };
  // Browsers may try either address first. A program that holds one of the two would get the answer; an address that the machine does not have gets none.
  for (const address of ['127.0.0.1', '::1']) {
    try {
      servers.push(await listening(answer, Number(port), address));
    } catch (error) {
      if (address === '::1' && ABSENT.includes((error as NodeJS.ErrnoException).code ?? '')) continue;
      stop();
      throw error;
    }
  }
  const timer = setTimeout(() => finish({ gaveUp: 'time' }), timeLimit);
  return {
    end: ended.then((end) => {
      clearTimeout(timer);
      stop();
      return end;
    }),
    cancel: () => finish({ gaveUp: 'cancelled' }),
  };
}

function listening(answer: (request: IncomingMessage, response: ServerResponse) => void, port: number, host: string): Promise<Server> {
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000 }, answer);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve(server);
    });
  });
}

function send(response: ServerResponse, status: number, text: string): void {
  const body = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>API Guard</title><body><p>${text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)}</p></body></html>`;
  response.writeHead(status, {
    'content-type': 'text/html;charset=UTF-8', 'content-security-policy': "default-src 'none'", 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', connection: 'close',
  }).end(body);
}
