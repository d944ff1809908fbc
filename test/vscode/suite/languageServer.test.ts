import assert from 'node:assert/strict';
import { ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import type { ApiGuardApi } from '../../../client/src/api.ts';
import { eventually } from '../host/eventually.ts';
import { api } from './extensionApi.ts';

const RUNNING = ['ready', 'idle', 'indexing'];

describe('language server', () => {
  let guard: ApiGuardApi;
  const runs = () => RUNNING.includes(guard.server.state().state) && guard.server.pid();

  before(async () => {
    const [file] = await vscode.workspace.findFiles('src/**/*.js', undefined, 1);
    assert.ok(file);
    await vscode.window.showTextDocument(file);
    guard = await api();
  });

  it('starts with a document that it can check', async () => {
    assert.ok(await eventually('the server', runs));
  });

  it('is another process after a restart', async () => {
    const before = await eventually('the server', runs);
    await vscode.commands.executeCommand('apiGuard.restartServer');
    const after = await eventually('the server after the restart', runs);
    assert.notEqual(after, before);
    await eventually('the end of the old process', () => isGone(Number(before)));
  });

  it('comes back by itself after a crash', async () => {
    const before = Number(await eventually('the server', runs));
    process.kill(before, 'SIGKILL');
    await eventually('a new process', () => runs() && guard.server.pid() !== before);
  });

  it('comes back from a crash that is noticed late, after messages to it have failed', async () => {
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    const before = Number(await eventually('the server', runs));
    const release = holdBackClose(before);
    try {
      process.kill(before, 'SIGKILL');
      await eventually('the end of the old process', () => isGone(before));
      // Nobody answers these before the end is known.
      for (let line = 0; line < 5; line++) void vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, new vscode.Position(line, 0));
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      release();
    }
    await eventually('a new process', () => runs() && guard.server.pid() !== before);
  });

  it('stays down after crash upon crash, says so, and comes back when a person restarts it', async () => {
    await vscode.commands.executeCommand('apiGuard.restartServer');
    for (let crash = 1; crash <= 4; crash++) {
      const pid = Number(await eventually(`the server before crash ${crash}`, runs));
      process.kill(pid, 'SIGKILL');
      await eventually(`the end of the server in crash ${crash}`, () => guard.server.state().state === 'failed' || (runs() && guard.server.pid() !== pid));
    }
    const { state, message } = guard.server.state();
    assert.equal(state, 'failed');
    assert.match(message ?? '', /keeps stopping/);
    await vscode.commands.executeCommand('apiGuard.restartServer');
    assert.ok(await eventually('the server after all', runs));
  });

  it('stops when the extension is switched off and starts when it is switched on', async () => {
    const settings = vscode.workspace.getConfiguration('apiGuard');
    const pid = Number(await eventually('the server', runs));
    await settings.update('enable', false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually('the end of the server', () => guard.server.state().state === 'stopped' && isGone(pid));
    } finally {
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually('the server again', runs);
  });
});

/** On a busy machine the event by which an end is known comes long after it. @returns what lets it come */
function holdBackClose(pid: number): () => void {
  const prototype: { emit: (this: ChildProcess, event: string, ...values: unknown[]) => boolean } = ChildProcess.prototype;
  const original = prototype.emit;
  const held: (() => void)[] = [];
  prototype.emit = function (event, ...values): boolean {
    if (event !== 'close' || this.pid !== pid) return original.call(this, event, ...values);
    held.push(() => original.call(this, event, ...values));
    return true;
  };
  return () => {
    prototype.emit = original;
    for (const emit of held) emit();
  };
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
