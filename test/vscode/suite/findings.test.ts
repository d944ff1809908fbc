import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findings, hoverAt, quickFixes } from './editing.ts';
import { eventually } from '../host/eventually.ts';
import { api } from './extensionApi.ts';

/** Findings in the sample integration, which says in its README what is to be seen where. */
describe('findings in the editor', () => {
  const open = async (name: string): Promise<vscode.TextEditor> => {
    const [file] = await vscode.workspace.findFiles(`src/${name}`, undefined, 1);
    assert.ok(file, `${name} is not in the sample`);
    return vscode.window.showTextDocument(file);
  };
  const finding = (document: vscode.TextDocument, rule: string) => eventually(rule, () => findings(document, rule)[0]);
  const gone = (document: vscode.TextDocument, rule: string) => eventually(`the end of ${rule}`, () => findings(document, rule).length === 0);
  const replace = async (editor: vscode.TextEditor, old: string, text: string): Promise<void> => {
    const start = editor.document.getText().indexOf(old);
    assert.notEqual(start, -1, `${old} is not in ${editor.document.fileName}`);
    const range = new vscode.Range(editor.document.positionAt(start), editor.document.positionAt(start + old.length));
    assert.ok(await editor.edit((edit) => edit.replace(range, text)));
  };

  before(() => api());
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('appear under a failure that is swallowed, go when it is thrown on, and come back', async () => {
    const editor = await open('importLeads.js');
    const { message, range } = await finding(editor.document, 'swallowed-failure');
    assert.ok(message.length > 20);
    assert.match(editor.document.getText(range), /create/);
    await replace(editor, 'console.log(\'lead not created\', error);', 'throw error;');
    await gone(editor.document, 'swallowed-failure');
    await vscode.commands.executeCommand('undo');
    await finding(editor.document, 'swallowed-failure');
  });

  it('appear under calls that nobody waits for', async () => {
    const { document } = await open('audit.js');
    await finding(document, 'floating-call');
  });

  it('are absent where a handler does well', async () => {
    const silent = await open('closeOrder.ts');
    const speaking = await open('importLeads.js');
    // The finding in the other file proves that the server has answered.
    await finding(speaking.document, 'swallowed-failure');
    assert.deepEqual(vscode.languages.getDiagnostics(silent.document.uri).filter(({ source }) => source === 'API Guard'), []);
  });

  it('follow the settings of their rule', async () => {
    const { document } = await open('importLeads.js');
    await finding(document, 'swallowed-failure');
    const rules = vscode.workspace.getConfiguration('apiGuard.rules');
    try {
      await rules.update('swallowed-failure', 'hint', vscode.ConfigurationTarget.Workspace);
      await eventually('a hint', () => findings(document, 'swallowed-failure')[0]?.severity === vscode.DiagnosticSeverity.Hint);
      await rules.update('swallowed-failure', 'off', vscode.ConfigurationTarget.Workspace);
      await gone(document, 'swallowed-failure');
    } finally {
      await rules.update('swallowed-failure', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await finding(document, 'swallowed-failure');
  });

  it('are silenced by the quick fix that disables the rule for a line', async () => {
    const { document } = await open('importLeads.js');
    const { range } = await finding(document, 'swallowed-failure');
    const disable = await eventually('the fix', async () => (await quickFixes(document, range)).find(({ title }) => /Disable swallowed-failure/.test(title)));
    assert.ok(disable.edit);
    assert.ok(await vscode.workspace.applyEdit(disable.edit));
    await gone(document, 'swallowed-failure');
  });

  it('are cured by the retry quick fix, whose helper is saved though the editor saves nothing by itself', async () => {
    const settings = vscode.workspace.getConfiguration('files');
    await settings.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    const { document } = await open('createOrder.ts');
    const { range } = await finding(document, 'missing-retry');
    const before = findings(document, 'missing-retry').length;
    const fix = await eventually('the fix', async () => (await quickFixes(document, range)).find(({ title, edit }) => edit && !title.startsWith('Disable')));
    assert.ok(fix.edit, 'there is no fix with an edit');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    const helper = await eventually('the helper on disk', async () => {
      const [file] = await vscode.workspace.findFiles('**/salesforceRetry.ts', '**/node_modules/**', 1);
      return file && Buffer.from(await vscode.workspace.fs.readFile(file)).toString().includes('withSalesforceRetry') ? file : undefined;
    });
    await eventually('the saved helper', () => vscode.workspace.textDocuments.every(({ uri, isDirty }) => uri.toString() !== helper.toString() || !isDirty));
    await eventually('one finding less', () => findings(document, 'missing-retry').length === before - 1);
    await eventually('a quiet TypeScript', () => vscode.languages.getDiagnostics(document.uri)
      .every(({ severity, source }) => source === 'API Guard' || severity !== vscode.DiagnosticSeverity.Error));
    await settings.update('autoSave', undefined, vscode.ConfigurationTarget.Global);
  });

  it('come with hovers on error codes and on calls', async () => {
    const codes = await open('salesforceErrors.ts');
    const code = await eventually('the hover on a code', () => hoverAt(codes.document, 'UNABLE_TO_LOCK_ROW'));
    assert.match(code, /UNABLE_TO_LOCK_ROW/);
    assert.match(code, /lock/i);
    const { document } = await open('importLeads.js');
    await finding(document, 'swallowed-failure');
    assert.match(await hoverAt(document, 'create('), /transient|fail/i);
  });
});
