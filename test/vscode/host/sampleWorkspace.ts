import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { root } from '../../../scripts/setup.mjs';

/** The sample integration in the checkout. */
export const sampleFolder = path.join(root, 'test', 'vscode', 'sample');

/** A copy of the sample integration in a folder of its own, deleted when this process ends, so that no test meets another's edits. */
export function sampleCopy(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'api-guard-sample-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(sampleFolder, folder, { recursive: true });
  return folder;
}
