import path from 'node:path';
import { URI } from 'vscode-uri';
import { EXTENSION_BY_LANGUAGE, SOURCE_EXTENSIONS } from '../engine/sourceExtensions.ts';

/**
 * The engine's path of a document. The engine tells languages by a path's ending: a document whose name does not have the ending of its language (a script
 * without one, an untitled document) gets it added. A document that is no file gets a path in a folder of its scheme, which no disk has.
 */
export function documentPath(uri: string, languageId: string): string {
  const parsed = URI.parse(uri);
  const bare = `${parsed.authority}/${parsed.path}`.replace(/\/+/g, '/').replace(/^\//, '');
  const file = parsed.scheme === 'file' ? path.normalize(parsed.fsPath) : path.resolve(path.sep, `${parsed.scheme}:`, ...bare.split('/'));
  return SOURCE_EXTENSIONS.includes(path.extname(file).toLowerCase()) ? file : file + (EXTENSION_BY_LANGUAGE[languageId] ?? '');
}

/** The path of a `file:` address; undefined for any other scheme and for text that is no address. */
export function filePath(uri: string): string | undefined {
  try {
    const parsed = URI.parse(uri, true);
    return parsed.scheme === 'file' ? path.normalize(parsed.fsPath) : undefined;
  } catch {
    return undefined;
  }
}

/** The `file:` address of a path. */
export function fileUri(file: string): string {
  return URI.file(file).toString();
}
