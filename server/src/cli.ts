import { parseArgs } from 'node:util';
import { check, CheckError } from './engine/check.ts';
import { wasmFolder } from './engine/wasmFolder.ts';
import { callReport } from './report/callReport.ts';
import { textReport } from './report/text.ts';

const USAGE = `Usage: api-guard check [--format text|json] PATH...

Checks JavaScript and TypeScript below each PATH for Salesforce API calls whose failures nothing handles.

  --format text|json   how to print the result; json is the call report (default: text)
  --help               this text
  --version            the version

Exit code: 0 no findings, 1 findings, 2 could not run.
`;

declare const API_GUARD_VERSION: string | undefined;

/** Runs the command line. @returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { format: { type: 'string', default: 'text' }, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } },
    });
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return print(USAGE, 0);
  if (values.version) return print(`${typeof API_GUARD_VERSION === 'string' ? API_GUARD_VERSION : 'development'}\n`, 0);
  const [command, ...paths] = positionals;
  if (command !== 'check') return complain(command === undefined ? 'Say what to do: check.' : `There is no command "${command}"; the command is check.`);
  if (paths.length === 0) return complain('Name at least one file or folder to check.');
  const format = values.format;
  if (format !== 'text' && format !== 'json') return complain(`There is no format "${format}"; use text or json.`);
  try {
    const report = callReport(await check(paths, wasmFolder(process.argv[1] ?? '')));
    return await print(format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : textReport(report), report.findings.length > 0 ? 1 : 0);
  } catch (error) {
    if (error instanceof CheckError) return complain(error.message, false);
    throw error;
  }
}

function complain(message: string, usage = true): number {
  process.stderr.write(`api-guard: ${message}\n${usage ? `\n${USAGE}` : ''}`);
  return 2;
}

/** Writes the result whole before the process may end; a reader that went away ends us quietly. */
function print(text: string, code: number): Promise<number> {
  return new Promise((resolve) => {
    process.stdout.on('error', () => resolve(code));
    process.stdout.write(text, () => resolve(code));
  });
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
