import type { z } from 'zod';
import { clientModel } from './client.ts';
import { codeFile, httpStatusFile } from './code.ts';
import { library } from './library.ts';
import { limitFile, requestShapeFile, usageViewFile } from './limit.ts';
import { messageFile } from './message.ts';
import { objectFile } from './object.ts';
import { operationFile } from './operation.ts';
import { retirementFile } from './retirement.ts';

/** The folders of the catalogue's data, and the schema that a file in each follows. */
export const SCHEMA_OF_FOLDER: Readonly<Record<string, z.ZodType>> = {
  codes: codeFile, operations: operationFile, clients: clientModel, libraries: library, limits: limitFile, messages: messageFile,
  'request-shapes': requestShapeFile, 'usage-views': usageViewFile, retirements: retirementFile, objects: objectFile,
};

/** The schema of a file by its path below `catalog/`; `undefined` for one that is generated or holds no data. */
export function schemaOfFile(path: string): z.ZodType | undefined {
  if (path === 'codes/http-statuses.json') return httpStatusFile;
  return path === 'codes/index.json' ? undefined : SCHEMA_OF_FOLDER[path.split('/')[0] ?? ''];
}

/** What a file's data has against its schema, in words with the place. Empty: all is well. */
export function faultsOf(path: string, data: unknown): string[] {
  const result = schemaOfFile(path)?.safeParse(data);
  return result?.error?.issues.map((issue) => `${path}: ${issue.path.join('.')}: ${issue.message}`) ?? [];
}
