import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { Complaint } from '../../../scripts/setup.mjs';
import { browser } from './browser.ts';
import { installServer } from './serverInstall.ts';

/** What to start. */
export interface EditorServerOptions {
  /** Absolute path of the folder, or of the .code-workspace file, that the page opens; none opens an empty window. */
  workspace?: string;
  /** Absolute path of a file to open in the editor. */
  openFile?: string;
  /** Absolute path of a .vsix to install, as a user would. */
  vsix?: string;
  /** Loads the extension from a folder and runs a module's `run()` in its extension host; both absolute. */
  tests?: { extension: string; module: string };
  /** Loads the extension from a folder, as while it is being developed; absolute. Unlike with tests, dialogs are shown. */
  development?: string;
  /** Whether every workspace is trusted without a question. Default true; with false the workspace starts restricted, as VS Code asks. */
  trust?: boolean;
  /** Settings of the machine: all but those of application scope. */
  settings?: Record<string, unknown>;
  /** More environment for the extension host. */
  env?: Record<string, string>;
  /** Port on 127.0.0.1 (default: a free one). */
  port?: number;
  /** Secret that the address must carry (default: none is asked for, which is right for tests only). */
  connectionToken?: string;
  /** Folder for the server's data, for a second start with what the first one left (default: a fresh one, deleted at the end). */
  dataFolder?: string;
}

/** A VS Code server that listens on 127.0.0.1. */
export interface EditorServer {
  readonly port: number;
  /** What a browser opens, with the workspace and the connection token if there is one. */
  readonly url: string;
  /** Folder of the server's data: its logs and the installed extensions among it. */
  readonly dataFolder: string;
  /** What the server has printed so far. */
  output(): string;
  /** Opens the workbench in a page of a fresh browser profile; the next call has one of its own. */
  page(): Promise<Page>;
  /** Opens the workbench again in the profile of an earlier page, as a reload or a second tab does. */
  pageIn(context: BrowserContext): Promise<Page>;
  /** Resolves when the server has ended, whoever ended it. */
  readonly ended: Promise<'ended'>;
  /** Ends the server, its extension hosts and its pages. */
  stop(): Promise<void>;
}

const live = new Set<ChildProcess>();
process.on('exit', () => live.forEach((child) => killGroup(child, 'SIGKILL')));

/**
 * Starts a VS Code server of its own: fresh data, fresh extensions, a port of its own.
 * @throws Complaint when the server cannot be installed or does not start
 */
export async function startEditorServer(options: EditorServerOptions): Promise<EditorServer> {
  const main = await installServer();
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'api-guard-editor-'));
  const extensions = path.join(dataFolder, 'extensions');
  mkdirSync(extensions, { recursive: true });
  writeMachineSettings(dataFolder, options.settings ?? {});
  const places = ['--server-data-dir', dataFolder, '--extensions-dir', extensions];
  if (options.vsix) {
    await promisify(execFile)(process.execPath, [main, '--install-extension', options.vsix, '--force', ...places]);
  }
  const args = ['--accept-server-license-terms', '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--telemetry-level', 'off', ...places];
  if (options.connectionToken) {
    // In a file, for arguments can be read by every user of the machine.
    const tokenFile = path.join(dataFolder, 'connection-token');
    writeFileSync(tokenFile, options.connectionToken, { mode: 0o600 });
    args.push('--connection-token-file', tokenFile);
  } else {
    args.push('--without-connection-token');
  }
  if (options.trust !== false) args.push('--disable-workspace-trust');
  // Without it the server takes neither tests nor an extension from the address.
  if (options.tests || options.development) args.push('--enable-smoke-test-driver');
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that the end of it is the end of the extension hosts too.
    detached: process.platform !== 'win32',
  });
  live.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')));
  const contexts = new Set<BrowserContext>();
  const stop = async (): Promise<void> => {
    for (const context of contexts) await context.close();
    await end(child, ended);
    live.delete(child);
    if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  let port: number;
  try {
    port = await listening(child, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  // The same for every page of this server, or secrets of one page could not be read by the next.
  const secretKey = randomBytes(32);
  const url = address(port, options);
  const openIn = async (context: BrowserContext): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  return {
    port,
    url,
    dataFolder,
    output: () => output,
    ended,
    page: async () => {
      const context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 } });
      contexts.add(context);
      // The editor asks its server for a key to encrypt secrets with; this server has none to give, and without one nothing would outlive the page.
      await context.route('**/mint-key', (route) => route.fulfill({ status: 200, contentType: 'application/octet-stream', body: secretKey }));
      return await openIn(context);
    },
    pageIn: openIn,
    stop,
  };
}

/** Quiet ground for every editor that tests drive: nothing pops up by itself and nothing is asked of the network. */
function writeMachineSettings(dataFolder: string, settings: Record<string, unknown>): void {
  const folder = path.join(dataFolder, 'data', 'Machine');
  mkdirSync(folder, { recursive: true });
  const quiet = {
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'extensions.ignoreRecommendations': true,
    'chat.disableAIFeatures': true,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'git.openRepositoryInParentFolders': 'never',
  };
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
}

function address(port: number, { workspace, openFile, tests, development, connectionToken }: EditorServerOptions): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (connectionToken) url.searchParams.set('tkn', connectionToken);
  if (workspace) url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  const remote = (file: string): string => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload: [name: string, value: string][] = [];
  if (openFile) payload.push(['openFile', remote(openFile)]);
  if (development) payload.push(['extensionDevelopmentPath', remote(development)]);
  if (tests) payload.push(['extensionDevelopmentPath', remote(tests.extension)], ['extensionTestsPath', remote(tests.module)]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** The port that the server says it listens on. */
function listening(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(late);
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', look);
      child.off('close', gone);
      settle();
    };
    const look = (): void => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (port) finish(() => resolve(Number(port)));
      // It says so and lives on, deaf.
      else if (output().includes('EADDRINUSE')) finish(() => reject(new Complaint('That port is taken: choose another, or none for a free one.')));
    };
    const gone = (): void => finish(() => reject(new Complaint(`The VS Code server ended before it listened. It said:\n${output()}`)));
    const late = setTimeout(() => finish(() => reject(new Complaint(`The VS Code server did not start within 60 s. It said:\n${output()}`))), 60_000);
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', look);
    child.on('close', gone);
  });
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  killGroup(child, 'SIGTERM');
  const impatient = setTimeout(() => killGroup(child, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(impatient);
  killGroup(child, 'SIGKILL');
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // All of it has ended already.
  }
}
