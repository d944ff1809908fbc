/**
 * Stands in for `undici` in the bundle: jsforce brings it as its own transport, which never runs here (`guardedTransport.ts` does), is a third of
 * the bundle, and does not load in Node 20.
 */

/** Made by jsforce when it is loaded, and never used. */
export class Agent {}

/** What jsforce would send through a proxy with. */
export class ProxyAgent {}

export const { Response } = globalThis;

export const errors = { SocketError: Error };

/** @throws Error always: a request that comes here has passed the guarded transport by. */
export function fetch(): never {
  throw new Error('Requests go through the guarded transport.');
}
