// `npm run bench`: what the catalogue costs at the first question, what an edit costs, and how the
// work grows with the code. `npm run bench -- DIR` also checks a large repository, beside a
// linter on the same tree. Every number stands beside one that was measured in the same run; none is a limit that a test holds.
import path from 'node:path';

const [folder] = process.argv.slice(2);
console.log('== the catalogue');
await import('./catalogLoad.ts');
console.log('\n== an edit in a large file');
const { measureEdits } = await import('./edits.ts');
await measureEdits();
console.log('\n== code that goes on and on');
const { measureGrowth } = await import('./growth.ts');
await measureGrowth();
if (folder === undefined) {
  console.log('\nName a folder with a large repository to measure a whole check: npm run bench -- DIR');
} else {
  console.log(`\n== a whole check`);
  const { measureCheck } = await import('./wholeCheck.ts');
  await measureCheck(path.resolve(folder));
}
