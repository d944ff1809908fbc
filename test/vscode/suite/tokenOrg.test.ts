import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiGuardApi } from '../../../client/src/api.ts';
import type { Simulator } from '../../../server/src/simulator/main.ts';
import { startSimulator } from '../../../server/src/simulator/main.ts';
import { api } from './extensionApi.ts';

const run = (command: string, argument?: unknown): Thenable<unknown> => vscode.commands.executeCommand(command, argument);

/** A loopback address is taken for an org only while the extension is under test; elsewhere it must be Salesforce over https. */
describe('org limits: instance URL and access token', () => {
  let guard: ApiGuardApi;
  let org: Simulator;

  before(async () => {
    guard = await api();
    org = await startSimulator();
  });
  after(async () => {
    await run('apiGuard.signOut');
    await org.close();
  });

  const connect = (accessToken: string, instanceUrl = org.instanceUrl): Thenable<unknown> => run('apiGuard.connectOrg', { instanceUrl, accessToken });

  it('reads the org with the given token', async () => {
    await connect(org.accessToken);
    const snapshot = guard.limits.snapshot();
    assert.equal(snapshot.state, 'ready');
    assert.deepEqual(snapshot.org, { kind: 'token', name: new URL(org.instanceUrl).host });
    assert.ok(!JSON.stringify(snapshot).includes(org.accessToken));
  });

  it('takes neither another host nor what is no token', async () => {
    org.control.clearRequests();
    await run('apiGuard.signOut');
    await connect(org.accessToken, 'https://example.org');
    await connect('[REDACTED] Use "sf org auth show-access-token"');
    assert.equal(guard.limits.snapshot().state, 'none');
    assert.deepEqual(org.control.requests(), []);
  });

  it('asks for a new token when the session has ended, and goes on with it', async () => {
    await connect(`${org.accessToken.slice(0, 17)}${'x'.repeat(60)}`);
    const expired = guard.limits.snapshot();
    assert.equal(expired.problem, 'session-expired');
    assert.ok(expired.rows[0]?.children.some(({ label, command }) => label === 'Enter a New Token' && command === 'apiGuard.connectOrg'));
    await connect(org.accessToken);
    assert.equal(guard.limits.snapshot().state, 'ready');
  });

  it('keeps no token in the settings', () => {
    assert.ok(!JSON.stringify(vscode.workspace.getConfiguration()).includes(org.accessToken));
  });

  it('forgets org and token when it is disconnected', async () => {
    await connect(org.accessToken);
    await run('apiGuard.signOut');
    assert.equal(guard.limits.snapshot().state, 'none');
    org.control.clearRequests();
    await run('apiGuard.refreshLimits');
    assert.deepEqual(org.control.requests(), []);
  });
});
