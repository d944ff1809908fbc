import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'api-guard.salesforce-api-guard';

describe('activation', () => {
  it('is the packaged extension that is tested', () => {
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    assert.match(extension.extensionPath, /extension$/);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it('happens when a file is opened that can be checked', async () => {
    const [file] = await vscode.workspace.findFiles('src/**/*.js', undefined, 1);
    assert.ok(file, 'the workspace has no JavaScript file');
    const extension = vscode.extensions.getExtension(id)!;
    await vscode.window.showTextDocument(file);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
