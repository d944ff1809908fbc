import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionUnderTest } from './extensionApi.ts';

interface Manifest {
  main?: string;
  browser?: string;
  extensionKind: string[];
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] }; virtualWorkspaces: { supported: unknown } };
  contributes: {
    commands: { command: string; category: string; title: string }[];
    configuration: { properties: Record<string, { scope: string }> }[];
  };
}

describe('the manifest, as the editor reads it', () => {
  const manifest = extensionUnderTest().packageJSON as Manifest;

  it('wakes the extension for its languages only; views and commands do so by themselves', () => {
    assert.deepEqual(manifest.activationEvents.filter((event) => !/^on(View|Command):apiGuard\./.test(event)).sort(), [
      'onLanguage:javascript', 'onLanguage:javascriptreact', 'onLanguage:typescript', 'onLanguage:typescriptreact',
    ]);
  });

  it('runs where the workspace is, and says what it does not do in untrusted and virtual ones', () => {
    assert.deepEqual(manifest.extensionKind, ['workspace']);
    assert.equal(manifest.browser, undefined);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, 'limited');
  });

  it('lets no workspace choose a program or an address', () => {
    const properties = Object.assign({}, ...manifest.contributes.configuration.map((part) => part.properties)) as Record<string, { scope: string }>;
    for (const name of ['apiGuard.salesforceCliPath', 'apiGuard.instanceUrl']) {
      assert.equal(properties[name]?.scope, 'machine');
      assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name));
    }
  });

  it('has a registered command behind every entry, titled under one category', async () => {
    await extensionUnderTest().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command, category, title } of manifest.contributes.commands) {
      assert.ok(registered.has(command), `${command} is not registered`);
      assert.equal(category, 'API Guard');
      assert.doesNotMatch(title, /%/);
    }
  });
});
