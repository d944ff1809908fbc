import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A copy of the extension that writes down what its two processes say. */
export interface RecordedExtension {
  /** Folder of the copy. */
  readonly folder: string;
  /** Every line that went to an output channel so far, with trace and errors. */
  log(): string;
  /** Every message between editor and language server so far, as JSON, one a line. */
  messages(): string;
  /** Makes a process of the extension report on itself as Node does when it crashes: environment, stacks, options. */
  report(which: 'client' | 'server'): Promise<string>;
  /** Process id of the last extension host or language server that was started. */
  pid(which: 'client' | 'server'): number;
  remove(): void;
}

/** Runs at the start of both bundles. */
const common = (folder: string, which: string): string => `
const fs = require('node:fs');
const record = (file, text) => fs.appendFileSync(${JSON.stringify(`${folder}/`)} + file, text + '\\n');
record('${which}.pid', String(process.pid));
process.report.directory = ${JSON.stringify(folder)};
process.report.reportOnSignal = true;`;

/** This host writes no log of an extension to disk, so the channel itself is listened to. */
const client = `
const { window } = require('vscode');
const { inspect } = require('node:util');
const create = window.createOutputChannel.bind(window);
window.createOutputChannel = (...args) => {
  const channel = create(...args);
  const names = ['append', 'appendLine', 'replace', 'trace', 'debug', 'info', 'warn', 'error'].filter((name) => typeof channel[name] === 'function');
  // The language client writes what it sends and gets only to a channel whose level is Trace.
  return Object.create(channel, Object.fromEntries([['logLevel', { value: 1 }], ...names.map((name) => [name, { value: (...said) => {
    record('log', name + ' ' + said.map((each) => (typeof each === 'string' ? each : inspect(each, { depth: 9 }))).join(' '));
    return channel[name](...said);
  } }])]));
};`;

const server = `
const { emit, send } = process;
process.emit = function (name, message) {
  if (name === 'message') record('messages', JSON.stringify(message));
  return emit.apply(this, arguments);
};
process.send = function (message) {
  record('messages', JSON.stringify(message));
  return send.apply(this, arguments);
};`;

/** Copies a packaged extension. @param extension its folder */
export function recordedExtension(extension: string): RecordedExtension {
  const root = mkdtempSync(path.join(tmpdir(), 'api-guard-recorded-'));
  const folder = path.join(root, 'extension');
  cpSync(extension, folder, { recursive: true });
  for (const [bundle, more] of [['client', client], ['server', server]] as const) {
    const file = path.join(folder, 'dist', `${bundle}.cjs`);
    writeFileSync(file, `(() => {${common(root, bundle)}${more}\n})();\n${readFileSync(file, 'utf8')}`);
  }
  const read = (name: string): string => (existsSync(path.join(root, name)) ? readFileSync(path.join(root, name), 'utf8') : '');
  const pid = (which: string): number => Number(read(`${which}.pid`).trim().split('\n').at(-1));
  return {
    folder,
    log: () => read('log'),
    messages: () => read('messages'),
    pid,
    report: async (which) => {
      const found = (): string | undefined => readdirSync(root).find((name) => name.startsWith('report.') && name.includes(`.${pid(which)}.`));
      process.kill(pid(which), 'SIGUSR2');
      for (let attempt = 0; attempt < 100; attempt++) {
        const text = read(found() ?? 'none');
        if (text.trimEnd().endsWith('}')) return text;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`The ${which} has written no report.`);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
