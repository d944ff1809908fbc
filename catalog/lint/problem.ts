import type { ClientModel } from '../schema/client.ts';
import type { CodeGroup, ErrorCode, HttpStatus } from '../schema/code.ts';
import type { Library } from '../schema/library.ts';
import type { Limit, RequestShape, UsageView } from '../schema/limit.ts';
import type { Message } from '../schema/message.ts';
import type { Operation } from '../schema/operation.ts';
import type { Retirement } from '../schema/retirement.ts';

/** Everything a check may look at: the whole catalogue as data. */
export interface Catalogue {
  /** Every code, members of groups included. */
  codes: readonly ErrorCode[];
  groups: readonly CodeGroup[];
  statuses: readonly HttpStatus[];
  operations: readonly Operation[];
  clients: readonly ClientModel[];
  libraries: readonly Library[];
  limits: readonly Limit[];
  requestShapes: readonly RequestShape[];
  usageViews: readonly UsageView[];
  messages: readonly Message[];
  retirements: readonly Retirement[];
}

/** One contradiction that the schemas cannot see, in words that say where it is and what is wrong. Empty list: all is well. */
export type Lint = (catalogue: Catalogue) => string[];
