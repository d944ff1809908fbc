import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as records from '../data.ts';
import { codeFamilies, codesOfFamily } from '../index.ts';
import type { CodeFile, ErrorCode, FailureMode } from '../schema/code.ts';
import type { Operation } from '../schema/operation.ts';
import { LINTS } from './index.ts';
import type { Catalogue } from './problem.ts';

/** The whole catalogue. */
const data: Catalogue = {
  ...records,
  codes: codeFamilies().flatMap(codesOfFamily),
  groups: codeFamilies().flatMap(
    (family) => (JSON.parse(readFileSync(new URL(`../codes/${family}.json`, import.meta.url), 'utf8')) as CodeFile).groups ?? [],
  ),
};

/** The real catalogue with one thing broken. */
function broken(change: Partial<Catalogue>): Catalogue {
  return { ...data, ...change };
}
function withCode(change: Partial<ErrorCode>): Catalogue {
  const code = data.codes.find((entry) => entry.code === 'STORAGE_LIMIT_EXCEEDED');
  assert.ok(code);
  return broken({ codes: data.codes.map((entry) => (entry === code ? { ...code, ...change } : entry)) });
}
function withOperation(change: Partial<Operation>): Catalogue {
  return broken({ operations: data.operations.map((entry) => (entry.id === 'rest.collections.upsert' ? { ...entry, ...change } : entry)) });
}
function withMethod(variants: Catalogue['clients'][number]['types'][string]['methods']): Catalogue {
  return broken({
    clients: data.clients.map((client) => {
      if (client.id !== 'jsforce') return client;
      const connection = client.types['Connection'];
      assert.ok(connection);
      return { ...client, types: { ...client.types, Connection: { ...connection, methods: { ...connection.methods, ...variants } } } };
    }),
  });
}
const mode: FailureMode = { id: 'one', class: 'data', retry: 'never-helps', doInCode: 'Set the record aside with its reason.' };

/** For each check: something broken, and what the check says of it. */
const EXAMPLES: Record<string, [what: string, catalogue: () => Catalogue, says: RegExp][]> = {
  clientReferences: [
    ['an operation that does not exist', () => withMethod({ query: [{ operation: 'rest.qeury' }] }), /sends rest\.qeury/],
    ['a type that does not exist', () => withMethod({ query: [{ returns: 'Qeury' }] }), /names the type Qeury/],
    ['an inherited property taken for a type', () => withMethod({ query: [{ returns: 'constructor' }] }), /names the type constructor/],
    [
      'a variant that hides the next',
      () => withMethod({ query: [{ operation: 'rest.query' }, { operation: 'rest.search' }] }),
      /hides those after it/,
    ],
    ['a replaced call without an operation', () => withMethod({ query: [{ replaces: true }] }), /names no operation/],
    [
      'a type of a model that is not used',
      () => broken({ clients: data.clients.map((client) => ({ ...client, uses: [] })) }),
      /names the type jsforce:Connection/,
    ],
    [
      'one export name for two types',
      () =>
        broken({ clients: data.clients.map((client) => ({ ...client, types: { ...client.types, Twin: { exported: ['Connection'] } } })) }),
      /exports Connection as two types/,
    ],
  ],
  duplicateCodes: [
    [
      'a code twice in a family',
      () => broken({ codes: [...data.codes, ...data.codes.slice(0, 1)] }),
      /INVALID_SESSION_ID in soap stands twice|stands twice/,
    ],
    [
      'a code whose other family has its own entry',
      () => withCode({ code: 'UNABLE_TO_LOCK_ROW', family: 'metadata', alsoIn: ['dml'] }),
      /UNABLE_TO_LOCK_ROW in dml stands twice/,
    ],
    ['a path of two operations', () => withOperation({ paths: ['GET /query'] }), /GET \/query stands twice/],
    ['an operation twice', () => broken({ operations: [...data.operations, ...data.operations.slice(0, 1)] }), /operation .* stands twice/],
  ],
  knownNames: [
    ['a related code without an entry', () => withCode({ related: ['NO_SUCH_CODE'] }), /names NO_SUCH_CODE/],
    ['a code related to itself', () => withCode({ related: ['STORAGE_LIMIT_EXCEEDED'] }), /related to itself/],
    [
      'an inner code that is not hidden',
      () =>
        withCode({
          modes: [
            { ...mode, when: { inner: 'NOT_FOUND' } },
            { ...mode, id: 'two' },
          ],
        }),
      /not among what the code hides/,
    ],
    ['an unknown status', () => withCode({ http: [418] }), /HTTP 418/],
    [
      'a status with an unknown code',
      () => broken({ statuses: data.statuses.map((status) => ({ ...status, codes: ['TEAPOT'] })) }),
      /names TEAPOT/,
    ],
  ],
  modeOrder: [
    ['a last mode with a condition', () => withCode({ modes: [{ ...mode, when: { message: 'x' } }] }), /the last mode one has a condition/],
    ['an earlier mode without one', () => withCode({ modes: [mode, { ...mode, id: 'two' }] }), /takes everything/],
    [
      'a pattern that does not compile',
      () =>
        withCode({
          modes: [
            { ...mode, when: { message: '(' } },
            { ...mode, id: 'two' },
          ],
        }),
      /no regular expression/,
    ],
    [
      'a pattern that fits all',
      () =>
        withCode({
          modes: [
            { ...mode, when: { message: 'x*' } },
            { ...mode, id: 'two' },
          ],
        }),
      /fits every message/,
    ],
    [
      'an empty condition',
      () =>
        withCode({
          modes: [
            { ...mode, when: {} },
            { ...mode, id: 'two' },
          ],
        }),
      /is empty/,
    ],
    ['two modes of one name', () => withCode({ modes: [{ ...mode, when: { message: 'x' } }, mode] }), /two modes are called one/],
  ],
  operationFailures: [
    ['a code without an entry', () => withOperation({ failures: ['NO_SUCH_CODE'] }), /NO_SUCH_CODE, which has no entry/],
    ['a mode that the code lacks', () => withOperation({ failures: ['REQUEST_LIMIT_EXCEEDED/weekly'] }), /no mode weekly/],
    ['a code that another family lacks', () => withOperation({ failures: ['oauth:UNABLE_TO_LOCK_ROW'] }), /no entry in oauth/],
    ['a status without an entry', () => withOperation({ failures: ['HTTP_418'] }), /HTTP_418, which has no entry/],
    ['a status that is no failure', () => withOperation({ failures: ['HTTP_200'] }), /no class or no retry safety/],
    ['a failure named twice', () => withOperation({ failures: ['NOT_FOUND', 'NOT_FOUND'] }), /NOT_FOUND twice/],
    ['a limit nobody describes', () => withOperation({ limits: ['WeeklyApiRequests'] }), /spends WeeklyApiRequests/],
  ],
  operationShapes: [
    ['a partial success that shows nowhere', () => withOperation({ partialShape: undefined }), /does not say where that shows/],
    ['a place for a partial success that never comes', () => withOperation({ partial: false }), /said never to succeed in part/],
    ['pages without a way to the next', () => withOperation({ paging: true }), /does not say how the next is found/],
    [
      'a way to a next page that does not exist',
      () => withOperation({ pages: { rows: 'records', next: 'nextRecordsUrl', by: 'rest.query-more' } }),
      /said not to answer in pages/,
    ],
    ['a bulk job whose failed rows nobody reads', () => withOperation({ kind: 'bulk' }), /operation that reads its failed rows/],
  ],
  repeatability: [
    ['many writes that may be repeated as a whole', () => withOperation({ repeatable: 'yes' }), /cannot be repeated as a whole/],
    ['a repeatable create', () => withOperation({ kind: 'create', repeatable: 'yes' }), /creates them again/],
    ['no reason for not repeating', () => withOperation({ repeatNote: undefined }), /does not say why/],
    ['many writes without partial success', () => withOperation({ partial: false }), /never to succeed in part/],
  ],
  sources: [
    ['an address without https', () => withCode({ source: 'http://developer.salesforce.com/' }), /no https address/],
    ['a script instead of an address', () => withCode({ source: 'javascript:alert(1)' }), /no https address/],
    ['a repository path', () => withCode({ source: 'jsforce/jsforce:src/request.ts' }), /no https address/],
  ],
  texts: [
    ['a title that reads the code aloud', () => withCode({ title: 'Storage limit exceeded' }), /title reads the code aloud/],
    [
      'a meaning that reads the code aloud',
      () => withCode({ meaning: 'The storage limit was exceeded, the storage limit error.' }),
      /meaning reads the code aloud/,
    ],
    ['a title with a full stop', () => withCode({ title: 'The org has no room for more.' }), /ends with a full stop/],
    [
      'an unfinished sentence',
      () => withCode({ modes: [{ ...mode, doInCode: 'Set the record aside and' }] }),
      /does not end like a sentence/,
    ],
    ['stray blanks', () => withCode({ meaning: 'Data or  file storage is full.' }), /stray blanks/],
    ['a forgotten note', () => withCode({ meaning: 'Data or file storage is full, TBD with whom to talk.' }), /unfinished/],
  ],
};

describe('catalogue: checks', () => {
  it('every file of a check is in the list, with examples of what it catches', () => {
    const names = readdirSync(new URL('.', import.meta.url))
      .filter((name) => name.endsWith('.ts') && !['index.ts', 'problem.ts', 'lint.test.ts'].includes(name))
      .map((name) => name.replace(/\.ts$/, ''));
    assert.deepEqual(Object.keys(LINTS).sort(), names.sort());
    assert.deepEqual(Object.keys(EXAMPLES).sort(), names);
  });

  for (const [name, lint] of Object.entries(LINTS)) {
    it(`${name}: nothing to say of the catalogue`, () => {
      assert.deepEqual(lint(data), []);
    });
    for (const [what, catalogue, says] of EXAMPLES[name] ?? []) {
      it(`${name}: catches ${what}`, () => {
        assert.ok(
          lint(catalogue()).some((problem) => says.test(problem)),
          lint(catalogue()).join('\n') || 'it says nothing',
        );
      });
    }
  }
});
