import type { ClientModel } from '../schema/client.ts';
import type { ErrorCode, HttpStatus } from '../schema/code.ts';
import type { Library } from '../schema/library.ts';
import type { Limit } from '../schema/limit.ts';
import type { Operation } from '../schema/operation.ts';

/** Everything a check may look at: the whole catalogue as data. */
export interface Catalogue {
  codes: readonly ErrorCode[];
  statuses: readonly HttpStatus[];
  operations: readonly Operation[];
  clients: readonly ClientModel[];
  libraries: readonly Library[];
  limits: readonly Limit[];
}

/** One contradiction that the schemas cannot see, in words that say where it is and what is wrong. Empty list: all is well. */
export type Lint = (catalogue: Catalogue) => string[];
