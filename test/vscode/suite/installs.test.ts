import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { INSTALL_COMMAND } from '../../../server/src/editor/protocol.ts';
import { FakeCli } from '../../limits/fakeCli.ts';
import { findings, quickFixes } from './editing.ts';
import { eventually } from '../host/eventually.ts';
import { api } from './extensionApi.ts';

const SOURCE = `import jsforce from 'jsforce';

const conn = new jsforce.Connection({});

export async function add(Name) {
  await conn.sobject('Account').create({ Name });
}

setInterval(() => add('x').catch((error) => process.exit(error ? 1 : 0)), 60_000);
`;

/** A package of the sample without a retry library, and a package manager that only notes what it is told. */
describe('fixes that need a package', () => {
  let npm: FakeCli;
  let folder: vscode.Uri;
  const path = process.env.PATH;
  const write = (name: string, text: string) => vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(text));
  const install = (change: Record<string, unknown> = {}) => vscode.commands.executeCommand<boolean>(INSTALL_COMMAND, { name: 'p-retry', range: '^6.2.1', folder: folder.fsPath, ...change });
  const told = async (): Promise<{ argv: string[]; cwd: string }> => JSON.parse(await readFile(join(npm.folder, 'told'), 'utf8')) as { argv: string[]; cwd: string };

  before(async () => {
    await api();
    folder = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, 'installs');
    await write('package.json', JSON.stringify({ name: 'installs', type: 'module', dependencies: { jsforce: '^3.10.0' } }));
    await write('package-lock.json', '{}');
    await write('add.js', SOURCE);
  });
  beforeEach(async () => {
    npm = await FakeCli.create('npm');
    await npm.program(`require('node:fs').writeFileSync(${JSON.stringify(join(npm.folder, 'told'))}, JSON.stringify({ argv, cwd: process.cwd() }));`);
    process.env.PATH = `${npm.folder}${delimiter}${path}`;
  });
  afterEach(async () => {
    process.env.PATH = path;
    await npm.remove();
    await vscode.commands.executeCommand('notifications.clearAll');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('write the helper on the library and install it with the package manager of the package', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'add.js'));
    await vscode.window.showTextDocument(document);
    const { range } = await eventually('the finding', () => findings(document, 'missing-retry')[0]);
    const fix = await eventually('the fix', async () => (await quickFixes(document, range)).find(({ title }) => /with p-retry \(installs it\)$/.test(title)));
    assert.ok(fix.edit && fix.command);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    const helper = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'salesforceRetry.js'));
    assert.ok(helper.getText().includes("from 'p-retry'"));
    assert.equal(await vscode.commands.executeCommand<boolean>(fix.command.command, ...(fix.command.arguments as unknown[])), true);
    assert.deepEqual(await told(), { argv: ['install', 'p-retry@^6.2.1'], cwd: folder.fsPath });
    await eventually('the end of missing-retry', () => findings(document, 'missing-retry').length === 0);
    await document.save();
  });

  it('say so where the package manager fails or is not there', async () => {
    await npm.program("process.stderr.write('no such version'); process.exitCode = 1;");
    assert.equal(await install(), false);
    process.env.PATH = '';
    assert.equal(await install(), false);
  });

  it('install nothing while package.json is being edited', async () => {
    const manifest = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'package.json'));
    const editor = await vscode.window.showTextDocument(manifest);
    assert.ok(await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' ')));
    assert.equal(await install(), false);
    await assert.rejects(told());
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('install nothing but a plain package in a folder of the workspace', async () => {
    for (const change of [{ name: '--global' }, { name: 'p-retry; rm' }, { name: '../x' }, { range: 'latest' }, { range: '^1.0.0 --force' }, { folder: '/' }, { folder: undefined }, { name: 3 }]) assert.equal(await install(change), false, JSON.stringify(change));
    assert.equal(await vscode.commands.executeCommand(INSTALL_COMMAND), false);
    await assert.rejects(told());
  });
});
