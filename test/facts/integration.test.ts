import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUserEntries } from '../../catalog/index.ts';
import { FACTS_VERSION, type FileFacts } from '../../server/src/facts/facts.ts';
import { languageOf } from '../../server/src/languages/index.ts';
import { Parsers } from '../../server/src/languages/parsers.ts';
import type { CallRecord } from '../../server/src/report/callRecord.ts';
import { engineOf, ROOT, WASM } from '../fixtures/analyse.ts';
import { acmeClients, acmeLibraries } from './acme.ts';
import { writeFacts } from './writeFacts.ts';

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'integration');
const SOURCES = readdirSync(FOLDER).filter((name) => !name.endsWith('.facts')).sort();
/** Those of them whose language is lowered. */
const LOWERED = SOURCES.filter((name) => languageOf(name) !== undefined);
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');
const expected = (source: string): string => read(`${source}.facts`);

async function factsOf(name: string): Promise<FileFacts> {
  const language = languageOf(name);
  assert.ok(language, name);
  return new Parsers(WASM).lower(language, name, read(name));
}

/** Forms that a line of written facts can have. */
const FORMS = [
  /^import \S+ from \S+(?: as \w+)?$/, /^class \w+(?: extends .+)?$/, /^ {2}field \w+(?:: \S.*)?(?: = .+)?$/, /^module$/,
  /^(?:async )?(?:generator )?(?:function|method|constructor|getter|setter) \S+\(.*\)(?:: \S.*)?(?: throws .+)?$/, /^export [\w ]+$/,
  /^ {2}\d+:(?: \((?:(?:catch(?: [^,()]+)?(?: when .+)?|(?:each|count|while) loop|on error \d+|else \d+)(?:, (?!\)))?)+\))?$/,
  /^ {4}(?:call .+|await .+|yield|\S.* = .+|to \d+|if .+ to \d+ else \d+|for each of .+ to \d+ then \d+|return(?: .+)?|throw .+|resume|end)$/,
];

describe('the one integration in four languages', () => {
  it('is there in JavaScript, Python, Java and C#, each with its facts', () => {
    assert.deepEqual(SOURCES.map((name) => path.extname(name)).sort(), ['.cs', '.java', '.js', '.py']);
    for (const name of SOURCES) assert.ok(expected(name).length > 0, name);
  });

  for (const name of SOURCES) {
    it(`${name}: the facts are written in the facts' own words, and every block that is named is there`, () => {
      let blocks = new Set<string>();
      let named = new Set<string>();
      const complete = (): void => assert.deepEqual([...named].filter((each) => !blocks.has(each)), [], name);
      for (const line of expected(name).trimEnd().split('\n')) {
        assert.ok(FORMS.some((form) => form.test(line)), `${name}: ${line}`);
        if (/^\S/.test(line)) {
          complete();
          blocks = new Set();
          named = new Set();
        }
        const block = /^ {2}(\d+):/.exec(line);
        if (block) blocks.add(block[1]!);
        for (const [, number] of line.matchAll(/\b(?:to|else|then|on error) (\d+)\b(?=[,)]| to | else | then |$)/g)) named.add(number!);
      }
      complete();
    });
  }

  for (const name of LOWERED) {
    it(`${name} is lowered to them`, async () => {
      assert.equal(writeFacts(await factsOf(name)), expected(name));
    });
  }

  it('has the same coverage in every language: every field of every call that is not a position', async () => {
    setUserEntries({ codes: [], clients: acmeClients(), libraries: acmeLibraries() });
    try {
      const javascript = await callsOf('integration.js');
      assert.equal(javascript.length, 8);
      for (const name of LOWERED) assert.deepEqual(await callsOf(name), javascript, name);
      assert.deepEqual(javascript.map(({ operation, failure, retry, paging }) => [operation, failure, retry, paging]), [
        ['oauth.login', 'propagates', 'none', 'na'],
        ['rest.query', 'propagates', 'none', 'complete'],
        ['rest.query-more', 'propagates', 'none', 'na'],
        ['rest.collections.create', 'propagates', 'explicit', 'na'],
        ['rest.sobject.create', 'generic', 'none', 'na'],
        ['rest.sobject.retrieve', 'discriminated', 'explicit', 'na'],
        ['oauth.login', 'propagates', 'none', 'na'],
        ['rest.sobject.retrieve', 'propagates', 'none', 'na'],
      ]);
    } finally {
      setUserEntries(undefined);
    }
  });

  it('needs nothing of the form that is not frozen', async () => {
    assert.equal(FACTS_VERSION, 1);
    for (const name of LOWERED) assert.equal((await factsOf(name)).version, 1);
  });
});

/** The calls of a source without where they stand. */
async function callsOf(name: string): Promise<Omit<CallRecord, 'path' | 'start' | 'end' | 'spanStart' | 'spanEnd'>[]> {
  const engine = await engineOf([{ name, text: read(name) }]);
  return engine.analyse(path.join(ROOT, name)).calls.map(({ path: _path, start: _start, end: _end, spanStart: _spanStart, spanEnd: _spanEnd, ...rest }) => rest);
}
