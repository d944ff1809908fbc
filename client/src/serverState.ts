/** What the language server is doing, as its status item shows it. */
export interface ServerState {
  /** `stopped`: not started yet, or switched off by a setting. `idle`: running, but nothing here calls Salesforce. */
  state: 'stopped' | 'starting' | 'ready' | 'indexing' | 'idle' | 'failed';
  message?: string;
  /** Files done and files in all, while indexing. */
  done?: number;
  total?: number;
}

/** Parameters of the server's notification `apiGuard/status`, read with suspicion: another version of the server may send anything. */
export function serverStateFrom(params: unknown): ServerState | undefined {
  if (typeof params !== 'object' || params === null) return undefined;
  const { state, message, done, total } = params as Record<string, unknown>;
  if (state !== 'ready' && state !== 'indexing' && state !== 'idle' && state !== 'failed') return undefined;
  const result: ServerState = { state };
  if (typeof message === 'string') result.message = message;
  if (isCount(done)) result.done = done;
  if (isCount(total)) result.total = total;
  return result;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
