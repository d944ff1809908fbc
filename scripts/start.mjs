// `npm start`: VS Code with the extension on a sample integration, and the demo org. Desktop VS Code where `code` is found, else the VS Code server, which
// API_GUARD_EDITOR=server or a port for it (`npm start -- --port N`) asks for.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { cacheFolder, Complaint, fail, onProjectNode, root, say } from './setup.mjs';

/** What is open when the window appears: a file with a finding in it. */
const firstFile = 'src/createOrder.ts';

await onProjectNode(import.meta.url);
try {
  const port = readPort();
  await ensureBuilt();
  const workspace = await sampleWorkspace();
  const code = port === undefined && process.env.API_GUARD_EDITOR !== 'server' ? findCode() : undefined;
  if (code) await openDesktop(code, workspace);
  else await serve(workspace, port);
} catch (error) {
  fail(error);
}

function readPort() {
  let text;
  try {
    text = parseArgs({ options: { port: { type: 'string' } } }).values.port;
  } catch (error) {
    throw new Complaint(`${error.message}. There is one option: npm start -- --port N`);
  }
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Complaint(`"${text}" is no port; choose a number from 1 to 65535.`);
  return port;
}

/** A copy to play with; one that is there already keeps the edits made in it. */
async function sampleWorkspace() {
  const { copySample } = await import('../test/vscode/host/sampleWorkspace.ts');
  const copy = path.join(cacheFolder, 'sample');
  if (!existsSync(copy)) copySample(copy);
  else say(`The sample in ${path.relative(process.cwd(), copy) || copy} is as you left it; delete it for a fresh one.`);
  return copy;
}

/** The command of a desktop VS Code on the PATH. In a terminal of a remote window `code` is another program, which can open no window of its own. */
function findCode() {
  if (process.env.VSCODE_IPC_HOOK_CLI) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const name = names.find((candidate) => folder && existsSync(path.join(folder, candidate)));
    if (name) return path.join(folder, name);
  }
  return undefined;
}

/** Opens a window with data of its own, so that it is a process of its own: it gets our environment, and its end is ours to bring about. */
async function openDesktop(code, workspace) {
  const data = path.join(cacheFolder, 'desktop');
  mkdirSync(data, { recursive: true });
  const args = [
    '--wait', '--new-window', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes',
    `--user-data-dir=${data}`, `--extensionDevelopmentPath=${root}`, workspace, path.join(workspace, firstFile),
  ];
  say('Opening desktop VS Code; Ctrl-C here, or closing its window, ends it.');
  const windows = process.platform === 'win32';
  const child = spawn(windows ? `"${code}"` : code, windows ? args.map((arg) => `"${arg}"`) : args, {
    stdio: ['ignore', 2, 2],
    shell: windows,
    // `code` is a script that starts programs of its own; as a group they end together.
    detached: !windows,
    env: { ...process.env, API_GUARD_DEMO: '1' },
  });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode));
  });
  const stopped = interrupted().then(() => {
    endWindow(data);
    if (windows) child.kill();
    else process.kill(-child.pid);
    return 0;
  });
  const exitCode = await Promise.race([ended, stopped]);
  if (exitCode !== 0) throw new Complaint(`${code} ended with exit code ${exitCode}. For the VS Code server instead: npm start -- --port 8123`);
  process.exit(0);
}

/** The command only hands the work to the window's process, which writes its own id into this file. */
function endWindow(data) {
  try {
    process.kill(Number(readFileSync(path.join(data, 'code.lock'), 'utf8')));
  } catch {
    // It has ended by itself.
  }
}

async function serve(workspace, port) {
  const [{ startEditorServer }, { packageExtension }] = await Promise.all([import('../test/vscode/host/editorServer.ts'), import('./package.mjs')]);
  const vsix = await packageExtension();
  say('Starting the VS Code server (desktop VS Code is used where `code` is on the PATH and no port is asked for) ...');
  const server = await startEditorServer({
    workspace,
    vsix,
    port,
    openFile: path.join(workspace, firstFile),
    connectionToken: randomBytes(24).toString('base64url'),
    env: { API_GUARD_DEMO: '1' },
  });
  console.log(`\n  Open this address in a browser on this machine:\n\n  ${server.url}\n\n  Ctrl-C ends it.\n`);
  const reason = await Promise.race([interrupted(), server.ended]);
  await server.stop();
  if (reason === 'ended') throw new Complaint(`The VS Code server ended by itself. It said:\n${server.output()}`);
  process.exit(0);
}

/** Resolves at Ctrl-C, or whatever else asks this process to end. */
function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve('interrupted'));
  });
}
