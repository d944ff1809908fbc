import { readFileSync, type Stats, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { OUTLINES } from '../languages/outlines.ts';
import { SOURCE_EXTENSIONS } from './sourceExtensions.ts';

/** Larger files are generated or bundled: their authors cannot act on a finding. In bytes. */
export const MAX_SOURCE_BYTES = 1_000_000;

const SOURCES = new Set(SOURCE_EXTENSIONS);

/** What a file is to the engine by its name alone; undefined for everything else. */
export function fileRole(file: string): 'source' | 'project' | undefined {
  const name = path.basename(file);
  if (OUTLINES.some((outline) => outline.isManifest(name))) return 'project';
  if (!SOURCES.has(path.extname(name).toLowerCase())) return undefined;
  return /[.-]min\.[cm]?jsx?$/i.test(name) ? undefined : 'source';
}

/**
 * Whether a text is machine-made: nearly all of it lies in lines that nobody writes by hand (over 1,000 characters). Texts under
 * 5,000 characters never are, whatever their lines.
 */
export function isMinified(text: string): boolean {
  if (text.length < 5_000) return false;
  let long = 0;
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end - start > 1_000) long += end - start;
    start = end + 1;
  }
  return long > text.length * 0.9;
}

/** Why a file was not read. */
export type Skipped = 'missing' | 'unreadable' | 'too-large' | 'binary' | 'minified';

/** A file's text with a stamp of its state on disk, or why there is none. `reason` is the system's word, for a log or a list of failed files. */
export type ReadResult = { text: string; stamp: string } | { unchanged: true } | { skipped: Skipped; reason: string };

/**
 * Reads a source or project file as UTF-8 (UTF-16 where a byte order mark says so). Where the stamp of an earlier read is given and still holds,
 * nothing is read. Never throws.
 */
export async function readSource(file: string, knownStamp?: string): Promise<ReadResult> {
  try {
    const info = await stat(file);
    const stamp = stampOf(info);
    if (stamp === knownStamp && info.isFile()) return { unchanged: true };
    return unfit(info) ?? textOf(file, await readFile(file), stamp);
  } catch (error) {
    return unreadable(error);
  }
}

/** The same at once, for a process that has nothing else to do meanwhile: several times as fast where files are many and small. */
export function readSourceNow(file: string): ReadResult {
  try {
    const info = statSync(file);
    return unfit(info) ?? textOf(file, readFileSync(file), stampOf(info));
  } catch (error) {
    return unreadable(error);
  }
}

function stampOf(info: Stats): string {
  return `${info.mtimeMs}:${info.size}`;
}

function unfit(info: Stats): ReadResult | undefined {
  if (!info.isFile()) return { skipped: 'unreadable', reason: 'not a regular file' };
  return info.size > MAX_SOURCE_BYTES ? { skipped: 'too-large', reason: `${info.size} bytes` } : undefined;
}

function textOf(file: string, bytes: Buffer, stamp: string): ReadResult {
  const text = decode(bytes);
  if (text.includes('\0')) return { skipped: 'binary', reason: 'contains NUL characters' };
  if (fileRole(file) === 'source' && isMinified(text)) return { skipped: 'minified', reason: 'lines over 1,000 characters' };
  return { text, stamp };
}

function unreadable(error: unknown): ReadResult {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return { skipped: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable', reason: code };
}

/** The editor drops a byte order mark from a document's text, so offsets agree only if we do too. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(2, 2 + ((bytes.length - 2) & ~1))).swap16().toString('utf16le');
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
