import { ResponseError } from 'vscode-languageserver/node';

/**
 * Wraps a handler so that whatever it throws is logged and answered with `empty`: one broken answer must not take the others down. An answer
 * that LSP itself defines as an error (cancelled, content modified) passes.
 */
export function guarded<A extends unknown[], R>(
  name: string,
  log: (message: string) => void,
  empty: R,
  handler: (...args: A) => R | Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return empty;
    }
  };
}
