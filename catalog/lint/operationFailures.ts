import type { Lint } from './problem.ts';

const ENTRY = /^(?:([a-z0-9-]+):)?([^/:]+)(?:\/(.+))?$/;

/**
 * Every failure of an operation is a code with that mode, or a status that says its class and whether a repeat is safe; every limit it
 * spends is described.
 */
export const operationFailures: Lint = ({ codes, statuses, operations, limits }) => {
  const problems: string[] = [];
  const limitNames = new Set(limits.map((limit) => limit.name));
  for (const { id, failures, limits: spent } of operations) {
    for (const failure of failures) {
      if (failures.indexOf(failure) !== failures.lastIndexOf(failure)) problems.push(`${id} names ${failure} twice`);
      const [, family, name = '', mode] = ENTRY.exec(failure) ?? [];
      const number = /^HTTP_(\d{3})$/.exec(name)?.[1];
      if (number !== undefined) {
        const status = statuses.find((entry) => String(entry.status) === number);
        if (!status) problems.push(`${id} can fail with ${failure}, which has no entry`);
        else if (!status.class || !status.retry)
          problems.push(`${id} can fail with ${failure}, whose entry has no class or no retry safety`);
        continue;
      }
      const entries = codes.filter(
        (code) => code.code === name && (family === undefined || [code.family, ...(code.alsoIn ?? [])].some((known) => known === family)),
      );
      if (entries.length === 0)
        problems.push(`${id} can fail with ${failure}, which has no entry${family === undefined ? '' : ` in ${family}`}`);
      else if (mode !== undefined && !entries.some((code) => code.modes.some((known) => known.id === mode)))
        problems.push(`${id} can fail with ${failure}, and ${name} has no mode ${mode}`);
    }
    for (const limit of spent) if (!limitNames.has(limit)) problems.push(`${id} spends ${limit}, which is not described`);
  }
  return problems;
};
