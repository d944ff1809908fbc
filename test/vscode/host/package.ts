import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { packageExtension } from '../../../scripts/package.mjs';

/** What users get: the .vsix made from the sources as they are now. */
export interface PackagedExtension {
  /** Absolute path of the .vsix. */
  vsix: string;
  /** Absolute path of a folder with what an editor unpacks from it: the extension's own root. */
  folder: string;
}

let packaged: Promise<PackagedExtension> | undefined;

/** Packages the extension and unpacks the result for an editor that loads a folder; once a process. */
export function packagedExtension(): Promise<PackagedExtension> {
  packaged ??= makePackage();
  return packaged;
}

async function makePackage(): Promise<PackagedExtension> {
  const vsix = await packageExtension();
  // Outside the checkout, or the extension would find there the packages that it must bring along itself.
  const unpacked = mkdtempSync(path.join(tmpdir(), 'api-guard-unpacked-'));
  process.on('exit', () => rmSync(unpacked, { recursive: true, force: true }));
  await unzip(vsix, unpacked);
  return { vsix, folder: path.join(unpacked, 'extension') };
}

/** Writes every file of the archive below `folder`; the reader refuses names that would leave it. */
export async function unzip(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const file = path.join(folder, entry.fileName);
    mkdirSync(path.dirname(file), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(file));
  }
}
