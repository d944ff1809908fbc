import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { TestClient, FULL_CAPABILITIES, uriOf } from './client.ts';
import { TestFolder } from './folder.ts';

const SERVER = path.resolve(import.meta.dirname, '../../server/src/server.ts');

describe('language server: protocol', () => {
  let client: TestClient | undefined;
  let folder: TestFolder;

  beforeEach(async () => {
    folder = await TestFolder.create();
  });

  afterEach(async () => {
    await client?.stop();
    client = undefined;
    await folder.remove();
  });

  it('says what it can do, then leaves with code 0 after shutdown and exit', async () => {
    client = await TestClient.start({ folders: [folder.root] });
    const capabilities = client.initialized?.capabilities;
    assert.deepEqual(capabilities?.textDocumentSync, { openClose: true, change: 2 });
    assert.equal(capabilities?.hoverProvider, true);
    assert.deepEqual(capabilities?.codeActionProvider, { codeActionKinds: ['quickfix', 'source.fixAll.apiGuard'], resolveProvider: true });
    assert.equal(await client.stop(), 0);
    assert.equal(client.stderr, '');
  });

  it('leaves with code 1 on exit without shutdown', async () => {
    client = await TestClient.start();
    await client.connection.sendNotification('exit');
    assert.equal(await client.exit(), 1);
  });

  it('leaves when its standard input ends', async () => {
    client = await TestClient.start();
    client.server.stdin?.end();
    assert.equal(await client.exit(), 1);
  });

  it('leaves when the parent process that it was told of dies', async () => {
    const parent = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const server = spawn(process.execPath, [SERVER, '--stdio']);
    const exited = new Promise<number | null>((resolve) => server.once('exit', resolve));
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: parent.pid, rootUri: null, capabilities: {} } });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await new Promise((resolve) => server.stdout.once('data', resolve));
    parent.kill('SIGKILL');
    const timer = setTimeout(() => server.kill('SIGKILL'), 12_000);
    assert.equal(await exited, 1);
    clearTimeout(timer);
  });

  it('says how to start it when no transport is named', () => {
    const run = spawnSync(process.execPath, [SERVER], { encoding: 'utf8' });
    assert.equal(run.status, 2);
    assert.equal(run.stdout, '');
    assert.match(run.stderr, /--stdio/);
  });

  it('speaks over node-ipc and leaves when the channel closes', async () => {
    const server = spawn(process.execPath, [SERVER, '--node-ipc'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const exited = new Promise<number | null>((resolve) => server.once('exit', resolve));
    const answer = new Promise<{ id: number; result: { capabilities: { hoverProvider: boolean } } }>((resolve) => server.once('message', (message) => resolve(message as never)));
    server.send({ jsonrpc: '2.0', id: 7, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    const { id, result } = await answer;
    assert.equal(id, 7);
    assert.equal(result.capabilities.hoverProvider, true);
    server.disconnect();
    const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    assert.equal(await exited, 1);
    clearTimeout(timer);
  });

  it('answers requests on documents that are not open with nothing', async () => {
    client = await TestClient.start({ folders: [folder.root] });
    const file = folder.path('absent.js');
    assert.equal(await client.hover(file, { line: 3, character: 1 }), null);
    const nowhere = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    assert.deepEqual(await client.actions(file, nowhere, []), []);
    assert.deepEqual(await client.resolve({ title: 'x', data: { uri: 'garbage' } }), { title: 'x', data: { uri: 'garbage' } });
    await assert.rejects(client.resolve({ title: 'x', data: { uri: uriOf(file), version: 1, rule: 'floating-call', start: 0, end: 1 } }), /changed/);
  });

  it('ignores documents of other languages and of addresses it does not know', async () => {
    client = await TestClient.start({ folders: [folder.root] });
    await client.openUri(uriOf(folder.path('notes.md')), '# UNABLE_TO_LOCK_ROW', 'markdown');
    await client.openUri('untitled:Untitled-1', 'const a = 1;', 'javascript');
    await client.openUri('not an address', 'const a = 1;', 'javascript');
    await client.until(() => client?.published.some(({ uri }) => uri === 'untitled:Untitled-1') ?? false, 'the untitled document');
    assert.equal(client.published.some(({ uri }) => uri.endsWith('notes.md')), false);
    assert.equal(client.server.exitCode, null);
  });

  it('publishes with the version it judged, keeps quiet while somebody types, and clears on close', async () => {
    client = await TestClient.start({ folders: [folder.root] });
    const file = folder.path('a.js');
    await client.open(file, 'const a = 1;\n');
    await client.diagnostics(file);
    for (const letter of 'abcdefghij') await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, letter);
    await client.diagnostics(file);
    const versions = client.published.filter(({ uri }) => uri === uriOf(file)).map(({ version }) => version);
    assert.equal(versions.at(-1), 11);
    assert.ok(versions.length <= 3, `published for versions ${versions.join()}`);
    const before = client.published.length;
    await client.close(file);
    await client.until(() => (client?.published.length ?? 0) > before, 'the last word on the closed file');
    assert.deepEqual(client.shown(file)?.diagnostics, []);
    assert.equal(client.shown(file)?.version, undefined);
  });

  it('works with a client that can do nothing but open files', async () => {
    client = await TestClient.start({ folders: [folder.root], capabilities: {} });
    const file = folder.path('a.js');
    await client.open(file, 'const a = 1;\n');
    await client.diagnostics(file);
    await client.settled();
    assert.deepEqual(client.registrations, []);
    assert.deepEqual(client.progress, []);
  });

  it('asks the client to watch sources, manifests, ignore files and folders', async () => {
    client = await TestClient.start({ folders: [folder.root], capabilities: FULL_CAPABILITIES });
    await client.settled();
    const watchers = client.registrations.filter(({ method }) => method === 'workspace/didChangeWatchedFiles');
    assert.equal(watchers.length, 1);
    const patterns = (watchers[0]?.registerOptions as { watchers: { globPattern: string; kind: number }[] }).watchers;
    assert.deepEqual(patterns.find(({ globPattern }) => globPattern === '**/*')?.kind, 5);
    for (const part of ['tsx', 'package', '.gitignore']) assert.ok(patterns.some(({ globPattern }) => globPattern.includes(part)), part);
    assert.ok(client.registrations.some(({ method }) => method === 'workspace/didChangeConfiguration'));
  });

  it('survives settings of every wrong shape and says in the log what it did not take', async () => {
    for (const settings of [7, 'on', [], { enable: 'yes', rules: 3 }, { rules: { 'floating-call': 'loud', 'missing-retry': { a: 1 } } }]) {
      client = await TestClient.start({ folders: [folder.root], settings, exclude: settings as never });
      const file = folder.path('a.js');
      await client.open(file, 'const a = 1;\n');
      await client.diagnostics(file);
      await client.settled();
      await client.until(() => client?.logs.some((line) => /The setting .* is used|defaults are used/.test(line)) === true, `a word on ${JSON.stringify(settings)}`);
      await client.stop();
    }
  });

  it('is told nothing more than needed: idle and without a grammar where nothing calls Salesforce', async () => {
    for (let index = 0; index < 200; index++) await folder.write(`src/f${index}.ts`, `import { x } from './f${index + 1}';\nexport const y = x + ${index};\n`);
    client = await TestClient.start({ folders: [folder.root] });
    const file = folder.path('src/f0.ts');
    await client.open(file, `import { x } from './f1';\nexport const y = x;\n`);
    const status = await client.settled();
    assert.equal(status.state, 'idle');
    assert.deepEqual((await client.diagnostics(file)).length, 0);
    const info = await client.info();
    assert.equal(info.lowerings, 0);
    assert.equal(info.grammarsLoaded, 0);
    assert.deepEqual([client.progress[0], client.progress.at(-1)], ['begin', 'end']);
  });

  it('stops indexing when the user cancels, and keeps checking open files', async () => {
    // The cancellation crosses two processes: a small folder may be read before it arrives.
    let message = '';
    for (const [from, to] of [[0, 1500], [1500, 6000], [6000, 20_000]] as const) {
      for (let index = from; index < to; index++) await folder.write(`f${index}.js`, 'export const a = 1;\n');
      await client?.stop();
      client = await TestClient.start({ folders: [folder.root], cancelProgress: true });
      message = (await client.settled()).message ?? '';
      if (message.includes('cancelled')) break;
    }
    assert.match(message, /cancelled/);
    assert.ok(client);
    const file = folder.path('f1.js');
    await client.open(file, 'const a = 1;\n');
    await client.diagnostics(file);
  });
});
