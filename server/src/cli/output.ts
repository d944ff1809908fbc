import { USAGE } from './usage.ts';

/** Says on stderr what is wrong, and how the command is used where that helps. @returns the exit code for "could not run". */
export function complain(message: string, usage = true): number {
  process.stderr.write(`api-guard: ${message}\n${usage ? `\n${USAGE}` : ''}`);
  return 2;
}

/** Writes the result whole before the process may end; a reader that went away ends us quietly. @returns the given exit code. */
export function print(text: string, code: number): Promise<number> {
  return new Promise((resolve) => {
    process.stdout.on('error', () => resolve(code));
    process.stdout.write(text, () => resolve(code));
  });
}
