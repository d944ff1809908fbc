import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A copy of the extension that takes its extension host for one of a desktop VS Code on this machine. */
export interface LocalDesktop {
  /** Folder of the copy. */
  readonly folder: string;
  /** Whether the user's settings are made: some time after the extension has been activated. */
  ready(): boolean;
  /** Addresses that the editor was asked to open in the user's browser so far, as a desktop VS Code hands them to the system. */
  opened(): string[];
  remove(): void;
}

/** Longest wait of the extension for a login, in milliseconds. */
const TWO_MINUTES = 120_000;

/** What that is in the copy, in milliseconds. */
export const TIME_LIMIT = 12_000;

/**
 * Runs at the start of the client's bundle. The host is a server behind a web page, where a browser cannot come back to a port, and says so: only what it says of itself is
 * changed, and addresses are written down for the test's browser in place of a browser on a screen.
 */
const prelude = (file: string, settings: Record<string, unknown>): string => `
const vscode = require('vscode');
const load = require;
const env = Object.create(vscode.env, {
  remoteName: { value: undefined }, uiKind: { value: vscode.UIKind.Desktop },
  openExternal: { value: async (uri) => (require('node:fs').appendFileSync(${JSON.stringify(file)}, encodeURI(uri.toString(true)) + '\\n'), true) },
});
const changed = Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(vscode), env: { value: env, enumerable: true } });
require = Object.assign((name) => (name === 'vscode' ? changed : load(name)), load);
void (async () => {
  for (const [name, value] of Object.entries(${JSON.stringify(settings)})) await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
  require('node:fs').writeFileSync(${JSON.stringify(file)}, '');
})();
const after = globalThis.setTimeout;
globalThis.setTimeout = Object.assign((run, delay, ...more) => after(run, delay === ${TWO_MINUTES} ? ${TIME_LIMIT} : delay, ...more), after);`;

/**
 * Copies a packaged extension.
 * @param extension its folder
 * @param settings what the user has set before, of application scope too: a server's files hold none of those
 */
export function localDesktop(extension: string, settings: Record<string, unknown>): LocalDesktop {
  const root = mkdtempSync(path.join(tmpdir(), 'api-guard-desktop-'));
  const folder = path.join(root, 'extension');
  cpSync(extension, folder, { recursive: true });
  const file = path.join(root, 'opened');
  const client = path.join(folder, 'dist', 'client.cjs');
  writeFileSync(client, `{${prelude(file, settings)}\n}\n${readFileSync(client, 'utf8')}`);
  return {
    folder,
    ready: () => existsSync(file),
    opened: () => readFileSync(file, 'utf8').split('\n').filter((line) => line !== ''),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
