import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { wasmFolder } from '../engine/wasmFolder.ts';
import { complain, print } from './output.ts';
import { loadProjectFile } from './projectFile.ts';

/** `api-guard check`. @returns the exit code. */
export async function runCheck(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: {
      format: { type: 'string', default: 'text' }, fix: { type: 'boolean', default: false }, rule: { type: 'string', multiple: true, default: [] }, 'allow-dirty': { type: 'boolean', default: false },
    } });
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals: paths } = parsed;
  if (paths.length === 0) return complain('Name at least one file or folder to check.');
  const format = values.format;
  if (format !== 'text' && format !== 'json') return complain(`There is no format "${format}"; use text or json.`);
  const { fix, rule: named, 'allow-dirty': allowDirty } = values;
  if (!fix && (named.length > 0 || allowDirty)) return complain(`${named.length > 0 ? '--rule' : '--allow-dirty'} belongs to --fix.`);
  const { rules, problems } = await loadProjectFile(process.cwd());
  if (problems.length > 0) return complain(problems.join('\napi-guard: '), false);
  // The analysis is loaded only by the command that needs it.
  const [{ analysePaths, CheckError, readPaths }, { callReport }, { textReport }, { ABOUT_RULES }] = await Promise.all([
    import('../engine/check.ts'), import('../report/callReport.ts'), import('../report/text.ts'), import('../engine/aboutRules.ts'),
  ]);
  const strange = named.find((id) => !ABOUT_RULES.some((each) => each.id === id));
  if (strange !== undefined) return complain(`There is no rule named "${strange}".`, false);
  try {
    const read = await readPaths(paths, wasmFolder(process.argv[1] ?? ''), rules);
    let told = '';
    let complaints: string[] = [];
    if (fix) {
      const dirt = allowDirty ? undefined : await dirtOf(read.targets);
      if (dirt !== undefined) return complain(dirt, false);
      ({ text: told, complaints } = await (await import('./fixFiles.ts')).fixFiles(read.engine, named));
    }
    const report = callReport(await analysePaths(read));
    for (const each of complaints) process.stderr.write(`api-guard: ${each}\n`);
    // A hint is something to know, and no reason to stop a build.
    const code = complaints.length > 0 ? 2 : report.findings.some(({ severity }) => severity !== 'hint') ? 1 : 0;
    if (format === 'text') return await print(told + textReport(report), code);
    process.stderr.write(told);
    return await print(`${JSON.stringify(report, undefined, 2)}\n`, code);
  } catch (error) {
    if (error instanceof CheckError) return complain(error.message, false);
    throw error;
  }
}

/** Why nothing may be changed below the paths, where something there is not committed: a change that nobody wants could not be told from it. */
async function dirtOf(targets: readonly string[]): Promise<string | undefined> {
  const { gitState } = await import('./gitTree.ts');
  for (const target of targets) {
    const folder = statSync(target).isDirectory() ? target : path.dirname(target);
    const state = await gitState(folder);
    if (state === 'dirty') return `The git tree around ${target} has changes that are not committed. Commit or stash them, or use --allow-dirty.`;
    if (state === 'unknown') return `Git could not tell whether the tree around ${target} is clean. Use --allow-dirty to change files all the same.`;
  }
  return undefined;
}
