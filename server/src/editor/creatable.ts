import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/** Whether a file can be made at a path: nothing is there, and its folder, or the nearest one above that exists, may be written to. */
export function isCreatable(file: string): boolean {
  if (existsSync(file)) return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (existsSync(folder)) return isWritable(folder);
    if (folder === path.dirname(folder)) return false;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
