import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { findClient } from '../index.ts';
import type { ClientModel } from '../index.ts';

const require = createRequire(import.meta.url);

/** Objects of the real library, one for each client type that can be made without a request. */
function objectsOf(packageName: 'jsforce' | 'jsforce1'): Record<string, object> {
  const jsforce = require(packageName);
  const conn = new jsforce.Connection({ instanceUrl: 'https://example.invalid', accessToken: 'none', version: '60.0' });
  const account = conn.sobject('Account');
  const job = conn.bulk.createJob('Account', 'insert');
  return {
    Connection: conn,
    OAuth2: new jsforce.OAuth2({ clientId: 'none' }),
    SObject: account,
    RecordReference: account.record('001'),
    ListView: account.listview('00B'),
    Query: conn.query('SELECT Id FROM Account'),
    QuickAction: conn.quickAction('New'),
    Tooling: conn.tooling,
    ToolingSObject: conn.tooling.sobject('ApexClass'),
    Bulk: conn.bulk,
    BulkJob: job,
    BulkBatch: job.createBatch(),
    Metadata: conn.metadata,
    Apex: conn.apex,
    Analytics: conn.analytics,
    Report: conn.analytics.report('00O'),
    ReportInstance: conn.analytics.report('00O').instance('0LG'),
    Dashboard: conn.analytics.dashboard('01Z'),
    Streaming: conn.streaming,
    Topic: conn.streaming.topic('Topic'),
    Channel: conn.streaming.channel('/u/Channel'),
    Soap: conn.soap,
    Chatter: conn.chatter,
    ChatterResource: conn.chatter.resource('/users/me'),
    Process: conn.process,
    ProcessRule: conn.process.rule,
    ApprovalProcess: conn.process.approval,
    ...(conn.bulk2 && {
      Bulk2: conn.bulk2,
      IngestJobV2: conn.bulk2.createJob({ object: 'Account', operation: 'insert' }),
      QueryJobV2: conn.bulk2.job('query', { id: '750' }),
    }),
  };
}

/** Names of the functions of an object and its classes, Node's own left out. */
function functionsOf(object: object): string[] {
  const names = new Set<string>();
  for (let level: object | null = object; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    if (level !== object && ['EventEmitter', 'Stream', 'Writable', 'Readable', 'Duplex'].includes(level.constructor?.name)) break;
    for (const name of Object.getOwnPropertyNames(level))
      if (typeof Object.getOwnPropertyDescriptor(level, name)?.value === 'function') names.add(name);
  }
  return [...names];
}

/** Promise methods are modelled wherever a promise-like is, though some of the library's promise-likes lack one. */
const PROMISE = ['then', 'catch', 'finally', 'promise'];
/** Functions that send nothing and lead to nothing that sends. */
const SENDS_NOTHING = new Set([
  'constructor',
  'initialize',
  'getAuthorizationUrl',
  'isLightningInstance',
  'unsubscribe',
  'getInfo',
  'ready',
  'then',
  'thenCall',
  'promise',
  'stream',
  'batchParams',
  'locatorToUrl',
  'urlToLocator',
  'constructResponse',
  'mapBulkV2ResultsToSaveResults',
  'createIngestRequest',
  'createQueryRequest',
  'doBatchDescribeRequest',
  'doBatchDescribeRequestBatches',
  'doBatchOfBatchDescribeRequests',
]);

function model(): ClientModel {
  const found = findClient('jsforce');
  assert.ok(found);
  return found;
}

for (const [packageName, old] of [
  ['jsforce', false],
  ['jsforce1', true],
] as const) {
  describe(`catalogue: the model of jsforce against the real ${old ? 'version 1' : 'version 3'}`, () => {
    const objects = objectsOf(packageName);

    for (const [name, object] of Object.entries(objects)) {
      it(`${name}: every function that may send a request is in the model`, () => {
        const type = model().types[name];
        assert.ok(type);
        const modelled = { ...type.methods, ...type.properties };
        const ofNode = new Set(Object.getOwnPropertyNames(EventEmitter.prototype));
        // The Tooling API has no bulk: these throw before they send anything.
        const bulk = name === 'ToolingSObject' ? /^bulkload$|Bulk$/ : /^$/;
        const missing = functionsOf(object).filter(
          (each) =>
            !/^_|\$\$$/.test(each) && !bulk.test(each) && !SENDS_NOTHING.has(each) && !ofNode.has(each) && !Object.hasOwn(modelled, each),
        );
        assert.deepEqual(missing, []);
      });
      it(`${name}: every method of the model that is said to exist in this version does`, () => {
        const claimed = Object.entries(model().types[name]?.methods ?? {}).filter(([, variants]) =>
          variants.some((each) => (old ? each.versions === '<2' && each.callback : each.versions !== '<2')),
        );
        const invented = claimed.map(([method]) => method).filter((method) => !(method in object) && !PROMISE.includes(method));
        assert.deepEqual(invented, []);
      });
      it(`${name}: every property of the model is there`, () => {
        const known = Object.keys(model().types[name]?.properties ?? {}).filter((property) => !(old && property === 'bulk2'));
        assert.deepEqual(
          known.filter((property) => !(property in object)),
          [],
        );
      });
    }
  });
}

describe('catalogue: what the model says of jsforce 3', () => {
  it('names the statuses, codes and methods of the real retry defaults', () => {
    const source = require('node:fs').readFileSync(require.resolve('jsforce/lib/request.js'), 'utf8') as string;
    const [retry] = model().retries;
    assert.ok(retry);
    for (const word of [...retry.methods, ...(retry.codes ?? [])]) assert.ok(source.includes(`'${word}'`), word);
    for (const status of retry.statuses) assert.match(source, new RegExp(`\\b${status}\\b`));
    assert.match(source, new RegExp(`maxRetries[^\\n]*\\b${retry.retries}\\b`));
  });

  it('knows that a query is lazy and a create is not', () => {
    const methods = model().types['Connection']?.methods;
    assert.equal(
      methods?.['query']?.every((variant) => variant.lazy),
      true,
    );
    assert.equal(
      methods?.['create']?.some((variant) => variant.lazy),
      false,
    );
  });

  it('sends a list of records to the collections resource and one record to its own', () => {
    const create = model().types['SObject']?.methods?.['create'] ?? [];
    assert.deepEqual(
      create.filter((variant) => variant.versions === undefined),
      [{ when: { index: 0, is: 'array' }, operation: 'rest.collections.create' }, { operation: 'rest.sobject.create' }],
    );
  });
});
