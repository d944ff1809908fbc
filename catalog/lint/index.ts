import { clientReferences } from './clientReferences.ts';
import { duplicateCodes } from './duplicateCodes.ts';
import { knownNames } from './knownNames.ts';
import { modeOrder } from './modeOrder.ts';
import { operationFailures } from './operationFailures.ts';
import type { Lint } from './problem.ts';
import { repeatability } from './repeatability.ts';
import { sources } from './sources.ts';
import { texts } from './texts.ts';

/** Every check, by the name of its file. */
export const LINTS: Readonly<Record<string, Lint>> = {
  clientReferences,
  duplicateCodes,
  knownNames,
  modeOrder,
  operationFailures,
  repeatability,
  sources,
  texts,
};
