import type { Lint } from './problem.ts';

/**
 * Modes are tried in order: each but the last says when it holds, the last takes the rest; ids are unique; message patterns compile and
 * match something.
 */
export const modeOrder: Lint = ({ codes }) =>
  codes.flatMap(({ code, family, modes }) => {
    const where = `${code} in ${family}`;
    const problems: string[] = [];
    for (const [index, { id, when }] of modes.entries()) {
      const last = index === modes.length - 1;
      if (last && when) problems.push(`${where}: the last mode ${id} has a condition, so a failure can fit no mode`);
      if (!last && !when) problems.push(`${where}: the mode ${id} takes everything before the modes after it are asked`);
      if (when && when.message === undefined && when.inner === undefined && !when.http?.length)
        problems.push(`${where}: the condition of ${id} is empty`);
      if (modes.findIndex((other) => other.id === id) !== index) problems.push(`${where}: two modes are called ${id}`);
      if (when?.message !== undefined) {
        try {
          if (new RegExp(when.message, 'i').test('')) problems.push(`${where}: the pattern of ${id} fits every message`);
        } catch {
          problems.push(`${where}: the pattern of ${id} is no regular expression`);
        }
      }
    }
    return problems;
  });
