import { stat } from 'node:fs/promises';
import path from 'node:path';
import { OUTLINES } from '../languages/outlines.ts';
import { Engine } from './engine.ts';
import { discoverFiles } from './discover.ts';
import { MAX_SOURCE_BYTES, readSourceNow } from './sourceFile.ts';
import { NO_WORKSPACE_RULES } from '../report/ruleSettings.ts';
import type { FailedFile, ReportFile, ReportInput } from '../report/callReport.ts';

/** Thrown where nothing can be checked; the message says what to do. */
export class CheckError extends Error {}

/** Everything below some paths, ready to be analysed. */
export interface ReadPaths {
  engine: Engine;
  targets: readonly string[];
  /** Number of source files. */
  sources: number;
  failed: readonly FailedFile[];
}

/** Reads everything below the paths. @param wasmFolder, rules see `EngineOptions`. */
export async function readPaths(paths: readonly string[], wasmFolder: string, rules = NO_WORKSPACE_RULES): Promise<ReadPaths> {
  const targets = paths.map((each) => path.resolve(each));
  const engine = new Engine({ wasmFolder, rules });
  const failed: FailedFile[] = [];
  const seen = new Set<string>();
  let sources = 0;
  for (const target of targets) {
    const unreadable = (file: string, reason: string): void => {
      if (file === target) throw new CheckError(`Cannot read ${target} (${reason}). Name an existing file or folder.`);
      failed.push({ path: file, reason });
    };
    for await (const file of discoverFiles(target, { now: true, onUnreadable: unreadable, onSkipped: (skipped, reason) => failed.push({ path: skipped, reason: `left out: ${reason}, more than ${MAX_SOURCE_BYTES}` }) })) {
      if (seen.has(file.path)) continue;
      seen.add(file.path);
      if (file.role === 'source') sources++;
      const result = readSourceNow(file.path);
      if ('text' in result) {
        if (file.role === 'project') engine.setProjectFile(file.path, result.text);
        else engine.setFile(file.path, result.text);
      } else if ('skipped' in result && file.role === 'source' && result.skipped !== 'minified') failed.push({ path: file.path, reason: result.reason });
    }
    manifestsAbove(target, engine);
  }
  return { engine, targets, sources, failed };
}

/** Analyses what was read: what the report is made of. */
export async function analysePaths({ engine, targets, sources, failed: unread }: ReadPaths): Promise<ReportInput> {
  await engine.prepare();
  const failed = [...unread];
  const files: ReportFile[] = [];
  for (const each of engine.paths()) {
    const analysis = engine.analyse(each);
    if (analysis.failed !== undefined) failed.push({ path: each, reason: analysis.failed });
    else files.push({ path: each, text: engine.text(each)!, calls: analysis.calls, findings: analysis.findings });
  }
  return { root: await commonFolder(targets), seen: sources, files, failed };
}

/** A package's manifest may lie above the folder that is checked. */
function manifestsAbove(target: string, engine: Engine): void {
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    for (const name of OUTLINES.flatMap(({ manifests }) => manifests)) {
      const result = readSourceNow(path.join(folder, name));
      if ('text' in result) engine.setProjectFile(path.join(folder, name), result.text);
    }
    if (folder === path.dirname(folder)) return;
  }
}

/** The one folder given, else the nearest common parent of the paths. */
async function commonFolder(targets: readonly string[]): Promise<string> {
  const folders = await Promise.all(targets.map(async (each) => ((await stat(each).catch(() => undefined))?.isDirectory() ? each : path.dirname(each))));
  let common = folders[0] ?? process.cwd();
  for (const folder of folders) while (folder !== common && !folder.startsWith(common.endsWith(path.sep) ? common : common + path.sep)) common = path.dirname(common);
  return common;
}
