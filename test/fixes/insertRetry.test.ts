import assert from 'node:assert/strict';
import { applied, engineOf, type Files, fixAll } from './applyFix.ts';
import type { Fix } from '../../server/src/fixes/edit.ts';

const PACKAGE = JSON.stringify({ name: 'sync', dependencies: { jsforce: '^3.10.0' } });

/** The fixed text of one file of a package, and the files that were added. */
async function fixed(path: string, source: string, more: Files = {}, manifest = PACKAGE): Promise<{ text: string; created: string[]; applied: number; left: number }> {
  const before: Files = { '/w/package.json': manifest, ...more, [path]: source };
  const { files, applied: count, left } = await fixAll(before, path);
  return { text: files[path]!, created: Object.keys(files).filter((each) => !(each in before)), applied: count, left: left.length };
}

describe('Insert retry', () => {
  it('wraps an awaited create for refusals only, and takes the finding away', async () => {
    const result = await fixed('/w/src/sync.ts', [
      "import { Connection } from 'jsforce';",
      '',
      'export async function add(conn: Connection): Promise<string | undefined> {',
      "  const saved = await conn.sobject('Account').create({ Name: 'Acme' });",
      '  return saved.id;',
      '}',
      '',
    ].join('\n'));
    assert.equal(result.text, [
      "import { Connection } from 'jsforce';",
      "import { withSalesforceRetry } from './salesforceRetry';",
      '',
      'export async function add(conn: Connection): Promise<string | undefined> {',
      "  const saved = await withSalesforceRetry(() => conn.sobject('Account').create({ Name: 'Acme' }));",
      '  return saved.id;',
      '}',
      '',
    ].join('\n'));
    assert.deepEqual(result.created, ['/w/src/salesforceRetry.ts']);
    assert.equal(result.left, 0);
  });

  it('lets an update by Id be repeated after an unknown outcome too', async () => {
    const { text } = await fixed('/w/sync.js', "const jsforce = require('jsforce');\nasync function f() {\n  const c = new jsforce.Connection({});\n  await c.sobject('Account').update({ Id: '001', Name: 'x' });\n}\nmodule.exports = f;\n");
    assert.match(text, /await withSalesforceRetry\(\(\) => c\.sobject\('Account'\)\.update\(\{ Id: '001', Name: 'x' \}\), \{ repeatable: true \}\);/);
  });

  it('wraps raw requests: a POST for refusals only', async () => {
    const { text, left } = await fixed('/w/a.ts', [
      "import { Connection } from 'jsforce';",
      'async function send(conn: Connection, body: object) {',
      "  return await conn.requestPost('/services/apexrest/orders', body);",
      '}',
      'setInterval(() => void send(new Connection({}), {}).catch((error) => alertOperator(error)), 60_000);',
      '',
    ].join('\n'));
    assert.match(text, /await withSalesforceRetry\(\(\) => conn\.requestPost\('\/services\/apexrest\/orders', body\)\);/);
    assert.equal(left, 0);
  });

  it('writes the module system, quotes, semicolons and line ends of the file', async () => {
    const common = await fixed('/w/a.js', '"use strict"\r\nconst jsforce = require("jsforce")\r\nconst c = new jsforce.Connection({})\r\nexports.add = async () => await c.create("Account", { Name: "x" })\r\n');
    assert.equal(common.text, '"use strict"\r\nconst jsforce = require("jsforce")\r\nconst { withSalesforceRetry } = require("./salesforceRetry")\r\nconst c = new jsforce.Connection({})\r\nexports.add = async () => await withSalesforceRetry(() => c.create("Account", { Name: "x" }))\r\n');
    assert.deepEqual(common.created, ['/w/salesforceRetry.js']);
    const module = await fixed('/w/src/a.mjs', "import jsforce from 'jsforce';\nexport async function add() {\n  const c = new jsforce.Connection({});\n  await c.create('Account', { Name: 'x' });\n}\n");
    assert.match(module.text, /^import \{ withSalesforceRetry \} from '\.\/salesforceRetry\.mjs';$/m);
    assert.deepEqual(module.created, ['/w/src/salesforceRetry.mjs']);
    const nodenext = await fixed('/w/src/jobs/a.ts', "import { Connection } from 'jsforce';\nimport { log } from '../log.js';\nexport async function add(c: Connection) {\n  log(1);\n  await c.create('Account', { Name: 'x' });\n}\n", { '/w/src/log.ts': 'export function log(n: number) { console.log(n); }\n' });
    assert.match(nodenext.text, /^import \{ withSalesforceRetry \} from '\.\.\/salesforceRetry\.js';$/m);
    assert.deepEqual(nodenext.created, ['/w/src/salesforceRetry.ts']);
  });

  it('keeps every byte outside its edits', async () => {
    const source = "// @ts-check\n/* head */\nimport jsforce from 'jsforce';\n\n\nexport  async function add( c = new jsforce.Connection({}) ) {\n\treturn ( await c.create( 'Account',{Name:'x'} ) ).id // keep\n}\n";
    const { text } = await fixed('/w/a.mjs', source);
    assert.equal(text.replace("\nimport { withSalesforceRetry } from './salesforceRetry.mjs';", '').replace('withSalesforceRetry(() => ', '').replace(" )) ).id", " ) ).id"), source);
  });

  it('uses the helper that is there and never overwrites a file of that name', async () => {
    const source = "import { Connection } from 'jsforce';\nexport async function add(c: Connection) {\n  await c.create('Account', { Name: 'x' });\n}\n";
    const first = await fixed('/w/src/a.ts', source);
    const helper = (await fixAll({ '/w/package.json': PACKAGE, '/w/src/a.ts': source }, '/w/src/a.ts')).files['/w/src/salesforceRetry.ts']!;
    assert.equal(first.applied, 1);
    const second = await fixed('/w/src/b.ts', source, { '/w/src/salesforceRetry.ts': helper });
    assert.deepEqual(second.created, []);
    assert.equal(second.left, 0);
    const foreign = await fixed('/w/src/c.ts', source, { '/w/src/salesforceRetry.ts': 'export const mine = 1;\n' });
    assert.equal(foreign.applied, 0);
    assert.equal(foreign.text, source);
  });

  it('never makes a file that the compiler would write over', async () => {
    const source = "import jsforce from 'jsforce';\nexport async function add() {\n  const c = new jsforce.Connection({});\n  await c.create('Account', { Name: 'x' });\n}\n";
    const manifest = JSON.stringify({ dependencies: { jsforce: '^3.10.0' }, devDependencies: { typescript: '^5.0.0' } });
    assert.deepEqual((await fixed('/w/src/a.js', source, {}, manifest)).created, ['/w/src/salesforceRetryJs.js']);
    assert.deepEqual((await fixed('/w/src/a.ts', source, {}, manifest)).created, ['/w/src/salesforceRetry.ts']);
    assert.deepEqual((await fixed('/w/src/a.js', source)).created, ['/w/src/salesforceRetry.js']);
  });

  it('puts into constants what must not be done or forgotten in a repeat', async () => {
    const { text } = await fixed('/w/src/a.ts', [
      "import { Connection } from 'jsforce';",
      'export class Orders {',
      '  constructor(private conn: Connection | undefined, private readonly next: () => Promise<string>) {}',
      '  async add(order: { id?: string }, name: string) {',
      '    if (!this.conn || !order.id) return;',
      "    const { id } = await this.conn.sobject('Order').update({",
      '      Id: order.id,',
      '      Name: await this.next(),',
      '      Title: name.trim(),',
      '    });',
      '    return id;',
      '  }',
      '}',
      '',
    ].join('\n'));
    assert.equal(text, [
      "import { Connection } from 'jsforce';",
      "import { withSalesforceRetry } from './salesforceRetry';",
      'export class Orders {',
      '  constructor(private conn: Connection | undefined, private readonly next: () => Promise<string>) {}',
      '  async add(order: { id?: string }, name: string) {',
      '    if (!this.conn || !order.id) return;',
      '    const conn = this.conn;',
      '    const id2 = order.id;',
      '    const name2 = await this.next();',
      "    const { id } = await withSalesforceRetry(() => conn.sobject('Order').update({",
      '      Id: id2,',
      '      Name: name2,',
      '      Title: name.trim(),',
      '    }), { repeatable: true });',
      '    return id;',
      '  }',
      '}',
      '',
    ].join('\n'));
  });

  it('puts a variable into a constant that a test has told of and that is assigned again', async () => {
    const { text } = await fixed('/w/src/a.ts', [
      "import { Connection } from 'jsforce';",
      'export async function walk(c: Connection, next: (id: string) => string | undefined) {',
      "  let id = next('');",
      '  while (id) {',
      "    await c.update('Account', { Id: id });",
      '    id = next(id);',
      '  }',
      '}',
      '',
    ].join('\n'));
    assert.match(text, /\n {4}const currentId = id;\n {4}await withSalesforceRetry\(\(\) => c\.update\('Account', \{ Id: currentId \}\), \{ repeatable: true \}\);\n {4}id = next\(id\);/);
  });

  it('wraps every call that the finding speaks of, each by itself', async () => {
    const { text, applied: count, left } = await fixed('/w/src/a.ts', [
      "import { Connection } from 'jsforce';",
      'export async function both(c: Connection, next: () => Promise<string>) {',
      "  const [a, b] = await Promise.all([c.create('Account', { Name: 'x' }), c.update('Account', { Id: '1' })]);",
      "  await c.create('Contact', { LastName: await next() });",
      "  await c.create('Lead', { LastName: await next() });",
      '  return b;',
      '}',
      '',
    ].join('\n'));
    assert.equal(count, 1);
    assert.equal(left, 0);
    assert.equal(text.match(/withSalesforceRetry\(\(\) =>/g)?.length, 4);
    assert.match(text, /const lastName = await next\(\);\n.*LastName: lastName \}/);
    assert.match(text, /const lastName2 = await next\(\);\n.*LastName: lastName2 \}/);
    assert.match(text, /\{ Id: '1' \}\), \{ repeatable: true \}\)\]\);/);
  });

  describe('refuses, and says why,', () => {
    for (const [reason, body] of [
      ['effects', "export const f = async (c: Connection, id: () => Promise<string>) => await c.create('Account', { Name: await id() });"],
      ['effects', "export async function f(c: Connection, next: () => string) { for (let i = 0; i < 3; i++) await c.create('Account', { Name: next() }); }"],
      ['effects', "export async function f(c: Connection, next: () => string) {\n  next(), await c.create('Account', { Name: next() });\n}"],
      ['effects', "export async function f(c: Connection, b: boolean, next: () => string) {\n  const a = b ? await c.create('Account', { Name: next() }) : undefined;\n  return a;\n}"],
      ['effects', "export async function f(c: Connection, b: boolean, next: () => string) {\n  if (b)\n    await c.create('Account', { Name: next() });\n}"],
      ['helper-taken', "const withSalesforceRetry = 1;\nexport async function f(c: Connection) { await c.create('Account', { Name: withSalesforceRetry }); }"],
      ['types', "export class S { conn?: Connection; async f() { if (this.conn) await this.conn.create('Account', { Name: 'x' }); } }"],
      ['changed-later', "export function f(c: Connection) {\n  const row = { Name: 'x' };\n  const saved = c.create('Account', row);\n  row.Name = 'y';\n  return saved;\n}"],
      ['single-use-argument', "import { createReadStream } from 'node:fs';\nexport async function f(c: Connection) {\n  const body = createReadStream('x');\n  await c.requestPost('/services/apexrest/a', body);\n}"],
    ] as const) {
      it(`${reason}: ${body.slice(0, 110).replaceAll('\n', ' ')}`, async () => {
        const source = `import { Connection } from 'jsforce';\n${body}\n`;
        const engine = await engineOf({ '/w/package.json': PACKAGE, '/w/src/a.ts': source });
        const findings = engine.analyse('/w/src/a.ts').findings.filter((each) => each.fixes.includes('insert-retry'));
        assert.equal(findings.length, 1);
        assert.deepEqual(engine.fixes(findings[0]!), []);
        const [refusal] = engine.refusals(findings[0]!);
        assert.equal(refusal?.reason, reason);
        assert.match(refusal?.text ?? '', /^[A-Z].{40,}\.$/);
      });
    }

    it('callback: with jsforce of old', async () => {
      const engine = await engineOf({
        '/w/package.json': JSON.stringify({ dependencies: { jsforce: '^1.11.0' } }),
        '/w/a.js': "const jsforce = require('jsforce');\nconst c = new jsforce.Connection({});\nexports.f = (done) => c.sobject('Account').create({ Name: 'x' }, (error, saved) => (error ? done(error) : done(null, saved.id)));\n",
      });
      const [finding] = engine.analyse('/w/a.js').findings.filter(({ rule }) => rule === 'missing-retry');
      assert.ok(finding);
      assert.deepEqual(engine.fixes(finding), []);
      assert.equal(engine.refusals(finding)[0]?.reason, 'callback');
    });
  });

  describe('stands on the library that the package runs with', () => {
    const source = "import { Connection } from 'jsforce';\nexport async function f(c: Connection) {\n  await c.create('Account', { Name: 'x' });\n}\n";
    const helperOf = async (manifest: object, more: Files = {}): Promise<string> => {
      const { files, left } = await fixAll({ '/w/package.json': JSON.stringify(manifest), ...more, '/w/src/a.ts': source }, '/w/src/a.ts');
      assert.deepEqual(left, []);
      return /from '(p-retry|cockatiel|async-retry|exponential-backoff)'/.exec(files['/w/src/salesforceRetry.ts']!)?.[1] ?? 'none';
    };
    const jsforce = '^3.10.0';

    it('if it can be loaded there', async () => {
      assert.equal(await helperOf({ type: 'module', dependencies: { jsforce, 'p-retry': '^7.1.1' } }), 'p-retry');
      assert.equal(await helperOf({ dependencies: { jsforce, 'p-retry': '^7.1.1' } }), 'none');
      assert.equal(await helperOf({ dependencies: { jsforce, 'p-retry': '^4.6.2' } }), 'p-retry');
      assert.equal(await helperOf({ dependencies: { jsforce, 'p-retry': '^7.1.1' } }, { '/w/src/b.ts': "import pRetry from 'p-retry';\nimport { Connection } from 'jsforce';\nexport const g = (c: Connection) => pRetry(() => c.limits());\n" }), 'p-retry');
      assert.equal(await helperOf({ dependencies: { jsforce, 'exponential-backoff': '^3.1.0' } }), 'exponential-backoff');
      assert.equal(await helperOf({ dependencies: { jsforce, 'cockatiel': '^3.2.0' } }), 'cockatiel');
      assert.equal(await helperOf({ type: 'module', dependencies: { jsforce, 'async-retry': '^1.3.3' }, devDependencies: { '@types/async-retry': '^1.4.0' } }), 'async-retry');
    });

    it('and by itself where the library is not for running, has no types, or is of a version that nobody has read', async () => {
      assert.equal(await helperOf({ type: 'module', dependencies: { jsforce }, devDependencies: { 'p-retry': '^7.1.1' } }), 'none');
      assert.equal(await helperOf({ type: 'module', dependencies: { jsforce, 'async-retry': '^1.3.3' } }), 'none');
      for (const version of ['^99.0.0', 'latest', '*', 'file:../p-retry', '', '>=3']) assert.equal(await helperOf({ type: 'module', dependencies: { jsforce, 'p-retry': version } }), 'none', version);
    });
  });

  describe('offers libraries to install beside the helper that needs none', () => {
    const source = "import { Connection } from 'jsforce';\nexport async function f(c: Connection) {\n  await c.create('Account', { Name: 'x' });\n}\n";
    const offered = async (files: Files): Promise<Fix[]> => {
      const engine = await engineOf({ ...files, '/w/src/a.ts': source });
      return engine.analyse('/w/src/a.ts').findings.flatMap((finding) => engine.fixes(finding)).filter(({ id }) => id.startsWith('insert-retry'));
    };
    const jsforce = '^3.10.0';

    it('in versions that can be loaded there, each with the same change of the source', async () => {
      for (const [type, version] of [['module', '^6.2.1'], ['commonjs', '^4.6.2']] as const) {
        const [own, ...others] = await offered({ '/w/package.json': JSON.stringify({ type, dependencies: { jsforce } }) });
        assert.ok(own && own.installs === undefined && own.preferred);
        assert.deepEqual(others.map(({ installs }) => installs), [
          { name: 'p-retry', range: version, folder: '/w' }, { name: 'cockatiel', range: '^3.2.1', folder: '/w' }, { name: 'exponential-backoff', range: '^3.1.3', folder: '/w' },
        ]);
        for (const { id, title, edits, creates, preferred, installs } of others) {
          assert.equal(preferred, false);
          assert.equal(id, `insert-retry-with-${installs!.name}`);
          assert.match(title, new RegExp(`^Insert retry .*, with ${installs!.name} \\(installs it\\)$`));
          assert.deepEqual(edits, own.edits);
          assert.ok(creates['/w/src/salesforceRetry.ts']!.includes(`from '${installs!.name}'`));
        }
      }
    });

    it('but not where there is a helper or a library already, nor where no manifest would name it', async () => {
      const manifest = JSON.stringify({ dependencies: { jsforce } });
      assert.equal((await offered({ '/w/package.json': JSON.stringify({ dependencies: { jsforce, cockatiel: '^3.2.1' } }) })).length, 1);
      assert.equal((await offered({ '/w/package.json': manifest, '/w/src/salesforceRetry.ts': 'export async function withSalesforceRetry<T>(f: () => Promise<T>): Promise<T> { return f(); }\n' })).length, 1);
      assert.equal((await offered({})).length, 1);
      // One that is there in a version that does not fit is not put in twice.
      assert.deepEqual((await offered({ '/w/package.json': JSON.stringify({ dependencies: { jsforce, 'p-retry': '^7.1.1' } }) })).map(({ installs }) => installs?.name), [undefined, 'cockatiel', 'exponential-backoff']);
    });
  });

  it('offers nothing for arrays, composite and bulk: they resolve with errors for each record', async () => {
    const engine = await engineOf({
      '/w/package.json': PACKAGE,
      '/w/a.ts': "import { Connection } from 'jsforce';\nexport async function f(c: Connection, rows: { Name: string }[]) {\n  await c.create('Account', rows);\n  await c.bulk2.loadAndWaitForResults({ object: 'Account', operation: 'insert', input: rows });\n}\n",
    });
    const { calls, findings } = engine.analyse('/w/a.ts');
    assert.equal(calls.length, 2);
    assert.deepEqual(findings.filter(({ rule }) => rule === 'missing-retry'), []);
  });

  it('applied twice changes nothing', async () => {
    const files = { '/w/package.json': PACKAGE, '/w/a.ts': "import { Connection } from 'jsforce';\nexport async function f(c: Connection) {\n  await c.create('Account', { Name: 'x' });\n}\n" };
    const once = await fixAll(files, '/w/a.ts');
    const engine = await engineOf(once.files);
    const fixes = engine.analyse('/w/a.ts').findings.flatMap((finding) => engine.fixes(finding));
    assert.deepEqual(fixes, []);
    assert.throws(() => applied(once.files, { id: 'x', title: 'x', preferred: true, edits: {}, creates: { '/w/a.ts': '' } }), /exists already/);
  });
});
