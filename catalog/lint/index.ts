import { categories } from './categories.ts';
import { classAndRetry } from './classAndRetry.ts';
import { clientReferences } from './clientReferences.ts';
import { duplicateCodes } from './duplicateCodes.ts';
import { filler } from './filler.ts';
import { knownNames } from './knownNames.ts';
import { modeOrder } from './modeOrder.ts';
import { operationFailures } from './operationFailures.ts';
import { operationShapes } from './operationShapes.ts';
import { orphans } from './orphans.ts';
import type { Lint } from './problem.ts';
import { repeatability } from './repeatability.ts';
import { sources } from './sources.ts';
import { texts } from './texts.ts';

/** Every check, by the name of its file. */
export const LINTS: Readonly<Record<string, Lint>> = {
  categories,
  classAndRetry,
  clientReferences,
  duplicateCodes,
  filler,
  knownNames,
  modeOrder,
  operationFailures,
  operationShapes,
  orphans,
  repeatability,
  sources,
  texts,
};
