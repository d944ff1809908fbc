import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { root } from '../../../scripts/setup.mjs';

/** The sample integration in the checkout. */
export const sampleFolder = path.join(root, 'test', 'vscode', 'sample');

/** Copies the sample integration into `folder`, with the jsforce of the checkout in its place, so that the editor's own TypeScript finds its types. */
export function copySample(folder: string): void {
  cpSync(sampleFolder, folder, { recursive: true });
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(path.join(root, 'node_modules', 'jsforce'), path.join(folder, 'node_modules', 'jsforce'), 'junction');
}

const copies: string[] = [];
process.on('exit', () => copies.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A copy of the sample integration in a folder of its own, deleted when this process ends, so that no test meets another's edits. */
export function sampleCopy(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'api-guard-sample-'));
  copies.push(folder);
  copySample(folder);
  return folder;
}
