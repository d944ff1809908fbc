import assert from 'node:assert/strict';
import { clientPackages, clients, clientsOf, findClient, findOperation } from '../index.ts';
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
    assert.deepEqual(method('apex', 'Database', 'insert').map(({ given, failure }) => [given?.is, failure?.by]), [['false', 'per-record'], [undefined, 'exception']]);
    assert.deepEqual(method('apex', 'Http', 'send')[0]?.failure, { by: 'status', code: 'getStatusCode()' });
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
