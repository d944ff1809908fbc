import assert from 'node:assert/strict';
import { CrashPolicy } from '../../client/src/crashPolicy.ts';
import { isChecked } from '../../client/src/documents.ts';
import { serverStateFrom } from '../../client/src/serverState.ts';

describe('client: crash policy', () => {
  it('restarts three times, then gives up', () => {
    const policy = new CrashPolicy();
    assert.deepEqual([0, 1000, 2000, 3000, 4000].map((now) => policy.crashed(now)), ['restart', 'restart', 'restart', 'give-up', 'give-up']);
  });

  it('forgives crashes that are minutes apart', () => {
    const policy = new CrashPolicy();
    for (let minute = 0; minute < 60; minute += 2) assert.equal(policy.crashed(minute * 60_000), 'restart');
  });

  it('starts afresh when a person restarts the server', () => {
    const policy = new CrashPolicy();
    for (let crash = 0; crash < 4; crash++) policy.crashed(crash);
    policy.reset();
    assert.equal(policy.crashed(5), 'restart');
  });
});

describe('client: state that the server tells', () => {
  it('is taken with its figures', () => {
    assert.deepEqual(serverStateFrom({ state: 'indexing', message: 'x', done: 3, total: 9 }), { state: 'indexing', message: 'x', done: 3, total: 9 });
    assert.deepEqual(serverStateFrom({ state: 'ready', extra: 1 }), { state: 'ready' });
  });

  for (const garbage of [undefined, null, 'ready', 5, [], {}, { state: 'starting' }, { state: 7 }]) {
    it(`is passed over when it is ${JSON.stringify(garbage)}`, () => assert.equal(serverStateFrom(garbage), undefined));
  }

  it('loses figures that are none', () => {
    assert.deepEqual(serverStateFrom({ state: 'indexing', message: 5, done: -1, total: Number.NaN }), { state: 'indexing' });
  });
});

describe('client: documents that are checked', () => {
  const document = (languageId: string, scheme: string) => ({ languageId, uri: { scheme } });

  it('are JavaScript, TypeScript, Python, Java and C# in files, new documents and virtual workspaces', () => {
    for (const language of ['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python', 'java', 'csharp']) {
      for (const scheme of ['file', 'untitled', 'vscode-vfs']) assert.ok(isChecked(document(language, scheme)));
    }
  });

  it('are no others', () => {
    for (const [language, scheme] of [['kotlin', 'file'], ['json', 'file'], ['javascript', 'git'], ['javascript', 'output']] as const) {
      assert.ok(!isChecked(document(language, scheme)));
    }
  });
});
