import type { ClientModel } from '../../../catalog/index.ts';
import { fits } from '../resolve/httpMembers.ts';
import type { HttpUse } from '../resolve/httpRequests.ts';
import type { Types } from '../resolve/types.ts';

/** Where a client's error holds what. Member paths; those with a number lead into a list. */
export interface ErrorShape {
  /** The code that Salesforce answered with. */
  code: readonly string[];
  /** The HTTP status. */
  status: readonly string[];
  /** The code of a broken connection, and only that. */
  network: readonly string[];
  /** What Salesforce answered, as it came. */
  body: readonly string[];
  /** Members that people test and that are not there. */
  never: readonly string[];
}

/** The shape of a client library's errors. */
export function shapeOfClient({ error }: ClientModel): ErrorShape {
  return { code: error.code, status: error.status, network: error.network ?? [], body: error.details, never: error.never };
}

/** The shape of a plain HTTP client's errors, as far as every version that may be installed agrees on what is not there. */
export function shapeOfHttp(types: Types, path: string, { type, answer }: HttpUse): ErrorShape {
  const shapes = type.library.errors.filter(({ versions, answers }) => (answers?.includes(answer.id) ?? true) && fits(types, path, type, versions));
  const all = (members: (shape: (typeof shapes)[number]) => readonly string[]): string[] => [...new Set(shapes.flatMap(members))];
  const never = all((shape) => shape.never).filter((member) => shapes.every((shape) => shape.never.includes(member)));
  return { code: [], status: all((shape) => shape.status), network: all((shape) => shape.network), body: all((shape) => shape.body), never };
}
