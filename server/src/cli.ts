import { runCheck } from './cli/checkCommand.ts';
import { runExplain } from './cli/explainCommand.ts';
import { runLimits } from './cli/limitsCommand.ts';
import { complain, print } from './cli/output.ts';
import { USAGE } from './cli/usage.ts';

declare const API_GUARD_VERSION: string | undefined;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { check: runCheck, explain: runExplain, limits: runLimits };

/** Runs the command line. @returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const [command, ...args] = argv;
  if (command === '--version') return print(`${typeof API_GUARD_VERSION === 'string' ? API_GUARD_VERSION : 'development'}\n`, 0);
  if (command === '--help' || command === '-h' || args.includes('--help') || args.includes('-h')) return print(USAGE, 0);
  // The command may stand behind its options.
  const at = argv.findIndex((word) => Object.hasOwn(COMMANDS, word));
  const run = COMMANDS[argv[at] ?? ''];
  if (run) return run([...argv.slice(0, at), ...argv.slice(at + 1)]);
  const named = argv.find((word) => !word.startsWith('-'));
  return complain(named === undefined ? 'Say what to do: check, explain or limits.' : `There is no command "${named}"; the commands are check, explain and limits.`);
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`api-guard: could not run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
