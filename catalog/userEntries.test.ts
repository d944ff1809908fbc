import assert from 'node:assert/strict';
import { codeIn, modesOf, setUserEntries, type ErrorCode } from './index.ts';

describe('catalogue: users\' entries', () => {
  afterEach(() => setUserEntries(undefined));

  it('a code of theirs is what an operation that names it can meet, from the moment they have it until they take it away', () => {
    const ours = codeIn('UNABLE_TO_LOCK_ROW', 'rest');
    assert.ok(ours);
    const theirs: ErrorCode = { ...ours, modes: ours.modes.map((mode) => ({ ...mode, class: 'data', retry: 'never-helps' })) };
    const classes = (): string[] => modesOf('rest.sobject.update').filter(({ code }) => code.code === 'UNABLE_TO_LOCK_ROW').map(({ mode }) => mode.class);
    const before = classes();
    assert.ok(before.includes('transient'), before.join());
    setUserEntries({ codes: [theirs], clients: [], libraries: [] });
    assert.deepEqual([...new Set(classes())], ['data']);
    setUserEntries(undefined);
    assert.deepEqual(classes(), before);
  });
});
