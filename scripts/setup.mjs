// Brings a clone to the state in which everything else can run. Uses nothing but what Node 20 carries, for it runs before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

/** Absolute path of the checkout. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Git-ignored folder for everything that is fetched or made on demand and may be deleted at any time. */
export const cacheFolder = path.join(root, '.cache');

const nodeMajor = 24;
const lockFile = path.join(root, 'package-lock.json');
const modules = path.join(root, 'node_modules');
/** Written after everything else, so that its presence with the right content proves a finished install. */
const stamp = path.join(modules, '.set-up');

/** Where the pinned Node is after set-up. */
export const projectNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** A failure whose message tells the reader all there is to know; printed without a stack. */
export class Complaint extends Error {}

/** Progress is for people and goes to stderr: stdout belongs to results. */
export function say(text) {
  process.stderr.write(`[api-guard] ${text}\n`);
}

/**
 * Installs what package-lock.json names, unless that has been done. A second call, or a second process, finds the work done or waits for it.
 * @returns absolute path of the Node to run everything else with
 * @throws Complaint when the install is impossible here
 */
export async function setUp() {
  if (isSetUp()) return projectNode;
  await withLock(path.join(cacheFolder, 'set-up.lock'), say, 'another set-up of this folder', async () => {
    if (isSetUp()) return;
    rmSync(stamp, { force: true });
    say('Installing what package-lock.json names (once; about 30 seconds) ...');
    const started = Date.now();
    await installModules();
    checkNode();
    writeFileSync(stamp, wantedStamp());
    say(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  });
  return projectNode;
}

/**
 * Goes on under the project's own Node: installs first, then, when another Node runs this, runs the calling script again with the right one and ends with its
 * exit code. Whatever follows the call may therefore import packages and TypeScript.
 * @param scriptUrl the `import.meta.url` of the calling script
 */
export async function onProjectNode(scriptUrl) {
  const script = fileURLToPath(scriptUrl);
  try {
    await setUp();
  } catch (error) {
    fail(error);
  }
  if (Number(process.versions.node.split('.')[0]) === nodeMajor) return;
  process.exit(await runNode([script, ...process.argv.slice(2)]));
}

/**
 * Runs the project's Node with this process's own input and output, which the child writes to directly: nothing is buffered on the way.
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, quiet?: boolean }} [options] `quiet`: what the child prints goes to stderr
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it
 */
export function runNode(args, options = {}) {
  const child = spawn(projectNode, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: options.quiet ? ['ignore', 2, 2] : 'inherit',
  });
  return ended(child);
}

/** Prints why a script could not do its work, and ends it with exit code 2. */
export function fail(error) {
  say(error instanceof Complaint ? error.message : error?.stack ?? String(error));
  process.exit(2);
}

/**
 * How to call the npm that runs us, or the first one on the PATH.
 * @returns {{ command: string, args: string[], shell: boolean }} spawn `command` with `args` before npm's own arguments
 */
export function npm() {
  const running = process.env.npm_execpath;
  if (running && /\.c?js$/.test(running) && existsSync(running)) return { command: process.execPath, args: [running], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** The environment for an npm that must not inherit the arguments of the npm that runs us (`--prefix`, `--silent`). */
export function npmEnvironment() {
  const inherited = /^(npm_(lifecycle|package|command|execpath)|npm_config_(prefix|local_prefix|loglevel|silent|json|workspace|dry_run)|INIT_CWD|NODE_ENV$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}

function isSetUp() {
  return existsSync(projectNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wantedStamp();
}

/** What the stamp of an up-to-date install says: a copied node_modules of another platform is as stale as an older lock file. */
function wantedStamp() {
  return `${createHash('sha256').update(readFileSync(lockFile)).digest('hex')} ${process.platform}-${process.arch}\n`;
}

async function installModules() {
  const { command, args, shell } = npm();
  const child = spawn(command, [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    shell,
    env: npmEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      output += text;
      process.stderr.write(text);
    });
  }
  const started = Date.now();
  const pulse = setInterval(() => say(`... still installing (${Math.round((Date.now() - started) / 1000)} s)`), 15_000);
  let code;
  try {
    code = await ended(child);
  } catch (error) {
    if (error.code === 'ENOENT') throw new Complaint('npm was not found. It comes with Node: install Node 20 or newer from https://nodejs.org and try again.');
    throw error;
  } finally {
    clearInterval(pulse);
  }
  if (code === 0) return;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/i.test(output)) {
    throw new Complaint('The npm registry could not be reached. The first run needs the network (or a filled npm cache): connect, or set a proxy with `npm config set proxy`, and try again.');
  }
  if (/ENOSPC/.test(output)) throw new Complaint(`The disk is full. The install needs about 700 MB in ${modules}.`);
  throw new Complaint(`npm ci ended with exit code ${code}; what it said stands above. Run the same command again after mending that.`);
}

function checkNode() {
  const found = existsSync(projectNode) ? spawnSync(projectNode, ['--version'], { encoding: 'utf8' }).stdout?.trim() : undefined;
  if (found?.startsWith(`v${nodeMajor}.`)) return;
  const require = createRequire(import.meta.url);
  const wanted = require(lockFile).packages['node_modules/node'].version;
  throw new Complaint(
    `Node ${wanted} should now be at ${projectNode}, but ${found ? `${found} is there` : 'it is missing'}. ` +
      'It is put there by the install script of the npm package "node": if your npm is set to ignore scripts, run `npm config set ignore-scripts false` and try again.',
  );
}

/** Waits for a child's end, handing on the signals that mean "stop". */
function ended(child) {
  return new Promise((resolve, reject) => {
    // A terminal's Ctrl-C reaches the whole process group, so the child has it already; we only must outlive the child to report its end.
    const ignore = () => {};
    const stop = (signal) => child.kill(signal);
    process.on('SIGINT', ignore);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
    const done = () => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', stop);
      process.off('SIGHUP', stop);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('close', (code, signal) => {
      done();
      resolve(code ?? 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0));
    });
  });
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await setUp().catch(fail);
}
