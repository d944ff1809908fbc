import { existsSync } from 'node:fs';
import path from 'node:path';
import { applyFixes } from '../engine/applyFixes.ts';
import type { Engine } from '../engine/engine.ts';
import { createFile, NotWritten, replaceFile } from './replaceFile.ts';

/** What was done to the files on disk. */
export interface FixOutcome {
  /** One line for each fix and for their sum. */
  text: string;
  /** One line for each file that was left as it is. */
  complaints: string[];
}

/**
 * Applies fixes to the files that an engine has read, and writes them.
 * @param rules the rules whose findings are mended, by whatever fix they have; where none is named, those fixes that change nothing where the calls succeed
 */
export async function fixFiles(engine: Engine, rules: readonly string[]): Promise<FixOutcome> {
  const { changed, created, applied } = await applyFixes(engine, ({ rule }, fix) => !fix.installs && (rules.length > 0 ? rules.includes(rule) : fix.safe === true) && Object.keys(fix.creates).every((file) => !existsSync(file)));
  const complaints: string[] = [];
  const left = new Set<string>();
  const write = async (file: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error;
      complaints.push(`${named(file)} was left as it is: ${error.message}`);
      left.add(file);
    }
  };
  // What others import is there before they do.
  for (const [file, text] of created) await write(file, () => createFile(file, text));
  for (const [file, { before, after }] of changed) {
    await write(file, () => replaceFile(file, before, after));
    if (left.has(file)) engine.setFile(file, before);
  }
  if (left.size > 0) await engine.prepare();
  const done = applied.filter(({ path: file }) => !left.has(file));
  const files = new Set(done.map(({ path: file }) => file)).size;
  const lines = [
    ...done.map(({ path: file, line, rule, title }) => `fixed ${named(file)}:${line}  ${title}  (${rule})`),
    ...[...created.keys()].filter((file) => !left.has(file)).map((file) => `added ${named(file)}`),
    `${done.length} ${done.length === 1 ? 'fix' : 'fixes'} in ${files} ${files === 1 ? 'file' : 'files'}.`,
  ];
  return { text: `${lines.join('\n')}\n\n`, complaints };
}

function named(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' || relative.startsWith('..') ? file : relative;
}
