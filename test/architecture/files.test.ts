import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, sourceFiles, TOP } from './sourceTree.ts';

/** Longer files have more than one subject. */
const LINES = 400;

describe('files', () => {
  it('of programs are camelCase, and named after what is in them', () => {
    const wrong = sourceFiles('catalog', 'server', 'client').filter((file) => !/^[a-z][A-Za-z0-9]*\.ts$/.test(path.basename(file)) || /^(?:utils?|helpers?|common|misc)\.ts$/.test(path.basename(file)));
    assert.deepEqual(wrong, []);
  });

  it('stand in folders that are kebab-case', () => {
    const folders = new Set(['catalog', 'server', 'client', 'test'].flatMap(filesBelow).map((file) => path.posix.dirname(file)));
    assert.deepEqual([...folders].flatMap((folder) => folder.split('/')).filter((part) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part)), []);
  });

  it(`have at most ${LINES} lines`, () => {
    const long = sourceFiles('catalog', 'server', 'client').filter((file) => readFileSync(path.join(TOP, file), 'utf8').trimEnd().split('\n').length > LINES);
    assert.deepEqual(long, [], 'split these');
  });

  it('of tests are all run by npm test', () => {
    const script = readFileSync(path.join(TOP, 'scripts/test.mjs'), 'utf8');
    // The editor's tests are another part of it; those of the real Salesforce CLI, which download it, have a script of their own.
    const apart = ['test/vscode/**', 'test/salesforce-cli/**'];
    const ignored = [...script.matchAll(/'--ignore', '([^']+)'/g)].map((match) => match[1]!).filter((pattern) => !apart.includes(pattern));
    const tests = ['catalog', 'server', 'client', 'test'].flatMap(filesBelow).filter((file) => file.endsWith('.test.ts') && !apart.some((pattern) => path.matchesGlob(file, pattern)));
    assert.ok(tests.length > 30);
    assert.match(readFileSync(path.join(TOP, 'package.json'), 'utf8'), /"test:salesforce-cli": "node scripts\/run\.mjs test\/salesforce-cli\/main\.ts"/);
    assert.deepEqual(tests.filter((file) => ignored.some((pattern) => path.matchesGlob(file, pattern))), []);
  });
});
