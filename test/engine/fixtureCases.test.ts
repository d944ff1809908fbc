import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeFixtures } from '../fixtures/describeFixtures.ts';

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src');
const HERE = path.dirname(fileURLToPath(import.meta.url));

describe('cases', () => {
  for (const rule of readdirSync(path.join(SOURCE, 'rules'), { withFileTypes: true })) {
    const folder = path.join(SOURCE, 'rules', rule.name, 'fixtures');
    if (rule.isDirectory() && existsSync(folder)) describeFixtures(`rules/${rule.name}`, folder, { rule: rule.name });
  }
  for (const language of readdirSync(path.join(SOURCE, 'languages'))) {
    const folder = path.join(SOURCE, 'languages', language, 'fixtures');
    if (existsSync(folder)) describeFixtures(`languages/${language}`, folder, 'calls');
  }
  describeFixtures('coverage', path.join(SOURCE, 'coverage', 'fixtures'), 'calls');
  describeFixtures('all rules together', path.join(HERE, 'fixtures'), 'all');
});
