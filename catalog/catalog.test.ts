import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as catalog from './index.ts';
import { codeFile } from './schema/code.ts';
import { SCHEMA_OF_FOLDER, faultsOf } from './schema/files.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const GARBAGE = [
  '',
  ' ',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u0000',
  'sf:',
  ':',
  '/',
  '//',
  'HTTP_',
  'HTTP_999',
  '☃',
  'a'.repeat(100_000),
];

function files(folder: string): string[] {
  return readdirSync(join(HERE, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${folder}/${name}`);
}

describe('catalogue: operations that meet a code', () => {
  it('are those that mean this entry, not another family\'s code of the same name', () => {
    const of = (family: string): readonly string[] => catalog.findCode('INVALID_EMAIL_ADDRESS').filter((entry) => entry.family === family).flatMap(catalog.operationsWith);
    assert.deepEqual(of('metadata'), []);
    assert.ok(of('dml').includes('apex.dml.insert'));
  });
});

describe('catalogue: files', () => {
  for (const path of Object.keys(SCHEMA_OF_FOLDER).flatMap(files).filter((name) => name !== 'codes/index.json')) {
    it(`${path} follows its schema`, () => {
      assert.deepEqual(faultsOf(path, JSON.parse(readFileSync(join(HERE, path), 'utf8'))), []);
    });
  }

  it('a file with a misspelt field or an unknown class is refused', () => {
    const [first] = (JSON.parse(readFileSync(join(HERE, 'codes/rest.json'), 'utf8')) as { codes: { modes: object[] }[] }).codes;
    assert.ok(first);
    assert.equal(codeFile.safeParse({ codes: [first] }).success, true);
    assert.equal(codeFile.safeParse({ codes: [{ ...first, meening: 'x' }] }).success, false);
    assert.equal(codeFile.safeParse({ codes: [{ ...first, modes: [{ ...first.modes[0], class: 'sometimes' }] }] }).success, false);
    assert.equal(codeFile.safeParse({ codes: [{ ...first, modes: [] }] }).success, false);
  });
});

const FIRST_CODES = [
  'INVALID_SESSION_ID',
  'REQUEST_LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
  'UNABLE_TO_LOCK_ROW',
  'QUERY_TIMEOUT',
  'MALFORMED_QUERY',
  'MALFORMED_ID',
  'INVALID_FIELD',
  'INVALID_TYPE',
  'NOT_FOUND',
  'ENTITY_IS_DELETED',
  'ENTITY_IS_LOCKED',
  'DUPLICATE_VALUE',
  'DUPLICATES_DETECTED',
  'REQUIRED_FIELD_MISSING',
  'FIELD_CUSTOM_VALIDATION_EXCEPTION',
  'FIELD_INTEGRITY_EXCEPTION',
  'FIELD_FILTER_VALIDATION_EXCEPTION',
  'STRING_TOO_LONG',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
  'INVALID_CROSS_REFERENCE_KEY',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
  'API_CURRENTLY_DISABLED',
  'API_DISABLED_FOR_ORG',
  'STORAGE_LIMIT_EXCEEDED',
  'TXN_SECURITY_NO_ACCESS',
  'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
  'UNKNOWN_EXCEPTION',
  'MULTIPLE_API_ERRORS',
  'invalid_grant',
  'UNSUPPORTED_API_VERSION',
];

describe('catalogue: codes', () => {
  it('explains the codes that integrations meet most', () => {
    assert.deepEqual(
      FIRST_CODES.filter((name) => catalog.findCode(name).length === 0),
      [],
    );
    assert.deepEqual(
      FIRST_CODES.filter((name) => !catalog.codeNames().includes(name)),
      [],
    );
  });

  it('gives every entry of a code that stands in several families', () => {
    assert.deepEqual(
      catalog
        .findCode('UNABLE_TO_LOCK_ROW')
        .map((code) => code.family)
        .sort(),
      ['dml', 'rest'],
    );
    assert.equal(catalog.codeIn('UNABLE_TO_LOCK_ROW', 'dml')?.family, 'dml');
    assert.equal(catalog.codeIn('UNABLE_TO_LOCK_ROW', 'soap')?.family, 'rest', 'the whole-request meaning also stands in SOAP');
    assert.equal(catalog.codeIn('ECONNRESET', 'bulk2')?.family, 'client', 'a broken connection belongs to every family');
  });

  it('takes the namespace prefix off a SOAP fault code', () => {
    assert.equal(catalog.findCode('sf:INVALID_SESSION_ID')[0]?.code, 'INVALID_SESSION_ID');
  });

  const modes: [code: string, family: catalog.Family, message: string | undefined, mode: string, failureClass: catalog.FailureClass][] = [
    ['REQUEST_LIMIT_EXCEEDED', 'rest', 'TotalRequests Limit exceeded.', 'daily', 'quota'],
    ['REQUEST_LIMIT_EXCEEDED', 'rest', 'ConcurrentPerOrgLongTxn Limit exceeded.', 'concurrent', 'transient'],
    ['REQUEST_LIMIT_EXCEEDED', 'rest', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 'concurrent', 'transient'],
    ['REQUEST_LIMIT_EXCEEDED', 'rest', undefined, 'daily', 'quota'],
    [
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      'dml',
      'T: execution of AfterUpdate caused by: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access',
      'row-lock',
      'transient',
    ],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'dml', '{"errorCode":"INVALID_SESSION_ID"}', 'inner-session', 'access'],
    ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'dml', 'System.NullPointerException', 'other', 'data'],
    ['API_CURRENTLY_DISABLED', 'rest', 'API is disabled for this User', 'user', 'access'],
    ['INVALID_SESSION_ID', 'rest', 'Session expired or invalid', 'expired', 'session'],
    ['INVALID_SESSION_ID', 'rest', 'This session is not valid for use with the REST API', 'not-for-rest', 'access'],
    ['invalid_grant', 'oauth', 'expired access/refresh token', 'expired-token', 'access'],
    ['invalid_grant', 'oauth', 'token request is already being processed', 'busy', 'transient'],
    ['invalid_grant', 'oauth', 'authentication failure - Invalid Password', 'wrong-password', 'access'],
    ['invalid_grant', 'oauth', 'authentication failure', 'authentication-failure', 'access'],
    ['invalid_grant', 'oauth', 'ip restricted', 'ip-restricted', 'access'],
    ['invalid_grant', 'oauth', 'inactive user', 'inactive-user', 'access'],
    ['invalid_grant', 'oauth', 'inactive organization', 'inactive-organization', 'access'],
    ['invalid_grant', 'oauth', "user hasn't approved this consumer", 'not-approved', 'access'],
    ['invalid_grant', 'oauth', 'expired authorization code', 'expired-code', 'request'],
    ['invalid_grant', 'oauth', 'invalid authorization code', 'code', 'request'],
    ['invalid_grant', 'oauth', 'Audience validation failed', 'audience', 'request'],
    ['invalid_grant', 'oauth', 'something new', 'other', 'access'],
  ];
  for (const [name, family, message, mode, failureClass] of modes) {
    it(`${name} with ${message === undefined ? 'no message' : `"${message}"`} is ${mode}, ${failureClass}`, () => {
      const code = catalog.codeIn(name, family);
      assert.ok(code);
      const found = catalog.modeOf(code, message === undefined ? {} : { message });
      assert.deepEqual([found?.id, found?.class], [mode, failureClass]);
    });
  }

  it('knows generic words from distinctive ones', () => {
    assert.equal(catalog.isGenericCode('NOT_FOUND'), true);
    assert.equal(catalog.isGenericCode('INVALID_TYPE'), true);
    assert.equal(catalog.isGenericCode('ECONNRESET'), true);
    assert.equal(catalog.isGenericCode('UNABLE_TO_LOCK_ROW'), false);
    assert.equal(catalog.isGenericCode('no such code'), false);
  });

  it('makes the names that jsforce makes up out of the statuses', () => {
    const [code] = catalog.findCode('ERROR_HTTP_503');
    assert.equal(code?.family, 'client');
    assert.deepEqual(code?.http, [503]);
    assert.equal(code?.modes[0]?.retry, 'unknown-outcome');
    assert.deepEqual(catalog.findCode('ERROR_HTTP_200'), []);
    assert.deepEqual(catalog.findCode('ERROR_HTTP_999'), []);
  });

  it('never says that a repeat of a refused daily limit or of bad data could help', () => {
    const wrong = catalog
      .codeNames()
      .flatMap((name) => catalog.findCode(name))
      .flatMap((code) =>
        code.modes.filter((mode) => mode.class === 'request' && mode.retry === 'unknown-outcome').map((mode) => `${code.code}/${mode.id}`),
      );
    assert.deepEqual(wrong, []);
  });
});

describe('catalogue: HTTP statuses', () => {
  it('are found by number and by digits', () => {
    assert.equal(catalog.findStatus(403)?.codes.includes('REQUEST_LIMIT_EXCEEDED'), true);
    assert.equal(catalog.findStatus('403'), catalog.findStatus(403));
    for (const bad of [0, -403, 403.5, NaN, Infinity, '4e2', '0403', ' 403', '403 ', ...GARBAGE])
      assert.equal(catalog.findStatus(bad), undefined, String(bad).slice(0, 20));
  });

  it('cover what Salesforce answers with, in ascending order', () => {
    const numbers = catalog.httpStatuses().map((status) => status.status);
    for (const status of [
      200, 201, 204, 300, 304, 400, 401, 403, 404, 405, 409, 410, 412, 414, 415, 420, 428, 429, 431, 500, 502, 503, 504,
    ])
      assert.ok(numbers.includes(status), String(status));
    assert.deepEqual(
      numbers,
      [...numbers].sort((a, b) => a - b),
    );
  });
});

describe('catalogue: operations', () => {
  it('every failure of every operation resolves to a mode', () => {
    for (const operation of catalog.operations()) {
      for (const failure of operation.failures)
        assert.ok(catalog.resolveFailure(failure, operation.family).length > 0, `${operation.id}: ${failure}`);
    }
  });

  it('a create meets a lock, the daily limit, duplicates and a lost session, each in its class and most telling first', () => {
    const first = (failureClass: catalog.FailureClass): string | undefined =>
      catalog.modesOf('rest.sobject.create').find(({ mode }) => mode.class === failureClass)?.code.code;
    assert.equal(first('transient'), 'UNABLE_TO_LOCK_ROW');
    assert.equal(first('quota'), 'REQUEST_LIMIT_EXCEEDED');
    assert.equal(first('data'), 'DUPLICATES_DETECTED');
    assert.equal(first('session'), 'INVALID_SESSION_ID');
    assert.equal(first('access'), 'INSUFFICIENT_ACCESS_OR_READONLY');
    assert.equal(first('outage'), 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE');
  });

  it('a call of many records meets the statuses of single records', () => {
    const lock = catalog.modesOf('rest.collections.update').find(({ code }) => code.code === 'UNABLE_TO_LOCK_ROW');
    assert.equal(lock?.code.family, 'dml');
    assert.equal(catalog.findOperation('rest.collections.update')?.partial, true);
  });

  it('a query cannot meet what only writes meet', () => {
    const codes = catalog.modesOf('rest.query').map(({ code }) => code.code);
    assert.ok(codes.includes('MALFORMED_QUERY') && codes.includes('QUERY_TIMEOUT'));
    for (const name of ['UNABLE_TO_LOCK_ROW', 'DUPLICATE_VALUE', 'STORAGE_LIMIT_EXCEEDED']) assert.equal(codes.includes(name), false, name);
  });

  it('creating is never said to be repeatable, reading always', () => {
    for (const { id, kind, repeatable } of catalog.operations()) {
      if (kind === 'create') assert.equal(repeatable, 'no', id);
      if (['query', 'query-more', 'search', 'retrieve', 'describe', 'limits'].includes(kind)) assert.equal(repeatable, 'yes', id);
    }
  });
});

describe('catalogue: plain requests', () => {
  const requests: [method: string, url: string, operation: string | undefined][] = [
    ['GET', 'https://example.my.salesforce.com/services/data/v60.0/query/?q=SELECT+Id+FROM+Account', 'rest.query'],
    ['get', '/services/data/v60.0/query/01g000-2000', 'rest.query-more'],
    ['GET', '{}/services/data/v{}/limits/', 'rest.limits'],
    ['GET', '{}/services/data/{}/sobjects/Account/describe', 'rest.sobject.describe'],
    ['GET', '/sobjects/Account/001', 'rest.sobject.retrieve'],
    ['PATCH', '/sobjects/Account/Number__c/{}', 'rest.sobject.upsert'],
    ['POST', '/v60.0/composite/sobjects', 'rest.collections.create'],
    ['POST', '/composite', 'composite.request'],
    ['PUT', '/jobs/ingest/{}/batches', 'bulk2.job.upload'],
    ['POST', 'https://login.salesforce.com/services/oauth2/token', 'oauth.token'],
    ['POST', '/services/apexrest/ns/Orders/1?x=/composite', 'apexrest.post'],
    ['GET', 'https://login.salesforce.com/id/00D/005', 'rest.identity'],
    ['DELETE', '/query', undefined],
    ['POST', '/composite/treeline', undefined],
    ['GET', '{}', undefined],
    ['GET', '/services/apexrest', undefined],
    ['', '', undefined],
  ];
  for (const [method, url, operation] of requests) {
    it(`${method} ${url} is ${operation ?? 'nothing known'}`, () => assert.equal(catalog.operationOfRequest(method, url)?.id, operation));
  }

  it('every path that an operation names leads back to it', () => {
    for (const { id, paths } of catalog.operations()) {
      for (const text of paths ?? []) {
        const [method = '', path = ''] = text.split(' ');
        assert.equal(catalog.operationOfRequest(method, path.replace('**', 'some/where'))?.id, id, text);
      }
    }
  });
});

describe('catalogue: clients and libraries', () => {
  it('are found by package and sub-path', () => {
    assert.deepEqual(
      catalog.clientsOf('jsforce').map((client) => client.id),
      ['jsforce'],
    );
    assert.deepEqual(
      catalog.clientsOf('jsforce/lib/connection.js').map((client) => client.id),
      ['jsforce'],
    );
    assert.deepEqual(
      catalog.clientsOf('jsforce/lib/somewhere/else').map((client) => client.id),
      ['jsforce'],
    );
    assert.deepEqual(
      catalog.clientsOf('@salesforce/core').map((client) => client.id),
      ['salesforce-core'],
    );
    assert.deepEqual(catalog.clientsOf('@salesforce/other'), []);
    assert.deepEqual(catalog.clientsOf('jsforce-mock'), []);
    assert.deepEqual(catalog.clientPackages(), [
      '@jsforce/jsforce-node', '@salesforce/core', '@salesforce/core-bundle', 'fuel-auth', 'fuel-rest', 'fuel-soap', 'fuelsdk-node', 'jsforce', 'nforce', 'nforce8', 'node-salesforce-jwt',
      'salesforce-jwt-bearer-token-flow', 'salesforce-jwt-promise', 'sf-jwt-bearer-token-flow', 'sf-jwt-token', 'sfmc-sdk',
    ]);
  });

  it('retry libraries and reporters are told apart', () => {
    assert.deepEqual(
      catalog.librariesOf('p-retry').map((entry) => entry.kind),
      ['retry'],
    );
    assert.deepEqual(
      catalog.librariesOf('@sentry/node').map((entry) => entry.kind),
      ['reporter'],
    );
    const effect = (id: string): string | undefined => catalog.reporterLibraries().find((entry) => entry.id === id)?.effect;
    assert.deepEqual([effect('console'), effect('loggers'), effect('error-reporters')], ['log', 'log', 'report']);
    assert.deepEqual(
      catalog
        .retryLibraries()
        .filter((entry) => entry.language === undefined)
        .map((entry) => entry.id)
        .sort(),
      ['async', 'async-retry', 'attempt', 'bluebird-retry', 'cockatiel', 'es-toolkit', 'exponential-backoff', 'p-retry', 'promise-retry', 'radash', 'retry', 'retry-as-promised', 'ts-retry', 'ts-retry-promise', 'typescript-retry-decorator'],
    );
  });

  it('libraries of one language are no libraries of another', () => {
    assert.deepEqual(catalog.librariesOf('requests.exceptions', 'python').map((entry) => entry.id), ['requests']);
    assert.deepEqual(catalog.librariesOf('requests'), []);
    assert.deepEqual(catalog.librariesOf('axios', 'python'), []);
    assert.deepEqual(catalog.librariesOf('retry').map((entry) => entry.language), [undefined]);
    assert.deepEqual(catalog.librariesOf('retry', 'python').map((entry) => entry.id), ['python-retry']);
    assert.deepEqual(catalog.librariesOf('__proto__', 'python'), []);
  });

  it('a logger is no reporter: no receiver has a method that is both', () => {
    const names = (effect: 'log' | 'report'): string[] =>
      catalog
        .reporterLibraries()
        .filter((entry) => entry.effect === effect)
        .flatMap((entry) => entry.receivers.flatMap((name) => (entry.methods.length > 0 ? entry.methods : ['*']).map((method) => `${name.toLowerCase()}.${method}`)));
    assert.deepEqual(
      names('log').filter((name) => names('report').includes(name)),
      [],
    );
  });

  it('limits are found by their key', () => {
    assert.equal(catalog.findLimit('DailyApiRequests')?.group, 'api');
    assert.ok(catalog.limits().length >= 20);
  });
});

describe('catalogue: garbage', () => {
  for (const name of GARBAGE) {
    it(`${JSON.stringify(name.slice(0, 20))} is found nowhere and breaks nothing`, () => {
      assert.deepEqual(catalog.findCode(name), []);
      assert.equal(catalog.codeIn(name, 'rest'), undefined);
      assert.equal(catalog.isGenericCode(name), false);
      assert.equal(catalog.findOperation(name), undefined);
      assert.deepEqual(catalog.modesOf(name), []);
      assert.deepEqual(catalog.resolveFailure(name, 'rest'), []);
      assert.equal(catalog.findClient(name), undefined);
      assert.equal(catalog.operationOfRequest('GET', name), undefined);
      assert.equal(catalog.operationOfRequest(name, '/query'), undefined);
      assert.deepEqual(catalog.clientsOf(name), []);
      assert.deepEqual(catalog.librariesOf(name), []);
      assert.equal(catalog.findLimit(name), undefined);
    });
  }

  it('the catalogue folder holds nothing that no look-up reaches', () => {
    const reached = readFileSync(join(HERE, 'data.ts'), 'utf8');
    for (const path of Object.keys(SCHEMA_OF_FOLDER).filter((folder) => folder !== 'codes').flatMap(files)) assert.ok(reached.includes(`'./${path}'`), path);
    assert.deepEqual(
      files('codes').sort(),
      [...catalog.codeFamilies().map((family) => `codes/${family}.json`), 'codes/http-statuses.json', 'codes/index.json'].sort(),
    );
    for (const family of catalog.codeFamilies()) assert.ok(catalog.codesOfFamily(family).every((code) => code.family === family), family);
  });
});
