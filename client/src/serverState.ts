import type { StatusParams } from '../../server/src/editor/protocol.ts';

/** What the language server is doing, as its status item shows it. */
export interface ServerState extends Omit<StatusParams, 'state'> {
  /** What the server says of itself, or what its process does: `stopped` is not started yet, or switched off by a setting. */
  state: StatusParams['state'] | 'stopped' | 'starting';
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
