import assert from 'node:assert/strict';
import path from 'node:path';
import { Engine } from '../../server/src/engine/engine.ts';
import type { Severity } from '../../server/src/report/callRecord.ts';
import { engineOf, reportOf, ROOT, WASM } from '../fixtures/analyse.ts';

const at = (name: string): string => path.join(ROOT, name);

const SAVE = `import { Connection } from 'jsforce';
export async function save(conn: Connection) {
  await conn.sobject('Account').create({ Name: 'a' });
}
`;
const CALLER = `import { Connection } from 'jsforce';
import { save } from './save';
export async function job(conn: Connection) {
  try {
    await save(conn);
  } catch (error) {
    console.error(error);
  }
}
`;
const DROPPED = `import { Connection } from 'jsforce';
export function drop(conn: Connection) {
  conn.sobject('Account').create({ Name: 'a' });
}
`;

const everywhere = (rules: Record<string, Severity | 'off'>) => ({ everywhere: { rules, options: {} }, folders: [] });
const found = (engine: Engine, name: string): string[] => engine.analyse(at(name)).findings.map(({ rule }) => rule);

describe('the engine', () => {
  it('tells a file whose analysis takes too long as failed, and reads the others', async () => {
    const engine = new Engine({ wasmFolder: WASM, budget: 0 });
    const functions = Array.from({ length: 400 }, (_, id) => `export const f${id} = async (conn: Connection) => { try { await f${(id + 1) % 400}(conn); await conn.identity(); } catch (e) { console.error(e); } };`);
    engine.setFile(at('tangled.ts'), `import { Connection } from 'jsforce';\n${functions.join('\n')}\n`);
    engine.setFile(at('drop.ts'), DROPPED);
    await engine.prepare();
    assert.match(engine.analyse(at('tangled.ts')).failed ?? '', /took longer than 0 s/);
    assert.deepEqual(found(engine, 'drop.ts'), ['floating-call']);
  });

  it('forgets a file that is removed, and what other files learned from it', async () => {
    const engine = await engineOf([{ name: 'save.ts', text: SAVE }, { name: 'caller.ts', text: CALLER }]);
    assert.equal(engine.analyse(at('save.ts')).calls[0]!.upstream, 'swallowed');
    engine.removeFile(at('caller.ts'));
    await engine.prepare();
    assert.deepEqual(engine.paths(), [at('save.ts')]);
    assert.notEqual(engine.analyse(at('save.ts')).calls[0]!.upstream, 'swallowed');
    assert.deepEqual(engine.analyse(at('caller.ts')), { calls: [], findings: [] });
    assert.equal(engine.text(at('caller.ts')), undefined);
  });

  it('takes a new text in place of the old one', async () => {
    const engine = await engineOf([{ name: 'a.ts', text: DROPPED }]);
    assert.deepEqual(found(engine, 'a.ts'), ['floating-call']);
    engine.setFile(at('a.ts'), DROPPED.replace('  conn', '  return conn'));
    await engine.prepare();
    assert.ok(!found(engine, 'a.ts').includes('floating-call'));
    engine.setFile(at('a.ts'), 'export {};');
    await engine.prepare();
    assert.deepEqual(engine.analyse(at('a.ts')), { calls: [], findings: [] });
  });

  it('judges a file anew when a handler in another file changes', async () => {
    const engine = await engineOf([{ name: 'save.ts', text: SAVE }, { name: 'caller.ts', text: CALLER }]);
    assert.deepEqual(found(engine, 'save.ts'), ['swallowed-failure']);
    engine.setFile(at('caller.ts'), CALLER.replace('console.error(error)', 'throw error'));
    await engine.prepare();
    assert.ok(!found(engine, 'save.ts').includes('swallowed-failure'));
  });

  it('judges a file anew when the version of the client changes', async () => {
    const read = "import { Connection } from 'jsforce';\nexport const read = (c: Connection) => c.sobject('Account').retrieve('1');\n";
    const manifest = (version: string) => JSON.stringify({ dependencies: { jsforce: version } });
    const engine = await engineOf([{ name: 'package.json', text: manifest('^3.10.0') }, { name: 'a.ts', text: read }]);
    assert.equal(engine.analyse(at('a.ts')).calls[0]!.retry, 'library');
    engine.setProjectFile(at('package.json'), manifest('^1.11.0'));
    await engine.prepare();
    assert.equal(engine.analyse(at('a.ts')).calls[0]!.retry, 'none');
    engine.setProjectFile(at('package.json'), undefined);
    await engine.prepare();
    assert.equal(engine.analyse(at('a.ts')).calls[0]!.retry, 'unknown');
  });

  it('ignores files of languages that it does not know', () => {
    const engine = new Engine({ wasmFolder: WASM });
    engine.setFile(at('notes.md'), "import 'jsforce'");
    assert.deepEqual(engine.paths(), []);
  });

  it('says nothing of a file before it is prepared', () => {
    const engine = new Engine({ wasmFolder: WASM });
    engine.setFile(at('a.ts'), DROPPED);
    assert.deepEqual(engine.analyse(at('a.ts')), { calls: [], findings: [] });
    assert.deepEqual(engine.analyse(at('never-seen.ts')), { calls: [], findings: [] });
  });
});

describe('what the engine reads', () => {
  it('is nothing at all without a trace of Salesforce, and no grammar is loaded', async () => {
    const engine = await engineOf([
      { name: 'a.ts', text: 'export const a = async (db: any) => { db.query("SELECT 1"); };' },
      { name: 'b.js', text: "const { a } = require('./a'); a();" },
    ]);
    assert.equal(engine.hasTrace(), false);
    assert.equal(engine.lowerings, 0);
    assert.equal(engine.grammarsLoaded, 0);
  });

  it('is files with a trace, what they import, and who imports them', async () => {
    const engine = await engineOf([
      { name: 'save.ts', text: `${SAVE}import './log';\n` },
      { name: 'log.ts', text: 'export const log = console.error;' },
      { name: 'caller.ts', text: "import { save } from './save'; export const run = () => save(null as any).catch(() => {});" },
      { name: 'alone.ts', text: 'export const alone = 1;' },
    ]);
    assert.equal(engine.lowerings, 3);
    assert.equal(engine.grammarsLoaded, 1);
  });

  it('is what importers use and what that uses, an index on the way aside', async () => {
    const chain = (folder: string) => [1, 2, 3].map((step) => ({ name: `${folder}/step${step}.ts`, text: `import './step${step + 1}'; export const step${step} = 1;` }));
    const engine = await engineOf([
      { name: 'save.ts', text: `${SAVE}import './own/step1';\n` },
      ...chain('own'),
      { name: 'caller.ts', text: "import { save } from './save'; import { step1 } from './helpers';" },
      { name: 'helpers/index.ts', text: "export * from './step1';" },
      ...chain('helpers'),
      { name: 'test/save.ts', text: `${SAVE}import '../fakes/step1';\ndescribe('save', () => {\n  it('saves', () => {});\n});\n` },
      ...chain('fakes'),
    ]);
    // All steps of the file with the trace itself; two of its caller, and two of the test.
    assert.equal(engine.lowerings, 4 + 4 + 3);
    engine.setFile(at('test/save.ts'), `${SAVE}import '../fakes/step1';\n`);
    await engine.prepare();
    assert.equal(engine.lowerings, 11 + 2, 'what is no test any more is read with all its steps');
  });

  it('is a file that uses what is called a connection, where the package has a client library', async () => {
    const use = { name: 'job.js', text: "module.exports = async (app) => { await app.jsForceConnection.query('SELECT Id FROM Lead LIMIT 1'); };" };
    const alone = await engineOf([use]);
    assert.equal(alone.lowerings, 0);
    alone.setProjectFile(at('package.json'), '{ "dependencies": { "jsforce": "^3.6.0" } }');
    await alone.prepare();
    assert.deepEqual(alone.analyse(at('job.js')).calls.map(({ kind }) => kind), ['query']);
  });

  it('is one file after an edit inside a body', async () => {
    const engine = await engineOf([{ name: 'save.ts', text: SAVE }, { name: 'caller.ts', text: CALLER }]);
    const before = engine.lowerings;
    engine.setFile(at('save.ts'), SAVE.replace("'a'", "'b'"));
    await engine.prepare();
    assert.equal(engine.lowerings, before + 1);
    engine.setFile(at('save.ts'), SAVE.replace("'a'", "'b'"));
    await engine.prepare();
    assert.equal(engine.lowerings, before + 1, 'the same text again costs nothing');
  });

  it('begins where a name tells of an address of Salesforce that stands elsewhere', async () => {
    for (const text of ["const base = settings.get('MarketingCloudBaseUrl');", "headers['X-SFDC-Session'] = id;", "const sfmcHost = env('SFMC_HOST');"]) {
      const engine = await engineOf([{ name: 'a.ts', text }]);
      assert.equal(engine.hasTrace(), true, text);
    }
    const other = await engineOf([{ name: 'a.ts', text: "const marketing = settings.get('MarketingUrl');" }]);
    assert.equal(other.hasTrace(), false);
  });

  it('begins when a trace comes and ends when it goes', async () => {
    const engine = await engineOf([{ name: 'a.ts', text: 'export {};' }]);
    engine.setFile(at('a.ts'), DROPPED);
    await engine.prepare();
    assert.deepEqual(found(engine, 'a.ts'), ['floating-call']);
    engine.setFile(at('a.ts'), "import { Connection } from 'mysql';\nexport const drop = (conn: Connection) => { conn.query('SELECT 1'); };\n");
    await engine.prepare();
    assert.equal(engine.hasTrace(), false);
    assert.deepEqual(engine.analyse(at('a.ts')), { calls: [], findings: [] });
  });

  it('stops early when aborted, and goes on at the next call', async () => {
    const engine = new Engine({ wasmFolder: WASM });
    for (let index = 0; index < 20; index++) engine.setFile(at(`f${index}.ts`), DROPPED);
    await engine.prepare(AbortSignal.abort());
    assert.equal(engine.lowerings, 0);
    await engine.prepare();
    assert.equal(engine.lowerings, 20);
  });

  it('is source code, not tests', async () => {
    const text = DROPPED;
    const engine = await engineOf([
      { name: 'src/save.test.ts', text },
      { name: 'src/save.spec.ts', text },
      { name: 'src/save.e2e-spec.ts', text },
      { name: 'src/save-spec.js', text },
      { name: 'src/__mocks__/save.ts', text },
      { name: 'types.d.ts', text },
      { name: 'test/save.ts', text: `${text}\ndescribe('x', () => {\n  it('y', () => {});\n});\n` },
      { name: 'test/connection.ts', text },
    ]);
    assert.deepEqual(
      engine.paths().filter((file) => engine.analyse(file).findings.length > 0),
      [at('test/connection.ts')],
    );
    assert.ok(reportOf(engine).calls.every(({ file }) => file === 'test/connection.ts'));
  });

  it('is reported, but not judged, below a test folder of a package', async () => {
    const engine = await engineOf([
      { name: 'test/app/package.json', text: '{ "name": "app" }' },
      { name: 'test/app/src/save.ts', text: DROPPED },
      { name: 'test/app/test/data/save.ts', text: DROPPED },
    ]);
    assert.deepEqual(found(engine, 'test/app/src/save.ts'), ['floating-call']);
    assert.deepEqual(found(engine, 'test/app/test/data/save.ts'), []);
    assert.equal(reportOf(engine).calls.length, 2);
  });

  it('is reported, but not judged, where it is generated or a copy of other people\'s code', async () => {
    const engine = await engineOf([
      { name: 'package.json', text: '{ "name": "app" }' },
      { name: 'src/client.ts', text: `/* eslint-disable */\n/**\n * This file was auto-generated by a tool.\n */\n${DROPPED}` },
      { name: 'src/vendor/client.ts', text: DROPPED },
      { name: 'src/stub.ts', text: DROPPED.replace("\n", "\n\n/**\n * Generated by Maker. Please do not edit.\n */\n") },
      { name: 'src/writer.ts', text: `${DROPPED}\nexport const HEAD = '// @generated';\n` },
    ]);
    assert.equal(reportOf(engine).calls.length, 4);
    assert.deepEqual(engine.paths().filter((file) => engine.analyse(file).findings.length > 0), [at('src/writer.ts')]);
  });

  it('is reported, but not judged, where a compiler made it of another file', async () => {
    const helpers = `var __importDefault = (this && this.__importDefault) || function (mod) {\n    return (mod && mod.__esModule) ? mod : { "default": mod };\n};\n`;
    const engine = await engineOf([
      { name: 'package.json', text: '{ "name": "app" }' },
      { name: 'lib/save.js', text: `"use strict";\n${helpers}Object.defineProperty(exports, "__esModule", { value: true });\n${DROPPED}` },
      { name: 'lib/module.mjs', text: `${DROPPED}\n//# sourceMappingURL=module.mjs.map\n` },
      { name: 'src/compiler.js', text: `${DROPPED}\nexport const HEAD = 'Object.defineProperty(exports, "__esModule")';\nexport const FOOT = '//# sourceMappingURL=a.js.map';\n` },
    ]);
    assert.equal(reportOf(engine).calls.length, 3);
    assert.deepEqual(engine.paths().filter((file) => engine.analyse(file).findings.length > 0), [at('src/compiler.js')]);
  });

  it('is everything, where somebody wants that', async () => {
    const engine = await engineOf([
      { name: 'package.json', text: '{ "name": "app" }' },
      { name: 'src/save.test.ts', text: DROPPED },
      { name: 'test/data/save.ts', text: DROPPED },
      { name: 'vendor/save.ts', text: DROPPED },
    ]);
    engine.setRules({ everywhere: { rules: {}, options: {}, includeTests: true }, folders: [] });
    await engine.prepare();
    assert.equal(reportOf(engine).findings.length, 3);
  });
});

describe('rule settings', () => {
  it('switch a rule off and change its severity', async () => {
    const engine = await engineOf([{ name: 'a.ts', text: DROPPED }]);
    engine.setRules(everywhere({ 'floating-call': 'error' }));
    assert.deepEqual(engine.analyse(at('a.ts')).findings.map(({ rule, severity }) => [rule, severity]), [['floating-call', 'error']]);
    engine.setRules(everywhere({ 'floating-call': 'off' }));
    assert.deepEqual(engine.analyse(at('a.ts')).findings, [], 'and no milder rule speaks in its place');
    assert.equal(engine.analyse(at('a.ts')).calls.length, 1, 'the call is still reported');
    engine.setRules(everywhere({}));
    assert.deepEqual(engine.analyse(at('a.ts')).findings.map(({ severity }) => severity), ['warning']);
  });

  it('of unknown rules change nothing', async () => {
    const engine = await engineOf([{ name: 'a.ts', text: DROPPED }]);
    engine.setRules(everywhere({ 'no-such-rule': 'off', toString: 'error' } as Record<string, Severity | 'off'>));
    assert.deepEqual(found(engine, 'a.ts'), ['floating-call']);
  });
});
