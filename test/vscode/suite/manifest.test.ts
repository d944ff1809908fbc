import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LANGUAGES } from '../../../client/src/documents.ts';
import { WORD_LANGUAGES } from '../../../client/src/explain/codeHover.ts';
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

  it('wakes the extension for the languages that it checks or explains codes in, and for nothing else; views and commands do so by themselves', () => {
    // The editor itself has JSON and logs open in every window (schemas, its own output), and notes and markup are everywhere: nothing is explained there
    // before something else has woken the extension.
    const quiet = ['json', 'jsonc', 'jsonl', 'log', 'plaintext', 'xml', 'yaml'];
    const languages = [...LANGUAGES, ...WORD_LANGUAGES.filter((language) => !quiet.includes(language))];
    assert.deepEqual(
      manifest.activationEvents.filter((event) => !/^on(View|Command):apiGuard\./.test(event)).sort(),
      languages.map((language) => `onLanguage:${language}`).sort(),
    );
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

  it('lets neither a workspace nor a remote machine choose where a login goes', () => {
    const properties = Object.assign({}, ...manifest.contributes.configuration.map((part) => part.properties)) as Record<string, { scope: string }>;
    for (const name of ['clientId', 'loginUrl', 'port']) assert.equal(properties[`apiGuard.oauth.${name}`]?.scope, 'application');
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
