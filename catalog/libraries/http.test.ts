import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { httpLibraries, librariesOf } from '../index.ts';
import type { HttpLibrary } from '../index.ts';

const require = createRequire(import.meta.url);

/** Those of JavaScript and TypeScript. */
const libraries = httpLibraries().filter((each) => !each.language);

function library(id: string): HttpLibrary {
  const found = httpLibraries().find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

/** The value at a member path. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((object, name) => (object as Record<string, unknown> | undefined)?.[name], value);
}

describe('catalogue: HTTP libraries', () => {
  it('are found by package, and are neither retry libraries nor reporters', () => {
    assert.deepEqual(librariesOf('axios').map((each) => each.kind), ['http']);
    assert.deepEqual(librariesOf('node:https').map((each) => each.id), ['node-http']);
    assert.deepEqual(librariesOf('request-promise-native').map((each) => each.id), ['request-promise']);
    assert.deepEqual(
      libraries.map((each) => each.id).sort(),
      ['axios', 'cross-fetch', 'fetch', 'fetch-retry', 'got', 'ky', 'needle', 'nest-axios', 'node-fetch', 'node-http', 'ofetch', 'request', 'request-promise', 'requestretry', 'superagent', 'undici', 'xml-http-request'],
    );
  });

  it('which of them fail on a status of 400 and above', () => {
    const failing = libraries.filter((each) => each.answers.some((answer) => answer.accepts));
    assert.deepEqual(failing.map((each) => each.id).sort(), ['axios', 'got', 'ky', 'nest-axios', 'ofetch', 'request-promise', 'superagent']);
  });

  it('which of them repeat without being asked, and that a mere HTTP client never repeats a POST', () => {
    const repeating = httpLibraries().filter((each) => each.retries.length > 0);
    assert.deepEqual(repeating.filter((each) => !each.language).map((each) => each.id), ['fetch-retry', 'got', 'ky', 'ofetch', 'requestretry']);
    // The sink of a framework is more than that.
    for (const { id, retries } of repeating) if (id !== 'hotglue-sink') for (const { methods, chosen } of retries) assert.ok(chosen || (methods !== 'any' && !methods.includes('POST') && !methods.includes('PATCH')));
  });

  it('a function with its own method takes it nowhere else', () => {
    for (const { id, requests } of httpLibraries()) for (const { method, methodAt, methodElse, names } of requests) assert.ok(!method || (!methodAt && !methodElse), `${id}: ${names.join()}`);
  });
});

describe('catalogue: HTTP libraries against the real ones', () => {
  const server = createServer((request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end(JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: request.method }]));
  });
  let origin = '';
  before((done) => {
    server.listen(0, '127.0.0.1', () => {
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.closeAllConnections();
    server.close(() => done());
  });

  /** Whether an answer of a model holds what the real response does. */
  async function holds(id: string, answerId: string, response: object): Promise<void> {
    const answer = library(id).answers.filter((each) => each.id === answerId).at(-1);
    assert.ok(answer && !answer.accepts);
    for (const member of answer.status) assert.equal(at(response, member), 503, member);
    for (const member of answer.ok) assert.equal(at(response, member), false, member);
    for (const reader of answer.readers ?? []) assert.equal(typeof at(response, reader), 'function', reader);
  }

  it('fetch resolves with the status', async () => {
    const response = await fetch(origin);
    await holds('fetch', 'response', response);
    await response.body?.cancel();
  });

  it('fetch has the code of a broken connection where the model says', async () => {
    const error: unknown = await fetch('http://127.0.0.1:1/').catch((each: unknown) => each);
    const model = library('fetch').errors[0];
    assert.ok(model && error instanceof TypeError && model.networkClasses.includes('TypeError'));
    for (const member of model.never) assert.equal(at(error, member), undefined, member);
  });

  it('undici.request resolves with the status, undici.fetch too', async () => {
    const undici = require('undici') as typeof import('undici');
    const response = await undici.request(origin);
    await holds('undici', 'response', response);
    await response.body.dump();
    const fetched = await undici.fetch(origin);
    await holds('undici', 'fetched', fetched);
    await fetched.body?.cancel();
    for (const { name } of library('undici').hooks) assert.ok(at(undici, name), name);
    for (const { factories } of library('undici').instances) for (const name of factories) assert.equal(typeof at(undici, name), 'function', name);
  });

  it('request calls back with the status and the body', async () => {
    const request = require('request') as (url: string, done: (error: unknown, ...rest: unknown[]) => void) => void;
    const given = await new Promise<unknown[]>((resolve) => request(origin, (...all) => resolve(all)));
    const callback = library('request').answers.find((each) => each.by === 'callback')?.callback;
    assert.ok(callback?.body !== undefined && callback.error !== undefined);
    assert.equal(given[callback.error], null);
    assert.equal(at(given[callback.response], 'statusCode'), 503);
    assert.match(String(given[callback.body]), /SERVER_UNAVAILABLE/);
    for (const { names } of library('request').requests) for (const name of names.filter((each) => each !== 'default')) assert.equal(typeof at(request, name), 'function', name);
  });
});
