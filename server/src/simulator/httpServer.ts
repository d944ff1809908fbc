import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import type { Delivery } from './orgServer.ts';
import type { ApiRequest } from './request.ts';
import { parseTarget } from './request.ts';

/** Largest request body, in bytes; more than any resource here needs. */
const maxBody = 16 * 1024 * 1024;

/** Largest URI, and URI with headers, in bytes (REST API Developer Guide, Status Codes and Error Responses). */
const maxHead = 16_384;

/** What Node reads before it gives up on a request's head, in bytes; above {@link maxHead}, so that most get the proper answer. */
const maxParsedHead = 65_536;

/** A running HTTP server on 127.0.0.1. */
export interface HttpServer {
  port: number;
  /** Ends every open connection at once and frees the port. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server that hands whole requests to `serve`, which must not throw.
 * @param port 0 for any free port.
 * @throws Error when the port cannot be had.
 */
export async function startHttpServer(port: number, serve: (request: ApiRequest) => Delivery): Promise<HttpServer> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer({ maxHeaderSize: maxParsedHead, requestTimeout: 60_000, keepAliveTimeout: 30_000 });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  server.on('request', (incoming, outgoing) => {
    outgoing.on('error', () => outgoing.destroy());
    readRequest(incoming, (request) => {
      const delivery: Delivery = 'status' in request ? { answer: request, manner: 'send', delayMs: 0 } : serve(request);
      if (delivery.delayMs === 0) return send(outgoing, delivery);
      const timer = setTimeout(() => {
        timers.delete(timer);
        send(outgoing, delivery);
      }, Math.min(delivery.delayMs, 2 ** 31 - 1));
      timers.add(timer);
    });
  });
  server.on('clientError', refuseGarbage);
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      for (const timer of timers) clearTimeout(timer);
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Reads a request to its end; gives an answer instead when it is too large. A request that breaks off is dropped. */
function readRequest(incoming: IncomingMessage, done: (request: ApiRequest | Answer) => void): void {
  const target = incoming.url ?? '/';
  const head = target.length + incoming.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('error', () => incoming.destroy());
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    // The rest is read and thrown away: an answer before the end would reach few clients.
    if (size <= maxBody) chunks.push(chunk);
    else chunks.length = 0;
  });
  incoming.on('end', () => {
    if (target.length > maxHead) return done(refusal(414, 'URI_TOO_LONG', 'The URI is longer than 16,384 bytes'));
    if (head > maxHead) return done(refusal(431, 'REQUEST_HEADER_FIELDS_TOO_LARGE', 'URI and headers are longer than 16,384 bytes'));
    if (size > maxBody) return done(refusal(413, 'EXCEEDED_MAX_SIZE_REQUEST', 'Maximum size of request reached'));
    const headers: ApiRequest['headers'] = {};
    for (const [name, value] of Object.entries(incoming.headers)) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    done({ method: incoming.method ?? 'GET', ...parseTarget(target), headers, body: Buffer.concat(chunks).toString('utf8') });
  });
}

function refusal(status: number, errorCode: string, message: string): Answer {
  return json(status, [{ errorCode, message }]);
}

function send(outgoing: ServerResponse, { answer, manner }: Delivery): void {
  if (outgoing.destroyed || outgoing.writableEnded) return;
  if (manner === 'silence') return;
  if (manner === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(answer.body, 'utf8');
  if (manner === 'endless') {
    // A 204 has no body that could stay away, so it is promised one.
    outgoing.writeHead(answer.status === 204 ? 200 : answer.status, { ...answer.headers, 'content-length': String(body.length + 2) });
    outgoing.flushHeaders();
    if (body.length > 1) outgoing.write(body.subarray(0, Math.floor(body.length / 2)));
    return;
  }
  outgoing.writeHead(answer.status, { ...answer.headers, ...(answer.status === 204 ? {} : { 'content-length': String(body.length) }) });
  outgoing.end(body);
}

/** Answers what is not HTTP, on the bare connection. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const body = JSON.stringify([tooLarge
    ? { errorCode: 'REQUEST_HEADER_FIELDS_TOO_LARGE', message: 'URI and headers are longer than 16,384 bytes' }
    : { errorCode: 'BAD_REQUEST', message: 'The request is not HTTP' }]);
  socket.end(`HTTP/1.1 ${tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request'}\r\ncontent-type: application/json;charset=UTF-8\r\n` +
    `content-length: ${String(body.length)}\r\nconnection: close\r\n\r\n${body}`);
}
