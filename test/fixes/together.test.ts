import assert from 'node:assert/strict';
import type { Fix, TextEdit } from '../../server/src/fixes/edit.ts';
import { together } from '../../server/src/fixes/together.ts';
import { applied, engineOf, type Files } from './applyFix.ts';

const PACKAGE = JSON.stringify({ name: 'sync', dependencies: { jsforce: '^3.10.0' } });
const fix = (edits: Record<string, TextEdit[]>, creates: Record<string, string> = {}): Fix => ({ id: 'x', title: 'X', preferred: false, edits, creates });
const edit = (start: number, end: number, newText: string): TextEdit => ({ start, end, newText });

describe('Fixes together', () => {
  it('bring in once what several of them bring in', () => {
    const both = [fix({ a: [edit(0, 0, 'import'), edit(5, 5, '(')] }, { h: '1' }), fix({ a: [edit(0, 0, 'import'), edit(9, 9, '(')], b: [edit(1, 2, 'y')] }, { h: '1' })];
    const all = together(both);
    assert.deepEqual(all, { edits: { a: [edit(0, 0, 'import'), edit(5, 5, '('), edit(9, 9, '(')], b: [edit(1, 2, 'y')] }, creates: { h: '1' }, used: both });
  });

  it('leave out what meets an earlier one, with all that belongs to it', () => {
    const first = fix({ a: [edit(4, 8, 'new')] });
    for (const second of [fix({ a: [edit(6, 6, '(')], b: [edit(0, 0, 'z')] }), fix({ a: [edit(4, 8, 'other')] }), fix({ a: [edit(1, 5, '')] }, { h: '1' })]) {
      assert.deepEqual(together([first, second]), { edits: { a: [edit(4, 8, 'new')] }, creates: {}, used: [first] });
    }
    assert.deepEqual(together([fix({}, { h: '1' }), fix({}, { h: '2' })]).creates, { h: '1' });
    assert.equal(together([first, fix({ a: [edit(8, 8, ')')] }), fix({ a: [edit(0, 4, '')] })]).used.length, 3);
  });

  it('take ten thousand of them in a moment', () => {
    const begun = Date.now();
    const all = together(Array.from({ length: 10_000 }, (_, at) => fix({ a: [edit(0, 0, 'import'), edit(at + 1, at + 1, '(')] })));
    assert.equal(all.edits['a']?.length, 10_001);
    assert.ok(Date.now() - begun < 2000);
  });

  it('make of a whole workspace what one by one makes of each file', async () => {
    const source = (name: string): string => `import { Connection } from 'jsforce';\nexport async function ${name}(c: Connection) {\n  await c.create('Account', { Name: 'x' });\n}\nexport const ${name}2 = (c: Connection) => c.update('Account', { Id: '1' });\n`;
    const files: Files = { '/w/package.json': PACKAGE, '/w/src/a.ts': source('a'), '/w/src/jobs/b.ts': source('b') };
    const engine = await engineOf(files);
    const findings = engine.paths().flatMap((each) => engine.analyse(each).findings);
    const all = engine.fixTogether(findings, 'insert-retry');
    assert.equal(all.used.length, 4);
    assert.deepEqual(Object.keys(all.creates), ['/w/src/salesforceRetry.ts']);
    const after = applied(files, { ...fix({}), ...all });
    const next = await engineOf(after);
    assert.deepEqual(next.paths().flatMap((each) => next.analyse(each).findings), []);
    assert.match(after['/w/src/jobs/b.ts']!, /^import \{ withSalesforceRetry \} from '\.\.\/salesforceRetry';$/m);
  });
});

describe('Repeat a whole function', () => {
  const BODY = "\tconst rows = [a, b].map((each) => each.Id);\n\n\tawait c.update('Account', a);\n\tawait c.update('Account', b);\n\treturn rows;\n";
  const offered = async (body: string, head = 'export async function f(c: Connection, a: { Id: string }, b: { Id: string }) {'): Promise<{ files: Files; fix: Fix | undefined }> => {
    const files: Files = { '/w/package.json': PACKAGE, '/w/a.ts': `import { Connection } from 'jsforce';\nimport { log } from './log';\n${head}\n${body}}\n`, '/w/log.ts': 'export const log = (text: unknown): void => void text;\n' };
    const engine = await engineOf(files);
    return { files, fix: engine.analyse('/w/a.ts').findings.flatMap((each) => engine.fixes(each)).find(({ id }) => id === 'retry-function') };
  };

  it('where all of it may be repeated', async () => {
    const { files, fix: found } = await offered(BODY);
    assert.ok(found);
    const after = applied(files, found);
    assert.equal(after['/w/a.ts']!.split('\n').slice(3).join('\n'), [
      'export async function f(c: Connection, a: { Id: string }, b: { Id: string }) {', '\treturn withSalesforceRetry(async () => {', '\t\tconst rows = [a, b].map((each) => each.Id);', '',
      "\t\tawait c.update('Account', a);", "\t\tawait c.update('Account', b);", '\t\treturn rows;', '\t}, { repeatable: true });', '}', '',
    ].join('\n'));
    const engine = await engineOf(after);
    assert.deepEqual(engine.analyse('/w/a.ts').findings, []);
  });

  it('and nowhere else', async () => {
    for (const [line, head] of [
      ["\tawait c.create('Account', { Name: 'x' });\n"], ["\tawait c.delete('Account', '1');\n"], ['\tlog(a);\n'], ["\ta.Id = 'x';\n"], ["\ta = b;\n"], ['\tconst text = `one\ntwo`;\n'],
      ['', 'export function f(c: Connection, a: { Id: string }, b: { Id: string }) {'.replace('function', 'const g = (c: Connection, a: { Id: string }, b: { Id: string }) => { void 0; }; export async function*')],
    ] as const) {
      assert.equal((await offered(line + BODY, head)).fix, undefined, line);
    }
    assert.equal((await offered("\tawait c.update('Account', a);\n")).fix, undefined, 'one request');
  });
});

describe('Make a create repeatable', () => {
  const offered = async (line: string): Promise<{ text: string; title: string } | undefined> => {
    const files: Files = { '/w/package.json': PACKAGE, '/w/a.ts': `import { Connection } from 'jsforce';\nexport async function f(c: Connection, id: string) {\n${line}\n}\n` };
    const engine = await engineOf(files);
    const found = engine.analyse('/w/a.ts').findings.flatMap((each) => engine.fixes(each)).find((each) => each.id === 'upsert-instead');
    if (!found) return undefined;
    assert.equal(found.preferred, false);
    const after = applied(files, found);
    const next = await engineOf(after);
    assert.deepEqual(next.analyse('/w/a.ts').findings, []);
    return { text: after['/w/a.ts']!.split('\n').slice(3, -2).join('\n'), title: found.title };
  };

  it('by the field of the record that is an external id', async () => {
    assert.deepEqual(await offered("  await c.sobject('Order__c').create({ ERP_Order_Id__c: id, Name: 'x' });"), {
      text: "  await withSalesforceRetry(() => c.sobject('Order__c').upsert({ ERP_Order_Id__c: id, Name: 'x' }, 'ERP_Order_Id__c'), { repeatable: true });",
      title: 'Make the create repeatable: upsert by ERP_Order_Id__c (a unique external id), with a retry',
    });
    assert.equal((await offered("  const row = { External_Id__c: id };\n  return c.create('Order__c', row);"))?.text, "  const row = { External_Id__c: id };\n  return withSalesforceRetry(() => c.upsert('Order__c', row, 'External_Id__c'), { repeatable: true });");
  });

  it('and not where there is none, or more than one, or nothing in it', async () => {
    for (const line of [
      "  await c.create('Order__c', { Name: id });", "  await c.create('Order__c', { Order_Id__c: id });", "  await c.create('Order__c', { Ext_Id__c: null });", "  await c.create('Order__c', { Ext_Id__c: id, Source_Key__c: id });",
      "  let row = { Ext_Id__c: id };\n  row = { Ext_Id__c: '' };\n  await c.create('Order__c', row);", "  await c.sobject('Order__c').create({ Ext_Id__c: id }, { headers: {} });",
    ]) assert.equal(await offered(line), undefined, line);
  });
});
