import { randomBytes } from 'node:crypto';
import { access, constants, open, readFile, realpath, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Thrown where a file was left as it is; the message says why, in plain words. */
export class NotWritten extends Error {}

const MARK = '\ufeff';

/**
 * Puts a text in the place of a file's, all or nothing: the file is read once more, and left alone where it no longer holds what it held. A byte order
 * mark, the access rights, and a link to the file stay.
 */
export async function replaceFile(file: string, before: string, after: string): Promise<void> {
  try {
    const real = await realpath(file);
    const bytes = await readFile(real);
    const text = bytes.toString('utf8');
    const own = text.startsWith(MARK) ? MARK : '';
    if (!Buffer.from(text, 'utf8').equals(bytes)) throw new NotWritten('it is not written in UTF-8');
    if (text.slice(own.length) !== before) throw new NotWritten('it has changed meanwhile');
    await access(real, constants.W_OK);
    await replaceWhole(real, own + after, (await stat(real)).mode);
  } catch (error) {
    throw error instanceof NotWritten ? error : new NotWritten(reasonOf(error), { cause: error });
  }
}

/** Writes a new file; one that is there is left alone. */
export async function createFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    throw new NotWritten(reasonOf(error), { cause: error });
  }
}

async function replaceWhole(file: string, text: string, mode: number): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(beside, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.chmod(mode);
    await handle.sync();
    await handle.close();
    await rename(beside, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await unlink(beside).catch(() => {});
    throw error;
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EEXIST') return 'a file of that name is there already';
  if (code === 'ENOENT') return 'it is gone';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `it may not be written (${code})`;
  return `it could not be written (${code ?? String(error)})`;
}
