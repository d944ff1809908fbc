import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setUserEntries } from '../../catalog/index.ts';
import { languageOf } from '../../server/src/languages/index.ts';
import { Parsers } from '../../server/src/languages/parsers.ts';
import { engineOf, ROOT, WASM } from '../fixtures/analyse.ts';
import { acmeClients, acmeLibraries } from './acme.ts';

const FOLDER = path.join(import.meta.dirname, 'careless');
const SOURCES = readdirSync(FOLDER).sort();

/** What is found: function, rule, severity. */
const EXPECTED = [
  'add: missing-retry, hint',
  'drop: swallowed-failure, warning',
  'find: lost-error-detail, information',
  'readfirst: truncated-query, warning',
  'importrows: unchecked-partial-success, warning',
  'again: unbounded-retry, warning',
  'each: call-in-loop, information',
  'spelt: unknown-error-code, warning',
  'twice: unsafe-retry, warning',
];

describe('the one careless integration in four languages', () => {
  before(() => setUserEntries({ codes: [], clients: acmeClients(), libraries: acmeLibraries() }));
  after(() => setUserEntries(undefined));

  it('is there in JavaScript, Python, Java and C#', () => {
    assert.deepEqual(SOURCES.map((name) => path.extname(name)).sort(), ['.cs', '.java', '.js', '.py']);
  });

  for (const name of SOURCES) it(`${name} has the findings that all have`, async () => assert.deepEqual(await findingsOf(name), EXPECTED));
});

/** The findings of a source, each with the function in which it stands, by a name that languages do not spell differently. */
async function findingsOf(name: string): Promise<string[]> {
  const text = readFileSync(path.join(FOLDER, name), 'utf8');
  const language = languageOf(name)!;
  const { functions } = await new Parsers(WASM).lower(language, name, text);
  const engine = await engineOf([{ name, text }]);
  return engine.analyse(path.join(ROOT, name)).findings.map(({ start, rule, severity }) => {
    const around = functions.filter((each) => each.kind !== 'module' && each.at <= start && start < each.to).map((each) => each.name ?? '').at(-1) ?? '';
    return `${around.replaceAll('_', '').toLowerCase()}: ${rule}, ${severity}`;
  });
}
