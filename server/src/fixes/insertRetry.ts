import type { Fix } from './edit.ts';
import type { FixRequest } from './fixes.ts';

export function insertRetry(_request: FixRequest): Fix[] | undefined {
  return undefined;
}
