import type { Limit } from '../../../catalog/schema/limit.ts';
import api from '../../../catalog/limits/api.json' with { type: 'json' };
import bulk from '../../../catalog/limits/bulk.json' with { type: 'json' };
import platform from '../../../catalog/limits/platform.json' with { type: 'json' };

const BY_NAME = new Map([...api.limits, ...bulk.limits, ...platform.limits].map((limit) => [limit.name, limit as Limit]));

/** What the catalogue says of a limit; `undefined` for a key it does not describe. */
export function limitTextOf(name: string): Limit | undefined {
  return BY_NAME.get(name);
}
