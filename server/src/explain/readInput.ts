import { createReadStream, existsSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { Collected, explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import type { LimitHeaders } from './limitHeaders.ts';

/** Text is looked through in pieces of about this size, cut at line ends, in UTF-16 code units. */
const PIECE = 1_048_576;

/**
 * Reads a log of any size and explains each distinct error in it.
 * @param headers gets what its headers tell about limits
 * @throws the error of the file system where it cannot be read
 */
export async function explainFile(file: string, headers: LimitHeaders): Promise<Explanation[]> {
  return explainStream(createReadStream(file), headers);
}

/** As `explainFile`, for what is piped in. */
export async function explainStream(stream: NodeJS.ReadableStream, headers: LimitHeaders): Promise<Explanation[]> {
  const decoder = new StringDecoder('utf8');
  const collected = new Collected();
  let kept = '';
  let whole: string | undefined = '';
  for await (const chunk of stream) {
    kept += typeof chunk === 'string' ? chunk : decoder.write(chunk as Buffer);
    if (kept.length < PIECE) continue;
    whole = undefined;
    const end = kept.lastIndexOf('\n') + 1 || kept.length;
    collected.add(kept.slice(0, end));
    headers.add(kept.slice(0, end));
    kept = kept.slice(end);
  }
  kept += decoder.end();
  headers.add(kept);
  // A small text may be a message without any code: it is recognised as a whole.
  if (whole !== undefined) return explain(kept);
  collected.add(kept);
  return collected.explanations();
}

/** Whether an argument names a file that can be read. */
export function isFile(argument: string): boolean {
  return argument.length < 4_096 && !argument.includes('\0') && existsSync(argument) && statSync(argument).isFile();
}
