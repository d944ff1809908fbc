import assert from 'node:assert/strict';
import { findClient, findOperation, modesOf, operationOfRequest, operations } from '../index.ts';
import type { ClientMethod } from '../index.ts';

/** Every variant of every method of a model, by type and name. */
function methodsOf(id: string): [where: string, variant: ClientMethod][] {
  const client = findClient(id);
  assert.ok(client);
  return Object.entries(client.types).flatMap(([type, { methods = {} }]) =>
    Object.entries(methods).flatMap(([name, variants]) => variants.map((variant): [string, ClientMethod] => [`${type}.${name}`, variant])),
  );
}

describe('catalogue: the models of the Marketing Cloud libraries', () => {
  for (const id of ['sfmc-sdk', 'fuelsdk-node']) {
    it(`${id}: sends nothing but requests to Marketing Cloud`, () => {
      const sent = methodsOf(id).filter(([, variant]) => variant.operation !== undefined);
      assert.ok(sent.length >= 15);
      for (const [where, variant] of sent) assert.match(findOperation(variant.operation ?? '')?.family ?? '', /^mc-/, where);
    });
  }

  it('sfmc-sdk takes no callbacks, fuelsdk-node always does', () => {
    for (const [where, variant] of methodsOf('sfmc-sdk')) assert.equal(variant.callback, undefined, where);
    for (const [where, variant] of methodsOf('fuelsdk-node')) assert.equal(variant.callback, variant.operation === undefined ? undefined : true, where);
  });

  it('neither repeats a failed request of itself, the one unless it is told to', () => {
    assert.deepEqual(findClient('fuelsdk-node')?.retries, []);
    assert.deepEqual(findClient('sfmc-sdk')?.retries.map(({ option }) => option), [{ name: 'requestAttempts', above: 1 }]);
  });
});

describe('catalogue: the model of nforce', () => {
  it('sends what jsforce sends, with a callback or a promise, and never to Marketing Cloud', () => {
    for (const [where, variant] of methodsOf('nforce')) {
      if (variant.operation === undefined) continue;
      assert.equal(variant.callback ?? variant.events, true, where);
      assert.doesNotMatch(findOperation(variant.operation)?.family ?? 'mc-', /^mc-/, where);
    }
  });

  it('writes one record at a time, so that no success of it is partial', () => {
    for (const [where, variant] of methodsOf('nforce'))
      assert.notEqual(variant.operation !== undefined && findOperation(variant.operation)?.partial, true, where);
  });
});

describe('catalogue: requests to Marketing Cloud', () => {
  const host = 'https://subdomain.rest.marketingcloudapis.com';
  const requests: [method: string, url: string, operation: string][] = [
    ['POST', `${host}/messaging/v1/email/messages/`, 'mcrest.message.send'],
    ['POST', '/messaging/v1/sms/messages/{}', 'mcrest.message.send'],
    ['GET', `${host}/messaging/v1/email/messages/key-1`, 'mcrest.message.status'],
    ['POST', '/messaging/v1/messageDefinitionSends/key:{}/send', 'mcrest.message.triggered'],
    ['POST', '/interaction/v1/events', 'mcrest.event.fire'],
    ['POST', '/hub/v1/dataevents/key:{}/rowset', 'mcrest.rows.upsert'],
    ['PUT', '/hub/v1/dataevents/key:Orders/rows/Id:1', 'mcrest.row.upsert'],
    ['PUT', '/hub/v1/dataevents/key:Orders/rows/Id:1/column/Count/increment?step=2', 'mcrest.row.increment'],
    ['POST', '/data/v1/async/dataextensions/key:{}/rows', 'mcrest.rows.insert-async'],
    ['GET', '/data/v1/async/{}/results', 'mcrest.rows.async-results'],
    ['GET', '/data/v1/customobjectdata/key/Orders/rowset?$page=2', 'mcrest.rows.retrieve'],
    ['GET', '/asset/v1/content/assets?$pageSize=50', 'mcrest.assets.list'],
    ['POST', 'asset/v1/content/assets/query', 'mcrest.assets.query'],
    ['PATCH', '/contacts/v1/contacts', 'mcrest.contacts.update'],
  ];
  for (const [method, url, operation] of requests)
    it(`${method} ${url} is ${operation}`, () => assert.equal(operationOfRequest(method, url)?.id, operation));

  it('can all be refused for a token, for too many calls and by an outage, with codes of Marketing Cloud', () => {
    for (const { id, family, kind } of operations()) {
      if (family !== 'mc-rest' || kind === 'authenticate') continue;
      const named = modesOf(id).filter(({ code }) => code.family === 'mc-rest');
      for (const failureClass of ['session', 'quota', 'outage', 'access', 'request'])
        assert.ok(named.some(({ mode }) => mode.class === failureClass), `${id}: ${failureClass}`);
    }
  });

  it('a message is never said to be safe to send again', () => {
    for (const id of ['mcrest.message.send', 'mcrest.message.triggered', 'mcrest.sms.send', 'mcrest.event.fire', 'mcsoap.create', 'mcsoap.perform', 'mcrest.request.post'])
      assert.equal(findOperation(id)?.repeatable, 'no', id);
  });

  it('a send that was taken for some recipients only says where the others are', () => {
    const { partialShape } = findOperation('mcrest.message.send') ?? {};
    assert.deepEqual(partialShape, { list: 'responses', ok: 'errorcode', failsFrom: 1, code: 'errorcode' });
    assert.ok(modesOf('mcrest.message.send').some(({ code }) => code.code === '109001'));
  });
});
