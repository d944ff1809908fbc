// `npm run accuracy -- DIR`: lays the labels beside the report of the repositories under DIR (`owner+name` or `owner/name`, at the labelled commit) and
// prints how well they agree and how many of the findings that labels imply are told, by language, for the repositories whose disagreements are read and for those that are only measured.
// `--disagreements` names the places of the former.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { analysePaths, readPaths } from '../../server/src/engine/check.ts';
import { wasmFolder } from '../../server/src/engine/wasmFolder.ts';
import { callReport } from '../../server/src/report/callReport.ts';
import { impliedFindings, impliedShares, toldBy, type Implied, type Told } from './implied.ts';
import { FIELDS, labelledFiles, languageOf, LANGUAGES, PARTS, type Field, type Part } from './labels.ts';
import { agreements, measure, rareValues, type Measure, type ReportedCall } from './measure.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder that holds the repositories: npm run accuracy -- DIR');
  process.exit(2);
}

/** What the tool says of one repository. */
interface Answers {
  /** Its calls by file. */
  calls: Map<string, ReportedCall[]>;
  /** What rules say, by file, line and column. */
  told: Map<string, Told[]>;
}

const files = labelledFiles();
const answers = new Map<string, Answers | undefined>();
for (const repo of new Set(files.map((file) => file.repo))) answers.set(repo, await answersFor(repo));

const absent = [...answers].filter(([, report]) => !report).map(([repo]) => repo);
if (absent.length > 0) console.log(`Not under ${folder}, left out: ${absent.join(', ')}\n`);
for (const language of LANGUAGES) for (const part of PARTS) {
  const own = files.filter((file) => file.part === part && languageOf(file) === language);
  const measured = measure(own, (repo, file) => (answers.get(repo) ? (answers.get(repo)?.calls.get(file) ?? []) : undefined));
  if (measured.files === 0) continue;
  print(`${language}, ${part === 'read' ? 'tuned on' : 'measured only'}`, part, measured);
  printImplied(part, impliedFindings(own, (repo, file, line, column) => (answers.get(repo) ? (answers.get(repo)?.told.get(`${file}:${line}:${column}`) ?? []) : undefined)));
}

/** What the tool says of a repository; undefined where it is not there. */
async function answersFor(repo: string): Promise<Answers | undefined> {
  const at = [repo.replace('/', '+'), repo].map((name) => path.join(folder ?? '', name)).find((each) => existsSync(each));
  if (at === undefined) return undefined;
  const input = await analysePaths(await readPaths([at], wasmFolder(process.argv[1] ?? '')));
  const { calls } = callReport(input) as unknown as { calls: ReportedCall[] };
  const byFile = new Map<string, ReportedCall[]>();
  for (const call of calls) byFile.set(call.file, [...(byFile.get(call.file) ?? []), call]);
  return { calls: byFile, told: toldBy(input) };
}

function printImplied(part: Part, implied: readonly Implied[]): void {
  for (const { because, implied: all, told, mild } of impliedShares(implied)) console.log(`implied by ${because.padEnd(18)} told ${share(told, all)}${mild > 0 ? `, of them as information or hint ${mild}` : ''}`);
  const meant = implied.filter(({ silent }) => silent === undefined);
  const loud = implied.filter(({ silent, told }) => silent !== undefined && (told?.severity === 'warning' || told?.severity === 'error'));
  console.log(`implied findings told ${share(implied.filter(({ told }) => told).length, implied.length)}`);
  console.log(`implied findings told where the rules are meant to speak ${share(meant.filter(({ told }) => told).length, meant.length)}; warnings where they are meant to be silent: ${share(loud.length, implied.length - meant.length)}`);
  if (process.argv.includes('--disagreements') && part === 'read') {
    for (const { repo, file, label, told, silent } of loud) console.log(`loud      ${repo} ${file}:${label.line}:${label.column} ${told?.rule} ${told?.severity}, though ${silent}`);
    for (const { repo, file, label, because, rules } of meant.filter(({ told }) => !told)) console.log(`silent    ${repo} ${file}:${label.line}:${label.column} ${because}, no ${rules.join(' or ')} (${label.why})`);
  }
  console.log('');
}

function print(title: string, part: Part, { files: count, labels, pairs, missed, invented, inventedInNegatives }: Measure): void {
  console.log(`== ${title}: ${count} files, ${labels} labelled calls`);
  console.log(`recall ${share(pairs.length, labels)}, precision ${share(pairs.length, pairs.length + invented.length)}, calls invented in files without any: ${inventedInNegatives}`);
  for (const { field, known, agreed, majority, unknown } of agreements(pairs))
    console.log(`${field.padEnd(9)} agrees ${share(agreed, known)}; always the most frequent value: ${share(majority, known)}; unknown: ${share(unknown, known)}`);
  for (const { field, value, labelled, reported, both } of rareValues(pairs))
    console.log(`${field}=${value}: recall ${share(both, labelled)}, precision ${share(both, reported)}`);
  if (!process.argv.includes('--disagreements') || part === 'unread') return;
  for (const { repo, file, label } of missed) console.log(`missed    ${repo} ${file}:${label.line}:${label.column} ${label.method} (${label.why})`);
  for (const { repo, call } of invented) console.log(`invented  ${repo} ${call.file}:${call.line}:${call.column} ${call.operation}`);
  for (const { repo, file, label, reported } of pairs) {
    const wrong = FIELDS.filter((field: Field) => label[field] !== undefined && label[field] !== 'unknown' && label[field] !== reported[field]);
    if (wrong.length > 0) console.log(`disagrees ${repo} ${file}:${label.line}:${label.column} ${wrong.map((field) => `${field}: ${label[field]}, reported ${reported[field] ?? 'nothing'}`).join('; ')} (${label.why})`);
  }
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)}% (${part}/${whole})`;
}
