import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The repository's top folder. */
export const TOP = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Files below a folder of the repository, relative to its top, with `/`; what is installed, built or a case is left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(path.join(TOP, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return [name];
      return ['node_modules', 'dist', 'artefacts'].includes(entry.name) || (entry.name === 'fixtures' && folder !== 'test') ? [] : filesBelow(name);
    });
}

/** Program files of our own below some folders, without tests. */
export function sourceFiles(...folders: string[]): string[] {
  return folders.flatMap(filesBelow).filter((file) => /\.[cm]?ts$/.test(file) && !file.endsWith('.test.ts'));
}

/** What a file imports: our files by their path from the top, packages and built-in modules by name. Types count: they are knowledge too. */
export function importsOf(file: string): string[] {
  const text = readFileSync(path.join(TOP, file), 'utf8');
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => (fileName.startsWith('.') ? path.posix.join(path.posix.dirname(file), fileName) : fileName));
}
