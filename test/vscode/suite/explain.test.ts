import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../host/eventually.ts';
import { api } from './extensionApi.ts';

describe('explaining errors', () => {
  const closeAll = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const shown = async (language: string, content: string): Promise<vscode.TextEditor> =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
  const select = (editor: vscode.TextEditor, text: string): void => {
    const start = editor.document.getText().indexOf(text);
    editor.selection = new vscode.Selection(editor.document.positionAt(start), editor.document.positionAt(start + text.length));
  };
  const textOf = async (uri: vscode.Uri | undefined): Promise<string> => {
    assert.ok(uri, 'the command showed nothing');
    return (await vscode.workspace.openTextDocument(uri)).getText();
  };
  const tabNamed = (name: RegExp) => eventually(`a tab named ${String(name)}`, () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => name.test(label)));

  before(() => api());
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
  });

  for (const [language, content, code] of [
    ['python', 'if e.content[0]["errorCode"] == "UNABLE_TO_LOCK_ROW":\n    pass\n', 'UNABLE_TO_LOCK_ROW'],
    ['json', '[{"message":"must not be empty","errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":[]}]', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ['log', '2026-11-20 10:00:00 ERROR REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.', 'REQUEST_LIMIT_EXCEEDED'],
  ] as const) {
    it(`a hover explains a code in ${language}, with a link into the reference`, async () => {
      const { document } = await shown(language, content);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, document.positionAt(content.indexOf(code) + 3));
      const text = hovers.flatMap(({ contents }) => contents).map((each) => (each as vscode.MarkdownString).value).join('\n');
      assert.match(text, new RegExp(`\\*\\*${code}\\*\\*`));
      assert.match(text, /command:apiGuard\.showReference/);
      assert.deepEqual(hovers[0]?.range && document.getText(hovers[0].range), code);
    });
  }

  it('"Explain Error" takes the selection and shows a readable document', async () => {
    const editor = await shown('plaintext', 'before\n[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]\nafter');
    select(editor, '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]');
    const text = await textOf(await vscode.commands.executeCommand<vscode.Uri>('apiGuard.explainError'));
    assert.match(text, /^# REQUEST_LIMIT_EXCEEDED$/m);
    assert.match(text, /Class: \*\*quota\*\*/);
    await tabNamed(/REQUEST_LIMIT_EXCEEDED/);
  });

  it('"Explain Error" knows the project\'s own codes', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.api-guard.json');
    const own = { code: 'ACME_ORDER_LOCKED', title: 'The order is being shipped', meaning: 'The warehouse has the order.', modes: [{ class: 'transient', retry: 'not-applied', doInCode: 'Send the order again after ten minutes.' }] };
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify({ catalog: { codes: [own] } })));
    try {
      await eventually('the own code', async () => /The order is being shipped/.test(await textOf(await vscode.commands.executeCommand<vscode.Uri>('apiGuard.explainError', 'ACME_ORDER_LOCKED'))));
    } finally {
      await vscode.workspace.fs.delete(file);
    }
  });

  it('"Explain Error" says honestly that it does not know', async () => {
    const text = await textOf(await vscode.commands.executeCommand<vscode.Uri>('apiGuard.explainError', 'UNABLE_TO_LOK_ROW'));
    assert.match(text, /not in the catalogue/);
    assert.match(text, /UNABLE_TO_LOCK_ROW/);
  });

  it('"Explain Error" proposes what the clipboard holds, where that looks like an error', async () => {
    await vscode.env.clipboard.writeText('{"error":"invalid_grant","error_description":"ip restricted"}');
    const asked = vscode.commands.executeCommand<vscode.Uri>('apiGuard.explainError');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    assert.match(await textOf(await asked), /# invalid_grant|# invalid\\_grant/);
  });

  it('"Prepare Support Case" opens a document to complete, without secrets', async () => {
    const token = '00D5g000004abcdEAA!AQ8AQLfoo.bar_bazQux123456789';
    const text = await textOf(await vscode.commands.executeCommand<vscode.Uri>(
      'apiGuard.prepareSupportCase', `2026-11-20T10:00:02Z POST https://acme.my.salesforce.com/services/data/v61.0/query Authorization: Bearer ${token}\n500 [{"errorCode":"UNKNOWN_EXCEPTION","message":"An unexpected error occurred."}]`,
    ));
    assert.match(text, /\| Organization id \| 00D5g000004abcdEAA \|/);
    assert.match(text, /UNKNOWN_EXCEPTION/);
    assert.ok(!text.includes(token));
    assert.equal(vscode.window.activeTextEditor?.document.languageId, 'markdown');
  });

  it('the reference opens at a code, and never outside its folder', async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>('apiGuard.showReference', 'rest', 'UNABLE_TO_LOCK_ROW');
    assert.match(uri.path, /\/catalog\/reference\/rest\.md$/);
    assert.match(uri.fragment, /unable_to_lock_row/i);
    assert.match(await textOf(uri.with({ fragment: '' })), /UNABLE_TO_LOCK_ROW/);
    await tabNamed(/rest\.md/);
    const elsewhere = await vscode.commands.executeCommand<vscode.Uri>('apiGuard.showReference', '../../package', 'X');
    assert.match(elsewhere.path, /\/catalog\/reference\/README\.md$/);
  });

  it('the page of a rule opens', async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>('apiGuard.showRule', 'floating-call');
    assert.match(uri.path, /\/rules\/floating-call\/README\.md$/);
    assert.match(await textOf(uri), /What happens in production/);
    await tabNamed(/README\.md/);
  });
});
