import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as records from '../data.ts';
import { codeFamilies, codesOfFamily } from '../index.ts';
import type { CodeFile, CodeGroup, ErrorCode, FailureMode } from '../schema/code.ts';
import type { HttpLibrary } from '../schema/httpLibrary.ts';
import type { RequestShape, UsageView } from '../schema/limit.ts';
import type { Message } from '../schema/message.ts';
import type { Operation } from '../schema/operation.ts';
import type { Retirement } from '../schema/retirement.ts';
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
function withModel(id: string, change: Partial<Catalogue['clients'][number]>): Catalogue {
  assert.ok(data.clients.some((client) => client.id === id));
  return broken({ clients: data.clients.map((client) => (client.id === id ? { ...client, ...change } : client)) });
}
function withHttp(change: Partial<HttpLibrary>): Catalogue {
  return broken({ libraries: data.libraries.map((library) => (library.kind === 'http' && library.id === 'axios' ? { ...library, ...change } : library)) });
}
/** The real catalogue with one entry more, in order but for the change. */
function withMessage(change: Partial<Message>): Catalogue {
  const message: Message = {
    id: 'made-for-the-test', product: 'salesforce', patterns: ['The made up text {name} stands in no log'], title: 'A text that nobody has met yet',
    meaning: 'It stands in the tests of the checks alone.', class: 'data', retry: 'never-helps', doInCode: 'Set the record aside with its reason.',
    who: 'data owner', causes: [], codes: [], source: 'https://help.salesforce.com/', checked: '2026-11-21',
  };
  return broken({ messages: [...data.messages, { ...message, ...change }] });
}
function withShape(change: Partial<RequestShape>): Catalogue {
  const shape: RequestShape = {
    id: 'test.shape', title: 'Records of a made up request', value: 7, unit: 'records', per: 'request', operations: [], codes: [], http: [400],
    beyond: 'The whole request is refused: send fewer.', source: 'https://help.salesforce.com/',
  };
  return broken({ requestShapes: [...data.requestShapes, { ...shape, ...change }] });
}
function withUsageView(change: Partial<UsageView>): Catalogue {
  const view: UsageView = { id: 'test-view', title: 'A made up page', limits: [], how: 'Open Setup and look for the page.', source: 'https://help.salesforce.com/' };
  return broken({ usageViews: [...data.usageViews, { ...view, ...change }] });
}
function withRetirement(change: Partial<Retirement>): Catalogue {
  const retirement: Retirement = {
    id: 'test-retirement', title: 'A made up part of the API', versions: { from: 1, to: 2 }, families: ['rest'], retired: "Summer '27", answers: [],
    instead: 'Use the part that took its place.', source: 'https://help.salesforce.com/', checked: '2026-11-21',
  };
  return broken({ retirements: [...data.retirements, { ...retirement, ...change }] });
}
/** One more group, its members among the codes as the look-ups would give them. */
function withGroup(change: Partial<CodeGroup>, members: Partial<CodeGroup['members'][number]>[] = [{}]): Catalogue {
  const group: CodeGroup = {
    id: 'test-group', family: 'metadata', title: 'A made up feature is set up wrongly', meaning: 'The feature is checked when it is saved; nothing was stored.',
    class: 'request', retry: 'never-helps', doInCode: 'Correct the definition, then deploy it again.', who: 'integration developer',
    source: 'https://help.salesforce.com/', checked: '2026-11-21',
    members: members.map((member) => ({
      code: 'TEAPOT', title: 'The vessel pours something else', trigger: 'The definition asks a vessel for coffee that only makes tea.', ...member,
    })),
    ...change,
  };
  return broken({ groups: [...data.groups, group] });
}
const mode: FailureMode = { id: 'one', class: 'data', retry: 'never-helps', doInCode: 'Set the record aside with its reason.' };

/** For each check: something broken, and what the check says of it. */
const EXAMPLES: Record<string, [what: string, catalogue: () => Catalogue, says: RegExp][]> = {
  categories: [
    [
      'a failure of Marketing Cloud without its category',
      () => withCode({ family: 'mc-rest', modes: [mode] }),
      /STORAGE_LIMIT_EXCEEDED in mc-rest, one has no operational category/,
    ],
    [
      'a category outside Marketing Cloud',
      () => withCode({ modes: [{ ...mode, category: 'server' }] }),
      /one has an operational category, which only Marketing Cloud knows/,
    ],
    ['a message of Marketing Cloud without one', () => withMessage({ product: 'marketing-cloud' }), /made-for-the-test has no operational category/],
    ['a message of another product with one', () => withMessage({ category: 'timeout' }), /made-for-the-test has an operational category/],
  ],
  classAndRetry: [
    [
      'a passing failure that no repeat helps',
      () => withCode({ modes: [{ ...mode, class: 'transient', retry: 'never-helps' }] }),
      /one is transient and never-helps/,
    ],
    ['a wrong request worth repeating', () => withCode({ modes: [{ ...mode, class: 'request', retry: 'unknown-outcome' }] }), /as wrong the second time/],
    ['a lost session that no login helps', () => withCode({ modes: [{ ...mode, class: 'session', retry: 'never-helps' }] }), /a new login would help/],
    [
      'a status that contradicts itself',
      () =>
        broken({
          statuses: data.statuses.map((status) => (status.status === 503 ? { ...status, class: 'outage', retry: 'never-helps' } : status)),
        }),
      /HTTP 503 is outage and never-helps/,
    ],
    ['a message that contradicts itself', () => withMessage({ class: 'transient' }), /the message made-for-the-test is transient and never-helps/],
  ],
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
    ['a result without a sign of failure', () => withMethod({ query: [{ operation: 'rest.query', failure: { by: 'result' } }] }), /no member tells/],
    ['a status that no member holds', () => withMethod({ query: [{ operation: 'rest.query', failure: { by: 'status' } }] }), /no member holds the status/],
    [
      'a number that no member is compared with',
      () => withMethod({ query: [{ operation: 'composite.request', failure: { by: 'per-record', ok: 'success', failsFrom: 400 } }] }),
      /begins at 400, of no member/,
    ],
    [
      'failures per record of a call for one record',
      () => withMethod({ query: [{ operation: 'rest.sobject.create', failure: { by: 'per-record', ok: 'success' } }] }),
      /rest\.sobject\.create never succeeds in part/,
    ],
    ['a condition on no argument', () => withMethod({ query: [{ operation: 'rest.query', given: { is: 'true' } }] }), /without index and name/],
    ['a property of an unknown type', () => withModel('simple-salesforce', { types: { Salesforce: { anyProperty: 'Nothing' } } }), /names the type Nothing/],
    [
      'a constructor that sends the unknown',
      () => withModel('simple-salesforce', { types: { Salesforce: { construct: [{ operation: 'oauth.lgoin' }] } } }),
      /constructed sends oauth\.lgoin/,
    ],
    ['an address that names the unknown', () => withModel('camel-salesforce', { endpoints: { scheme: 's', senders: [], steps: [], operations: { a: [{ operation: 'rest.a' }] } } }), /sends rest\.a/],
    ['a library in no package', () => withModel('restforce', { packages: [] }), /restforce has no package/],
    ['names of imports in JavaScript', () => withModel('nforce', { packages: [{ name: 'nforce', imports: ['other'] }] }), /imported by its own name/],
    ['an exception twice', () => withModel('restforce', { exceptions: [{ name: 'One' }, { name: 'One' }] }), /exception One twice/],
    ['an exception of an unknown code', () => withModel('restforce', { exceptions: [{ name: 'One', codes: ['NO_SUCH_CODE'] }] }), /NO_SUCH_CODE, which has no entry/],
    [
      'exceptions that extend each other',
      () => withModel('restforce', { exceptions: [{ name: 'One', parent: 'Two' }, { name: 'Two', parent: 'One' }] }),
      /One extends itself/,
    ],
    ['an answer that does not exist', () => withHttp({ errors: [{ answers: ['none'], statusClasses: [], networkClasses: [], status: [], body: [], network: [], never: [] }] }), /names the answer none/],
    ['an instance that does not exist', () => withHttp({ instances: [] }), /names the instance instance/],
    [
      'a request without method, address and known answer',
      () => withHttp({ requests: [{ names: ['go'], answers: ['none'] }] }),
      /nothing says the method of go/,
    ],
    ['a request without an address', () => withHttp({ requests: [{ names: ['go'], method: 'GET', answers: ['response'] }] }), /nothing says the address of go/],
    ['a request that is built by nothing', () => withHttp({ requests: [{ names: ['go'], builtAt: { argument: 0 }, answers: ['response'] }] }), /nothing says how the request of go is built/],
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
    ['two groups of one name in a family', () => withGroup({ id: data.groups.find(({ family }) => family === 'metadata')?.id }), /the group .* of metadata stands twice/],
    ['a message and a retirement of one id', () => withMessage({ id: data.retirements[0]?.id }), /the id api-versions-.* stands twice/],
    ['two request shapes of one id', () => broken({ requestShapes: [...withShape({}).requestShapes, ...withShape({}).requestShapes.slice(-1)] }), /the id test\.shape stands twice/],
    ['a text that is two messages', () => withMessage({ patterns: ['Some text {a}', 'Some text {a}'] }), /the message "Some text \{a\}" stands twice/],
  ],
  filler: [
    [
      'one advice under many codes',
      () =>
        broken({
          codes: data.codes.map((code) => (code.family === 'soap' ? { ...code, modes: code.modes.map((each) => ({ ...each, doInCode: mode.doInCode })) } : code)),
        }),
      /"Set the record aside with its reason\.\.\.\." stands in \d+ entries/,
    ],
    [
      'one meaning under many codes',
      () => broken({ codes: data.codes.map((code) => (code.family === 'oauth' ? { ...code, meaning: 'Something about the login went wrong.' } : code)) }),
      /"Something about the login went wrong\.\.\.\." stands in \d+ entries/,
    ],
    [
      'two codes of a family that nobody can tell apart',
      () => broken({ codes: data.codes.map((code) => (code.family === 'oauth' ? { ...code, title: 'The login went wrong somewhere' } : code)) }),
      /oauth: The login went wrong somewhere have the same title/,
    ],
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
    ['a message with an unknown code', () => withMessage({ codes: ['TEAPOT'] }), /the message made-for-the-test names TEAPOT/],
    [
      'a limit with an unknown code',
      () => broken({ limits: data.limits.map((limit) => (limit.name === 'DailyApiRequests' ? { ...limit, codes: ['TEAPOT'] } : limit)) }),
      /DailyApiRequests names TEAPOT/,
    ],
    ['a request shape with an unknown code', () => withShape({ codes: ['TEAPOT'] }), /test\.shape names TEAPOT/],
    ['a request shape of an unknown operation', () => withShape({ operations: ['rest.brew'] }), /test\.shape names rest\.brew/],
    ['a view of a limit nobody describes', () => withUsageView({ limits: ['WeeklyApiRequests'] }), /test-view names WeeklyApiRequests/],
    ['a retirement of an unknown operation', () => withRetirement({ operations: ['rest.brew'] }), /test-retirement names rest\.brew/],
    ['a retirement with an unknown code', () => withRetirement({ answers: [{ family: 'rest', code: 'TEAPOT' }] }), /test-retirement names TEAPOT/],
    ['failed rows read by an unknown operation', () => withOperation({ partialShape: { ok: 'success', readBy: 'rest.brew' } }), /names rest\.brew/],
    ['a next page read by an unknown operation', () => withOperation({ pages: { rows: 'records', next: 'next', by: 'rest.brew' } }), /names rest\.brew/],
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
  orphans: [
    [
      'an operation that nothing leads to',
      () => broken({ operations: [...data.operations, ...data.operations.slice(0, 1).map((operation) => ({ ...operation, id: 'rest.brew', paths: [] }))] }),
      /rest\.brew: no client model names it and it has no path/,
    ],
    [
      'an operation whose only client is gone',
      () => broken({ clients: [] }),
      /no client model names it/,
    ],
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
    ['an address with a password', () => withMessage({ source: 'https://me:secret@help.salesforce.com/' }), /made-for-the-test: .* no https address/],
    ['a request shape without a safe address', () => withShape({ source: 'http://help.salesforce.com/' }), /test\.shape: .* no https address/],
    ['a view without a safe address', () => withUsageView({ source: 'ftp://help.salesforce.com/' }), /test-view: .* no https address/],
    ['a retirement without a safe address', () => withRetirement({ source: 'file:///etc/hosts' }), /test-retirement: .* no https address/],
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
    ['a cause with a full stop', () => withCode({ causes: ['Too many files.'] }), /the cause "Too many files\." ends with a full stop/],
    [
      'an unfinished limit',
      () => broken({ limits: data.limits.map((limit) => (limit.name === 'DailyApiRequests' ? { ...limit, useLess: 'Ask for more rows a call,' } : limit)) }),
      /DailyApiRequests: .* does not end like a sentence/,
    ],
    ['an unfinished trigger', () => withGroup({}, [{ trigger: 'The definition asks a vessel for coffee' }]), /TEAPOT in test-group: .* does not end like a sentence/],
    ['a trigger that reads the code aloud', () => withGroup({}, [{ code: 'VESSEL_NOT_FOUND', trigger: 'The vessel was not found.' }]), /the trigger reads the code aloud/],
    ['an unfinished message', () => withMessage({ doInCode: 'Set the record aside and' }), /made-for-the-test: .* does not end like a sentence/],
    ['a title of a message with a full stop', () => withMessage({ title: 'A text that nobody has met yet.' }), /made-for-the-test: the title ends with a full stop/],
    ['a request shape with a forgotten note', () => withShape({ beyond: 'The request is refused, FIXME by whom.' }), /test\.shape: .* unfinished/],
    ['a view with stray blanks', () => withUsageView({ how: 'Open Setup  and look.' }), /test-view: .* stray blanks/],
    ['an unfinished retirement', () => withRetirement({ instead: 'Use the part that took its' }), /test-retirement: .* does not end like a sentence/],
    ['an unfinished note on repeating', () => withOperation({ repeatNote: 'Look first, then' }), /rest\.collections\.upsert: .* does not end like a sentence/],
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
