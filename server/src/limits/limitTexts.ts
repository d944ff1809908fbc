import type { Limit } from '../../../catalog/schema/limit.ts';
import analytics from '../../../catalog/limits/analytics.json' with { type: 'json' };
import apex from '../../../catalog/limits/apex.json' with { type: 'json' };
import api from '../../../catalog/limits/api.json' with { type: 'json' };
import bulk from '../../../catalog/limits/bulk.json' with { type: 'json' };
import email from '../../../catalog/limits/email.json' with { type: 'json' };
import events from '../../../catalog/limits/events.json' with { type: 'json' };
import platform from '../../../catalog/limits/platform.json' with { type: 'json' };
import storage from '../../../catalog/limits/storage.json' with { type: 'json' };

const FILES = [analytics, apex, api, bulk, email, events, platform, storage];
const BY_NAME = new Map(FILES.flatMap(({ limits }) => limits).map((limit) => [limit.name, limit as Limit]));

/** What the catalogue says of a limit; `undefined` for a key it does not describe. */
export function limitTextOf(name: string): Limit | undefined {
  return BY_NAME.get(name);
}
