import type { ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';
import type { Types } from '../resolve/types.ts';

/**
 * Errors of libraries that send nothing to Salesforce: of checkers of input, of tokens, of uploads, of databases. By these names no API's failure is known,
 * so that who asks for one has told no failure of a call from another.
 */
const FOREIGN = /^(?:ZodError|ValidationError|JsonWebTokenError|TokenExpiredError|NotBeforeError|MulterError|CastError|Mongo\w*Error|Prisma\w*Error|Sequelize\w*Error|QueryFailedError|EntityNotFoundError)$/;

/** Whether an error is asked for by the name of such a class. */
export function isForeignName(field: string | undefined, wanted: string | number | undefined): boolean {
  return field === 'name' && typeof wanted === 'string' && FOREIGN.test(wanted);
}

/** Whether an expression is such a class, and none that the workspace has made. */
export function isForeignClass(types: Types, path: string, cls: ValueId): boolean {
  return FOREIGN.test(lastName(types.program.get(path)!, cls) ?? '') && types.of(path, cls).every(({ k }) => k !== 'class' && k !== 'exception' && k !== 'http');
}
