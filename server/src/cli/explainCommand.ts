import { parseArgs } from 'node:util';
import { isCode } from '../../../catalog/index.ts';
import { explain } from '../explain/explain.ts';
import type { Explanation } from '../explain/explanation.ts';
import { LimitHeaders } from '../explain/limitHeaders.ts';
import { listCodes } from '../explain/listCodes.ts';
import { plainText } from '../explain/plainText.ts';
import { explainFile, explainStream, isFile } from '../explain/readInput.ts';
import { complain, print } from './output.ts';
import { loadProjectFile } from './projectFile.ts';

/** `api-guard explain`. @returns the exit code. */
export async function runExplain(args: readonly string[]): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string', default: 'text' }, list: { type: 'boolean', default: false } } });
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const { format, list } = values;
  if (format !== 'text' && format !== 'json') return complain(`There is no format "${format}"; use text or json.`);
  // A wrong entry of the project must not keep anybody from an explanation: it is named, and the right ones count.
  for (const problem of (await loadProjectFile(process.cwd())).problems) process.stderr.write(`api-guard: ${problem}\n`);
  if (list) {
    if (positionals.length > 0) return complain('--list shows everything; name no code beside it.');
    const codes = listCodes();
    return print(format === 'json' ? json(codes) : codes.map(({ family, code, title }) => `${family.padEnd(12)}  ${code}  ${title}\n`).join(''), 0);
  }
  if (positionals.length === 0) return complain('Name a code, a message in quotes, or a file to explain.');
  const headers = new LimitHeaders();
  let explanations: Explanation[];
  try {
    explanations = await explained(positionals, headers);
  } catch (error) {
    return complain(`${positionals.join(' ')} cannot be read: ${error instanceof Error ? error.message : String(error)}`, false);
  }
  const { sentences } = headers;
  const code = isKnown(explanations) || sentences.length > 0 ? 0 : 1;
  if (format === 'json') return print(json({ errors: explanations, ...(sentences.length > 0 ? { headers: sentences } : {}) }), code);
  if (explanations.length === 0 && sentences.length === 0) return print('No Salesforce error was recognised in it. Paste the whole answer or log line, or name the code alone.\n', 1);
  return print(plainText(explanations, sentences), code);
}

async function explained(words: readonly string[], headers: LimitHeaders): Promise<Explanation[]> {
  const [only = ''] = words;
  if (words.length === 1 && only === '-') return explainStream(process.stdin, headers);
  // A code wins over a file that happens to have its name.
  if (words.length === 1 && !isCode(only) && isFile(only)) return explainFile(only, headers);
  const text = words.join(' ');
  headers.add(text);
  return explain(text);
}

function isKnown(explanations: readonly Explanation[]): boolean {
  return explanations.some(({ meanings, knownMessage, status }) => meanings.length > 0 || knownMessage !== undefined || status !== undefined);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
