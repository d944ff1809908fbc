// `npm run accuracy -- DIR`: lays the labels beside the report of the repositories under DIR (`owner+name` or `owner/name`, at the labelled commit) and
// prints how well they agree, by language, for the half of the repositories that is tuned on and for the half that is only measured.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { analysePaths, readPaths } from '../../server/src/engine/check.ts';
import { wasmFolder } from '../../server/src/engine/wasmFolder.ts';
import { callReport } from '../../server/src/report/callReport.ts';
import { FIELDS, halfOf, labelledFiles, languageOf, LANGUAGES, type Field } from './labels.ts';
import { agreements, measure, rareValues, type Measure, type ReportedCall } from './measure.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder that holds the repositories: npm run accuracy -- DIR');
  process.exit(2);
}

const files = labelledFiles();
const reports = new Map<string, Map<string, ReportedCall[]> | undefined>();
for (const repo of new Set(files.map((file) => file.repo))) reports.set(repo, await reportOf(repo));

const absent = [...reports].filter(([, report]) => !report).map(([repo]) => repo);
if (absent.length > 0) console.log(`Not under ${folder}, left out: ${absent.join(', ')}\n`);
for (const language of LANGUAGES) for (const half of ['tune', 'report'] as const) {
  const measured = measure(files.filter((file) => halfOf(file.repo) === half && languageOf(file) === language), (repo, file) => (reports.get(repo) ? (reports.get(repo)?.get(file) ?? []) : undefined));
  if (measured.files > 0) print(`${language}, ${half === 'tune' ? 'tuned on' : 'measured only'}`, half, measured);
}

/** The tool's calls by file; undefined where the repository is not there. */
async function reportOf(repo: string): Promise<Map<string, ReportedCall[]> | undefined> {
  const at = [repo.replace('/', '+'), repo].map((name) => path.join(folder ?? '', name)).find((each) => existsSync(each));
  if (at === undefined) return undefined;
  const { calls } = callReport(await analysePaths(await readPaths([at], wasmFolder(process.argv[1] ?? '')))) as unknown as { calls: ReportedCall[] };
  const byFile = new Map<string, ReportedCall[]>();
  for (const call of calls) byFile.set(call.file, [...(byFile.get(call.file) ?? []), call]);
  return byFile;
}

function print(title: string, half: 'tune' | 'report', { files: count, labels, pairs, missed, invented, inventedInNegatives }: Measure): void {
  console.log(`== ${title}: ${count} files, ${labels} labelled calls`);
  console.log(`recall ${share(pairs.length, labels)}, precision ${share(pairs.length, pairs.length + invented.length)}, calls invented in files without any: ${inventedInNegatives}`);
  for (const { field, known, agreed, majority, unknown } of agreements(pairs))
    console.log(`${field.padEnd(9)} agrees ${share(agreed, known)}; always the most frequent value: ${share(majority, known)}; unknown: ${share(unknown, known)}`);
  for (const { field, value, labelled, reported, both } of rareValues(pairs))
    console.log(`${field}=${value}: recall ${share(both, labelled)}, precision ${share(both, reported)}`);
  if (!process.argv.includes('--disagreements') || half === 'report') return console.log('');
  for (const { repo, file, label } of missed) console.log(`missed    ${repo} ${file}:${label.line}:${label.column} ${label.method} (${label.why})`);
  for (const { repo, call } of invented) console.log(`invented  ${repo} ${call.file}:${call.line}:${call.column} ${call.operation}`);
  for (const { repo, file, label, reported } of pairs) {
    const wrong = FIELDS.filter((field: Field) => label[field] !== undefined && label[field] !== 'unknown' && label[field] !== reported[field]);
    if (wrong.length > 0) console.log(`disagrees ${repo} ${file}:${label.line}:${label.column} ${wrong.map((field) => `${field}: ${label[field]}, reported ${reported[field] ?? 'nothing'}`).join('; ')} (${label.why})`);
  }
  console.log('');
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)}% (${part}/${whole})`;
}
