// `node test/corpus/sample.ts DIR`: draws findings of the public repositories under DIR to be judged by people, and prints them as JSON, in the order drawn. A finding's place
// in the draw depends on itself alone: where another one goes, the next moves up and the rest stays.
import { createHash } from 'node:crypto';
import { expectedProjects } from './expected.ts';
import { drawn, type Drawable } from './judged.ts';
import { projectOf } from './project.ts';

const SEED = 'api-guard 5';
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder that holds the repositories: node test/corpus/sample.ts DIR');
  process.exit(2);
}

const found: Drawable[] = [];
for (const { repository, commit } of expectedProjects()) {
  const project = await projectOf(folder, repository);
  for (const { rule, severity, at } of project?.findings ?? []) {
    const [, path, line, column] = /^(.*):(\d+):(\d+)$/.exec(at)!;
    found.push({ repository, commit, path: path!, line: Number(line), column: Number(column), rule, severity });
  }
}
const lot = ({ repository, path, line, column, rule }: Drawable): string => createHash('sha256').update([SEED, repository, path, line, column, rule].join('\0')).digest('hex');
const lots = new Map(found.map((each) => [each, lot(each)] as const));
console.log(JSON.stringify(drawn(found.sort((one, other) => (lots.get(one)! < lots.get(other)! ? -1 : 1))), undefined, 1));
