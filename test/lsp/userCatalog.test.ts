import assert from 'node:assert/strict';
import { TestClient, type StartOptions } from './client.ts';
import { TestFolder } from './folder.ts';

const ACME = { code: 'ACME_ORDER_LOCKED', title: 'The order is being shipped', meaning: 'Our Apex class OrderApi answers with it while the warehouse has the order.', modes: [{ class: 'transient', retry: 'not-applied', doInCode: 'Send the order again after ten minutes, at most three times.' }] };
const MANIFEST = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.6.0', '@acme/sturdy': '^1.0.0' } });
const RETRIED = `import jsforce from 'jsforce';
import { sturdy } from '@acme/sturdy';

const conn = new jsforce.Connection({});

setInterval(() => {
  sturdy(() => conn.sobject('Account').update({ Id: '001000000000001AAA', Name: 'Acme' })).catch((err) => alertOperator(err));
}, 60_000);
`;
const STURDY = { kind: 'retry', id: 'sturdy', packages: ['@acme/sturdy'], functions: [{ export: 'sturdy', repeats: 0 }], source: ['https://wiki.acme.example/sturdy'] };

describe('language server: users\' own entries', () => {
  let client: TestClient;
  let folder: TestFolder;

  const start = async (files: Record<string, string>, options: StartOptions = {}): Promise<void> => {
    folder = await TestFolder.create({ 'package.json': MANIFEST, ...files });
    client = await TestClient.start({ folders: [folder.root], ...options });
  };
  const hoverOf = async (code: string): Promise<string> => {
    const file = folder.path(`a${Math.random()}.js`);
    await client.open(file, `if (err.errorCode === '${code}') throw err;\n`);
    return client.hoverText(file, code);
  };
  const problems = (file: string): string[] => (client.shown(folder.path(file))?.diagnostics ?? []).map(({ range, message }) => `${range.start.line}:${range.start.character} ${message}`);

  afterEach(async () => {
    await client.stop();
    await folder.remove();
  });

  it('are explained on hover, from .api-guard.json with comments and from the settings', async () => {
    await start({ '.api-guard.json': `// ours\n{ "catalog": { "codes": [${JSON.stringify(ACME)},] } }` }, { settings: { catalog: { codes: [{ ...ACME, code: 'ACME_CREDIT_HOLD', title: 'The customer may not order' }] } } });
    assert.match(await hoverOf('ACME_ORDER_LOCKED'), /The order is being shipped[\s\S]*Send the order again after ten minutes/);
    assert.match(await hoverOf('ACME_CREDIT_HOLD'), /The customer may not order/);
  });

  it('come first where they describe a code that Salesforce has too', async () => {
    await start({ '.api-guard.json': JSON.stringify({ catalog: { codes: [{ ...ACME, code: 'UNABLE_TO_LOCK_ROW', title: 'Our own words for a lock' }] } }) });
    const text = await hoverOf('UNABLE_TO_LOCK_ROW');
    assert.ok(!text.includes('command:'), text);
    assert.ok(text.indexOf('Our own words') >= 0 && text.indexOf('Our own words') < text.indexOf('Another transaction'), text);
  });

  it('show what is wrong with them where it stands, and the right ones count all the same', async () => {
    const text = JSON.stringify({ catalog: { codes: [ACME, { ...ACME, code: 'ACME_BAD', modes: [{ class: 'sometimes', retry: 'not-applied', doInCode: 'Wait for a while, then try.' }] }, { ...ACME, code: 'ACME_TYPO', meening: 'x' }] } }, undefined, 2);
    await start({ '.api-guard.json': text });
    assert.match(await hoverOf('ACME_ORDER_LOCKED'), /being shipped/);
    await client.until(() => problems('.api-guard.json').length >= 2, () => problems('.api-guard.json').join('; '));
    const lines = text.split('\n');
    const [bad, typo] = (client.shown(folder.path('.api-guard.json'))?.diagnostics ?? []).map(({ range, message }) => ({ line: lines[range.start.line] ?? '', message: String(message) }));
    assert.match(bad?.line ?? '', /"sometimes"/);
    assert.match(typo?.message ?? '', /"meening"/);
    assert.doesNotMatch(await hoverOf('ACME_BAD'), /being shipped/);
  });

  it('come with what the project decides about rules, which a setting overrules', async () => {
    const dropped = RETRIED.replace('sturdy(() => ', '').replace(')).catch((err) => alertOperator(err))', ')');
    await start({ '.api-guard.json': JSON.stringify({ rules: { 'floating-call': 'error', 'missing-retry': 'of' } }), 'a.js': dropped });
    await client.open(folder.path('a.js'), dropped);
    const severities = (): unknown[] => (client.shown(folder.path('a.js'))?.diagnostics ?? []).map(({ code, severity }) => `${String(code)} ${String(severity)}`);
    await client.until(() => severities().includes('floating-call 1'), () => JSON.stringify(severities()));
    await client.until(() => problems('.api-guard.json').some((problem) => problem.includes('A rule is off')), () => problems('.api-guard.json').join('; '));
    await client.configure({ rules: { 'floating-call': 'hint' } });
    await client.until(() => severities().includes('floating-call 4'), () => JSON.stringify(severities()));
  });

  it('name a pattern that does not compile and a mode that is never asked', async () => {
    const modes = [{ id: 'one', when: { message: '(' }, class: 'data', retry: 'never-helps', doInCode: 'Set the record aside with its reason.' }, { id: 'two', class: 'data', retry: 'never-helps', doInCode: 'Set the record aside with its reason.' }];
    await start({ '.api-guard.json': JSON.stringify({ catalog: { codes: [{ ...ACME, modes }] } }) });
    await hoverOf('ACME_ORDER_LOCKED');
    await client.until(() => problems('.api-guard.json').some((problem) => problem.includes('regular expression')), () => problems('.api-guard.json').join('; '));
  });

  it('follow the file: added, corrected, taken away', async () => {
    await start({});
    assert.doesNotMatch(await hoverOf('ACME_ORDER_LOCKED'), /being shipped/);
    const file = await folder.write('.api-guard.json', '{ "catalog": { "codes": [ { } ] } }');
    await client.onDisk({ created: [file] });
    await client.until(() => problems('.api-guard.json').length > 0, () => 'a problem');
    await folder.write('.api-guard.json', JSON.stringify({ catalog: { codes: [ACME] } }));
    await client.onDisk({ changed: [file] });
    await client.until(() => problems('.api-guard.json').length === 0, () => 'no problem');
    assert.match(await hoverOf('ACME_ORDER_LOCKED'), /being shipped/);
    await folder.remove('.api-guard.json');
    await client.onDisk({ deleted: [file] });
    for (let turn = 0; turn < 50 && (await hoverOf('ACME_ORDER_LOCKED')).includes('being shipped'); turn++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.doesNotMatch(await hoverOf('ACME_ORDER_LOCKED'), /being shipped/);
  });

  it('make a retry wrapper of the house count', async () => {
    await start({});
    const file = folder.path('job.js');
    await client.open(file, RETRIED);
    assert.doesNotMatch(await client.hoverText(file, 'update'), /repeated by this project/);
    const project = await folder.write('.api-guard.json', JSON.stringify({ catalog: { libraries: [STURDY] } }));
    await client.onDisk({ created: [project] });
    let text = '';
    for (let turn = 0; turn < 100 && !text.includes('repeated by this project'); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      text = await client.hoverText(file, 'update');
    }
    assert.match(text, /repeated by this project/);
  });

  it('survive garbage in the file', async () => {
    for (const garbage of ['', 'null', '[]', '{', '"x"', '{"catalog":5}', '{"catalog":{"codes":{}}}', '\u0000', '['.repeat(50_000), '{"catalog":{"codes":[null,1,"x",[]]}}', '{"catalog":{"clients":[{"id":"x"}],"libraries":[{"kind":"teapot"}]}}']) {
      await start({ '.api-guard.json': garbage });
      assert.match(await hoverOf('UNABLE_TO_LOCK_ROW'), /Class:/, garbage.slice(0, 20));
      await client.stop();
      await folder.remove();
    }
    await start({});
  });
});
