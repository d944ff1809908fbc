import assert from 'node:assert/strict';
import { clientPackages, clients, clientsOf, findClient, findOperation, modesOf } from '../index.ts';
import type { ClientMethod, ClientModel, Language } from '../index.ts';

const OTHERS: readonly Language[] = ['python', 'java', 'csharp', 'apex', 'go', 'php', 'ruby'];

function ids(specifier: string, language?: Language): string[] {
  return clientsOf(specifier, language).map((client) => client.id);
}

function model(id: string): ClientModel {
  const found = findClient(id);
  assert.ok(found, id);
  return found;
}

function method(id: string, type: string, name: string): ClientMethod[] {
  const found = model(id).types[type]?.methods?.[name] ?? model(id).types[type]?.statics?.[name];
  assert.ok(found, `${id}: ${type}.${name}`);
  return found;
}

describe('catalogue: client models of other languages', () => {
  it('are found by the names under which code imports them, and below those', () => {
    assert.deepEqual(ids('simple_salesforce', 'python'), ['simple-salesforce']);
    assert.deepEqual(ids('simple_salesforce.exceptions', 'python'), ['simple-salesforce']);
    assert.deepEqual(ids('com.sforce.soap.partner.fault.ApiFault', 'java'), ['force-wsc']);
    assert.deepEqual(ids('com.sforce.async.BulkConnection', 'java'), ['force-wsc']);
    assert.deepEqual(ids('Salesforce.Common.Models.Json', 'csharp'), ['force-toolkit-net']);
    assert.deepEqual(ids('github.com/g8rswimmer/go-sfdc/soql', 'go'), ['go-sfdc']);
    assert.deepEqual(ids('github.com/k-capehart/go-salesforce/v3', 'go'), ['go-salesforce']);
    assert.deepEqual(ids('\\Omniphx\\Forrest\\Exceptions\\SalesforceException', 'php'), ['forrest']);
    assert.deepEqual(ids('restforce', 'ruby'), ['restforce']);
  });

  it('are not found by half a name, by the name of another language or in Apex, which imports nothing', () => {
    for (const [name, language] of [
      ['simple_salesforces', 'python'], ['com.sforce', 'java'], ['Salesforce', 'csharp'], ['simple-salesforce', 'python'], ['jsforce', 'python'],
      ['restforce', 'python'], ['Database', 'apex'], ['.', 'python'], ['..', 'java'], ['\\', 'php'], ['', 'go'], ['__proto__', 'ruby'],
    ] as const)
      assert.deepEqual(ids(name, language), [], name);
  });

  it('never reach JavaScript', () => {
    for (const name of OTHERS.flatMap((language) => [...clientPackages(language), ...clients(language).flatMap((each) => each.packages.flatMap((entry) => entry.imports ?? []))]))
      assert.deepEqual(ids(name), [], name);
    assert.ok(clients().every((client) => client.language === undefined && client.packages.length > 0));
    assert.deepEqual(clientPackages().filter((name) => /[.:\\]/.test(name)), []);
  });

  it('of each language there is one, and every one says where its failures show', () => {
    for (const language of OTHERS) {
      assert.ok(clients(language).length > 0, language);
      for (const { id, error, exceptions, failure } of clients(language)) assert.ok(error.details.length > 0 && (exceptions ?? failure), id);
    }
  });

  it('an unnamed property of a Python connection is an object, and a session id spares the login', () => {
    const type = model('simple-salesforce').types['Salesforce'];
    assert.equal(type?.anyProperty, 'SObject');
    assert.deepEqual(type?.construct, [{ given: { index: 3, name: 'session_id', is: 'present' } }, { operation: 'oauth.login' }]);
  });

  it('what gives no exception says so: Ruby without a bang, simpleforce, FuelSDK, Apex with allOrNone false', () => {
    const first = (id: string, type: string, name: string): string | undefined => method(id, type, name)[0]?.failure?.by;
    assert.equal(first('restforce', 'Client', 'create'), 'false');
    assert.equal(first('restforce', 'Client', 'create!'), undefined);
    assert.equal(first('simpleforce', 'SObject', 'Update'), 'null');
    assert.equal(model('simpleforce').failure?.by, 'error');
    assert.equal(model('fuelsdk-python').failure?.ok, 'status');
    assert.deepEqual(
      method('apex', 'Database', 'insert').map(({ when, given, operation, failure }) => [when?.is, given?.is, operation, failure?.by, failure?.list]),
      [
        ['array', 'false', 'apex.database.insert', 'per-record', ''],
        [undefined, 'false', 'apex.database.insert', 'per-record', undefined],
        [undefined, undefined, 'apex.dml.insert', 'exception', undefined],
      ],
    );
    assert.deepEqual(method('apex', 'Http', 'send')[0]?.failure, { by: 'status', code: 'getStatusCode()' });
  });

  it('Apex succeeds in part exactly where results tell it, and never spends a request of the API or has a status but in a callout', () => {
    const { functions = {}, types } = model('apex');
    const variants = [functions, ...Object.values(types).flatMap(({ methods = {}, statics = {} }) => [methods, statics])].flatMap((byName) => Object.values(byName).flat());
    assert.ok(variants.length > 30);
    for (const { operation = '', failure } of variants) {
      const found = findOperation(operation);
      assert.ok(found, operation);
      assert.equal(found.partial, failure?.by === 'per-record', operation);
      if (operation === 'rest.request') continue;
      assert.match(operation, /^apex\./);
      assert.equal(found.http, 'unknown', operation);
      assert.ok(!found.limits.includes('DailyApiRequests') && !found.failures.some((failure) => failure.startsWith('HTTP_')), operation);
    }
    for (const name of ['insert', 'merge', 'convert-lead'])
      for (const form of ['dml', 'database']) assert.equal(findOperation(`apex.${form}.${name}`)?.repeatable, 'no', `${form} ${name}`);
    assert.equal(findOperation('apex.publish')?.repeatable, 'no');
  });

  it('SOAP clients send SOAP calls, reads included, whose pages and faults are those of SOAP', () => {
    for (const [id, type] of [['force-wsc', 'SoapConnection'], ['phpforce', 'Client']] as const) {
      const sent = Object.values(model(id).types[type]?.methods ?? {}).flatMap((variants) => variants.flatMap(({ operation }) => operation ?? []));
      assert.deepEqual(sent.filter((operation) => !operation.startsWith('soap.')), [], id);
      for (const name of ['query', 'query-all', 'query-more', 'search', 'retrieve', 'describe', 'describe-global', 'get-updated', 'get-deleted', 'send-email'])
        assert.ok(sent.includes(`soap.${name}`), `${id}: ${name}`);
    }
    for (const name of ['query', 'query-all', 'query-more']) assert.deepEqual(findOperation(`soap.${name}`)?.pages, { rows: 'records', done: 'done', next: 'queryLocator', by: 'soap.query-more' });
    const codes = modesOf('soap.query-more').map(({ code }) => code.code);
    for (const code of ['INVALID_QUERY_LOCATOR', 'INVALID_SESSION_ID', 'REQUEST_LIMIT_EXCEEDED', 'REQUEST_RUNNING_TOO_LONG', 'ETIMEDOUT']) assert.ok(codes.includes(code), code);
  });

  it('what phpforce only announces sends nothing', () => {
    for (const name of ['process', 'resetPassword']) assert.deepEqual(method('phpforce', 'Client', name), [{ failure: { by: 'exception' } }], name);
  });

  it('where the library throws for single records, the model does not claim results', () => {
    assert.equal(method('phpforce', 'Client', 'create')[0]?.failure, undefined);
    assert.equal(method('phpforce', 'Client', 'upsert')[0]?.failure?.by, 'per-record');
    assert.equal(findOperation('soap.create')?.partial, true);
  });

  it('only aiosalesforce and the connection below WSC repeat by themselves, creates included', () => {
    const repeating = OTHERS.flatMap((language) => clients(language)).filter((client) => client.retries.some((retry) => retry.methods.includes('POST')));
    assert.deepEqual(repeating.map((client) => client.id).sort(), ['aiosalesforce', 'force-wsc']);
  });
});
