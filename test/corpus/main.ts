// `npm run corpus -- DIR`: checks the public repositories under DIR (`owner+name` or `owner/name`, at the commits that expected.json names) and prints what is
// found otherwise than expected, and how much is said. With `--keep` what is found becomes what is expected.
import { byRule, difference, expectedProjects, keepExpected, type ExpectedProject } from './expected.ts';
import { LINES_FOR_ONE, median, noiseOf } from './noise.ts';
import { projectOf } from './project.ts';

const [folder] = process.argv.slice(2).filter((each) => !each.startsWith('--'));
if (folder === undefined) {
  console.error('Name the folder that holds the repositories: npm run corpus -- DIR');
  process.exit(2);
}

const absent: string[] = [];
const densities: number[] = [];
const sums = new Map<string, number>();
const crowded: string[] = [];
const kept: ExpectedProject[] = [];
let differences = 0;
for (const expected of expectedProjects()) {
  const project = await projectOf(folder, expected.repository);
  if (!project) {
    absent.push(expected.repository);
    kept.push(expected);
    continue;
  }
  const findings = byRule(project.findings);
  kept.push({ ...expected, findings });
  const lines = difference(expected.findings, findings);
  differences += lines.length;
  if (lines.length > 0) console.log(`${expected.repository}\n${lines.map((line) => `  ${line}`).join('\n')}`);
  for (const { rule, severity } of project.findings) sums.set(`${rule} ${severity}`, (sums.get(`${rule} ${severity}`) ?? 0) + 1);
  const noise = noiseOf(project);
  if (!noise) continue;
  densities.push(noise.density);
  crowded.push(...noise.crowded.map((at) => `${expected.repository} ${at}`));
}

if (absent.length > 0) console.log(`Not under ${folder}, left out: ${absent.join(', ')}`);
console.log(differences === 0 ? 'Findings are as expected.' : `${differences} findings are otherwise than expected.`);
for (const [name, count] of [...sums].sort(([, one], [, other]) => other - one)) console.log(`${String(count).padStart(5)}  ${name}`);
console.log(`Findings, hints aside, for every ${LINES_FOR_ONE} lines of functions that call Salesforce: median ${median(densities).toFixed(2)} of ${densities.length} repositories, more than one in ${densities.filter((each) => each > 1).length}.`);
console.log(crowded.length === 0 ? 'No place has more than one finding.' : `More than one finding at: ${crowded.join(', ')}`);
if (process.argv.includes('--keep')) keepExpected(kept);
else if (differences > 0) process.exitCode = 1;
