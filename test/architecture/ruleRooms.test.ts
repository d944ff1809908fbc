import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ABOUT_RULES } from '../../server/src/rules/index.ts';
import { readCases } from '../fixtures/fixtureCase.ts';
import { engineOf, reportOf } from '../fixtures/analyse.ts';
import { reportVocabulary } from '../fixtures/vocabulary.ts';
import { TOP } from './sourceTree.ts';

/** Files whose calls are counted by what the analysis sees, for they have no one way to name a connection. */
const OTHER_LANGUAGES = /\.(?:py|java|cs)$/;
const ROOM = path.join(TOP, 'server/src/rules');
const IDS = ABOUT_RULES.map(({ id }) => id).sort();
const manifest = JSON.parse(readFileSync(path.join(TOP, 'package.json'), 'utf8')) as {
  contributes: { configuration: { properties: Record<string, { enum?: unknown[]; markdownDescription?: string }> }[] };
};
const texts = JSON.parse(readFileSync(path.join(TOP, 'package.nls.json'), 'utf8')) as Record<string, string>;

describe('rules', () => {
  it('have a folder each, named by their id', () => {
    assert.deepEqual(readdirSync(ROOM, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort(), IDS);
    assert.equal(new Set(IDS).size, IDS.length);
    for (const id of IDS) assert.match(id, /^[a-z]+(?:-[a-z]+)*$/);
  });

  it('have a setting each, with a text', () => {
    const properties = Object.assign({}, ...manifest.contributes.configuration.map((each) => each.properties)) as Record<string, { enum?: unknown[]; markdownDescription?: string }>;
    const settings = Object.keys(properties).filter((name) => name.startsWith('apiGuard.rules.'));
    assert.deepEqual(settings.sort(), IDS.map((id) => `apiGuard.rules.${id}`));
    for (const name of settings) {
      assert.deepEqual(properties[name]!.enum, [null, 'off', 'hint', 'information', 'warning', 'error']);
      assert.ok((texts[properties[name]!.markdownDescription!.replaceAll('%', '')] ?? '').length > 20, name);
    }
  });

  it('have a setting for each option, as the rule says', () => {
    const said = ABOUT_RULES.flatMap(({ id, options = {} }) => Object.entries(options).map(([name, option]) => [`apiGuard.options.${id}.${name}`, { type: ['integer', 'null'], default: null, minimum: option.minimum, maximum: option.maximum }]));
    const properties = Object.assign({}, ...manifest.contributes.configuration.map((each) => each.properties)) as Record<string, Record<string, unknown>>;
    const written = Object.entries(properties).filter(([name]) => name.startsWith('apiGuard.options.'));
    assert.deepEqual(Object.fromEntries(written.map(([name, { type, default: value, minimum, maximum }]) => [name, { type, default: value, minimum, maximum }])), Object.fromEntries(said));
    for (const [name, { markdownDescription }] of written) assert.ok((texts[String(markdownDescription).replaceAll('%', '')] ?? '').length > 20, name);
  });

  for (const { id, severity, offByDefault, options } of ABOUT_RULES) {
    describe(id, () => {
      it('has a page with the agreed sections, in order', () => {
        const page = readFileSync(path.join(ROOM, id, 'README.md'), 'utf8');
        const headings = [...page.matchAll(/^#+ .+$/gm)].map(([heading]) => heading);
        assert.deepEqual(headings, [`# ${id}`, '## Bad code', '## What happens in production', '## Better code', '## Why it may be silent', '## Options', '## Sources']);
        assert.ok(page.includes(`apiGuard.rules.${id}`), 'names its setting');
        assert.ok(page.includes(`api-guard-disable-next-line ${id}`), 'says how to silence one place');
        assert.ok(page.includes(`Severity: ${severity}`), 'names its severity');
        assert.match(page, /quick fix/i, 'says which fix it has, or why none is safe');
        assert.equal(/off by default/i.test(page), offByDefault === true, 'says whether it is off by default');
        for (const name of Object.keys(options ?? {})) assert.ok(page.includes(`apiGuard.options.${id}.${name}`), `names its option ${name}`);
        assert.match(page.slice(page.indexOf('## Sources')), /https:\/\//);
      });

      it('has cases in JavaScript and in TypeScript, at least half of the calls silent', () => {
        const folder = path.join(ROOM, id, 'fixtures');
        assert.ok(existsSync(folder));
        const files = readCases(folder, reportVocabulary()).flatMap((each) => each.files).filter(({ name }) => !OTHER_LANGUAGES.test(name));
        assert.ok(files.some(({ name }) => /\.[cm]?jsx?$/.test(name)) && files.some(({ name }) => /\.[cm]?tsx?$/.test(name)));
        const count = (kinds: string[]) => files.flatMap((file) => file.expectations ?? []).filter((each) => kinds.includes(each.kind)).length;
        const calls = files.flatMap(({ text }) => [...text.matchAll(/\bconn(?:ection)?\b[^\n]*\.[a-zA-Z0-9]+\(/g)]).length;
        assert.ok(count(['finding', 'missed']) >= 3, 'bad cases');
        assert.ok(calls >= 2 * count(['finding', 'missed']), `${calls} calls, ${count(['finding', 'missed'])} of them flagged`);
      });

      it('has as many silent calls as flagged ones in every other language', async () => {
        const told = new Map<string, { calls: number; flagged: number }>();
        for (const { files } of readCases(path.join(ROOM, id, 'fixtures'), reportVocabulary())) {
          const own = files.filter(({ name }) => OTHER_LANGUAGES.test(name));
          if (own.length === 0) continue;
          const language = path.extname(own[0]!.name);
          const flagged = own.flatMap((file) => file.expectations ?? []).filter(({ kind }) => kind === 'finding' || kind === 'missed').length;
          const before = told.get(language) ?? { calls: 0, flagged: 0 };
          told.set(language, { calls: before.calls + reportOf(await engineOf(files)).calls.length, flagged: before.flagged + flagged });
        }
        for (const [language, { calls, flagged }] of told) assert.ok(calls >= 2 * flagged, `${language}: ${calls} calls, ${flagged} of them flagged`);
      });
    });
  }
});
