import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readLimits } from '../../server/src/limits/jsforceOrg.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';

const TOKEN = '00D000000000001!AQ.notARealToken.butShapedLikeOne';

/** What answers is the point of these tests: things that are no Salesforce org. The org itself is in simulator.test.ts. */
describe('limits: reading with jsforce from what is no org', () => {
  const servers: Server[] = [];
  let requests: IncomingMessage[] = [];

  async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer((request, response) => {
      requests.push(request);
      answer(request, response);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const problem = async (instanceUrl: string, timeLimit = 5000): Promise<LimitsProblem> => {
    const error: unknown = await readLimits({ instanceUrl, accessToken: TOKEN, timeLimit }).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof LimitsProblem, String(error));
    assert.ok(!error.message.includes(TOKEN), error.message);
    return error;
  };

  beforeEach(() => {
    requests = [];
  });

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('sends one request with the token, and reads the limits', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json').end('{"DailyApiRequests":{"Max":10,"Remaining":4}}');
    });
    const { limits } = await readLimits({ instanceUrl: url, accessToken: TOKEN });
    assert.deepEqual(limits, [{ name: 'DailyApiRequests', maximum: 10, remaining: 4, parts: [] }]);
    assert.equal(requests.length, 1);
    assert.match(requests[0]?.url ?? '', /^\/services\/data\/v\d+\.0\/limits$/);
    assert.equal(requests[0]?.headers.authorization, `Bearer ${TOKEN}`);
  });

  it('does not follow a redirect to another host', async () => {
    let stolen = 0;
    const other = await serve((_request, response) => {
      stolen++;
      response.setHeader('content-type', 'application/json').end('{"DailyApiRequests":{"Max":10,"Remaining":4}}');
    });
    const url = await serve((_request, response) => response.writeHead(302, { location: `${other}/limits` }).end());
    const { kind, message } = await problem(url);
    assert.equal(kind, 'wrong-address');
    assert.match(message, new RegExp(new URL(other).host));
    assert.equal(stolen, 0);
  });

  it('follows a redirect within the host, with the token', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/elsewhere') {
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ Seen: { Max: 1, Remaining: request.headers.authorization === `Bearer ${TOKEN}` ? 0 : 1 } }));
      } else response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const { limits } = await readLimits({ instanceUrl: url, accessToken: TOKEN });
    assert.deepEqual(limits, [{ name: 'Seen', maximum: 1, remaining: 0, parts: [] }]);
  });

  it('gives up on redirects in a circle and on a redirect to nowhere', async () => {
    const circle = await serve((request, response) => response.writeHead(302, { location: request.url }).end());
    assert.equal((await problem(circle)).kind, 'wrong-address');
    const nowhere = await serve((_request, response) => response.writeHead(302, { location: 'http://[' }).end());
    assert.equal((await problem(nowhere)).kind, 'wrong-address');
  });

  for (const [what, type, body] of [
    ['a web page', 'text/html', '<html>Log in to the hotel</html>'],
    ['half a JSON document', 'application/json', '{"DailyApiRequests":{"Max":1'],
    ['JSON that is something else', 'application/json', '{"ok":true}'],
    ['an array', 'application/json', '[]'],
    ['nothing', 'application/json', ''],
    ['bytes', 'application/octet-stream', '\u0000\u0001\uffff'],
  ] as const) {
    it(`says garbage of ${what}`, async () => {
      const url = await serve((_request, response) => response.setHeader('content-type', type).end(body));
      assert.equal((await problem(url)).kind, 'garbage');
    });
  }

  it('says slow of an answer that does not come', async () => {
    const url = await serve(() => {});
    assert.equal((await problem(url, 300)).kind, 'slow');
  });

  it('says slow of an answer that does not end', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json').write('{"DailyApiRequests":');
    });
    assert.equal((await problem(url, 300)).kind, 'slow');
  });

  it('says offline of a connection that breaks within the answer', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json').write('{"DailyApiRequests":', () => response.destroy());
    });
    assert.equal((await problem(url)).kind, 'offline');
  });

  it('says garbage of an answer that is far too long', async () => {
    const url = await serve((_request, response) => {
      response.on('error', () => {});
      const more = (): void => void (response.destroyed || response.write('x'.repeat(1_000_000), more));
      more();
    });
    assert.equal((await problem(url)).kind, 'garbage');
  });

  it('says offline of a port where nobody listens', async () => {
    const url = await serve(() => {});
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    assert.equal((await problem(url)).kind, 'offline');
  });

  it('hides a token that the answer repeats', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify([{ errorCode: 'ODD', message: `what is ${TOKEN}?` }]));
    });
    const { kind, message } = await problem(url);
    assert.equal(kind, 'unknown');
    assert.match(message, /ODD: what is \[token hidden\]/);
  });

  it('ends with the abort reason when it is aborted', async () => {
    const url = await serve(() => {});
    const abort = new AbortController();
    const reading = readLimits({ instanceUrl: url, accessToken: TOKEN, signal: abort.signal, timeLimit: 1000 });
    setTimeout(() => abort.abort(new Error('another org')), 50);
    await assert.rejects(reading, /another org/);
    await assert.rejects(readLimits({ instanceUrl: url, accessToken: TOKEN, signal: AbortSignal.abort(new Error('before')) }), /before/);
  });
});
