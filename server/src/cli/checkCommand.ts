import { parseArgs } from 'node:util';
import { wasmFolder } from '../engine/wasmFolder.ts';
import { complain, print } from './output.ts';
import { loadProjectFile } from './projectFile.ts';

/** `api-guard check`. @returns the exit code. */
export async function runCheck(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string', default: 'text' } } });
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals: paths } = parsed;
  if (paths.length === 0) return complain('Name at least one file or folder to check.');
  const format = values.format;
  if (format !== 'text' && format !== 'json') return complain(`There is no format "${format}"; use text or json.`);
  const { rules, problems } = await loadProjectFile(process.cwd());
  if (problems.length > 0) return complain(problems.join('\napi-guard: '), false);
  // The analysis is loaded only by the command that needs it.
  const [{ check, CheckError }, { callReport }, { textReport }] = await Promise.all([
    import('../engine/check.ts'), import('../report/callReport.ts'), import('../report/text.ts'),
  ]);
  try {
    const report = callReport(await check(paths, wasmFolder(process.argv[1] ?? ''), rules));
    return await print(format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : textReport(report), report.findings.length > 0 ? 1 : 0);
  } catch (error) {
    if (error instanceof CheckError) return complain(error.message, false);
    throw error;
  }
}
