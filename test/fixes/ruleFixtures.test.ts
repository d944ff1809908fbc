import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readCases } from '../fixtures/fixtureCase.ts';
import { reportVocabulary } from '../fixtures/vocabulary.ts';
import { engineOf, type Files } from './applyFix.ts';
import { tryFix } from './trial.ts';

const RULES = path.resolve(import.meta.dirname, '../../server/src/rules');

/** Every fix that is offered at a fixture of a rule, tried. */
describe('fixes at the fixtures of rules', () => {
  for (const rule of readdirSync(RULES, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)) {
    it(rule, async () => {
      for (const each of readCases(path.join(RULES, rule, 'fixtures'), reportVocabulary())) {
        const files: Files = Object.fromEntries(each.files.map(({ name, text }) => [`/w/${name}`, text]));
        const engine = await engineOf(files);
        for (const file of engine.paths()) {
          for (const finding of engine.analyse(file).findings) {
            for (const fix of engine.fixes(finding)) {
              const { faults } = await tryFix(engine, finding, fix, engine.paths());
              assert.deepEqual(faults, [], `${fix.id} at ${file}:${files[file]!.slice(0, finding.start).split('\n').length}`);
            }
          }
        }
      }
    });
  }
});
