import assert from 'node:assert/strict';
import { connect as connectSocket } from 'node:net';
import type { DemoOrg } from './demoOrg.ts';
import { failureOf, startDemoOrg } from './demoOrg.ts';

describe('Demo org: bad input', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg();
  });
  after(() => org.sim.close());
  // Whatever a test has sent, the org still answers and has lost nothing.
  afterEach(async () => {
    assert.equal((await org.conn.query('SELECT COUNT() FROM Account')).totalSize, 24);
  });

  /** Sends bytes on a bare connection and reads until the org closes it, or for so many milliseconds. */
  const raw = (bytes: string | Buffer, waitMs = 1000): Promise<string> => new Promise((resolve) => {
    let text = '';
    const socket = connectSocket(Number(new URL(org.sim.instanceUrl).port), '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), waitMs);
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
  const request = (line: string, headers = '', body = ''): string =>
    `${line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer ${org.sim.accessToken}\r\n${headers}content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
  const parsed = (answer: string): [number, string] => {
    const errors = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { errorCode: string; message: string }[];
    assert.equal(typeof errors[0]?.message, 'string');
    return [Number(answer.slice(9, 12)), errors[0]?.errorCode ?? ''];
  };

  it('answers what is not HTTP with 400', async () => {
    for (const bytes of ['\u0000\u0001\u0002\r\n\r\n', 'HELLO THERE\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET /\u0000 HTTP/1.1\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc']) {
      assert.deepEqual(parsed(await raw(Buffer.from(bytes, 'latin1'))), [400, 'BAD_REQUEST'], JSON.stringify(bytes));
    }
  });

  it('refuses a long URI with 414 and huge headers with 431', async () => {
    assert.deepEqual(parsed(await raw(request(`GET /services/data/v60.0/query?q=${'x'.repeat(17_000)}`))), [414, 'URI_TOO_LONG']);
    assert.deepEqual(parsed(await raw(request('GET /services/data/v60.0/limits', `x-big: ${'x'.repeat(17_000)}\r\n`))), [431, 'REQUEST_HEADER_FIELDS_TOO_LARGE']);
    assert.deepEqual(parsed(await raw(request('GET /services/data/v60.0/limits', `x-big: ${'x'.repeat(100_000)}\r\n`))), [431, 'REQUEST_HEADER_FIELDS_TOO_LARGE']);
  });

  it('answers unknown paths like Salesforce', async () => {
    const paths = ['/', '/nothing', '//services//data//v60.0//nope', '/services/data/v60.0/%zz', '/services/data/v60.0/sobjects/%2e%2e/x', '/services/data/v60.0/sobjects/__proto__',
      '/services/data/v60.0/sobjects/Account/ERP_Id__c/x/y', '/services/data/v60.0/search?q=FIND', '/services', '*', 'http://elsewhere.example/x', '/services/data/v60.0/limits/x/y'];
    for (const path of paths) assert.deepEqual(parsed(await raw(request(`GET ${path}`))), [404, 'NOT_FOUND'], path);
  });

  it('refuses methods that a resource does not have', async () => {
    for (const line of ['PUT /services/data/v60.0/sobjects/Account', 'DELETE /services/data/v60.0/limits', 'POST /services/data/v60.0/query', 'OPTIONS /services/data/v60.0/composite',
      'POST /services/data', 'PATCH /services/data/v60.0/sobjects', 'GET /services/data/v60.0/composite/sobjects', 'POST /services/data/v60.0/sobjects/Account/ERP_Id__c/1']) {
      assert.deepEqual(parsed(await raw(request(line))), [405, 'METHOD_NOT_ALLOWED'], line);
    }
  });

  it('refuses bodies that are not what the resource takes', async () => {
    const json = 'content-type: application/json\r\n';
    const bodies = ['', '{', 'null', '[]', '"x"', '{"Name":}', '\ud800', '{"Name":{"a":1}}', '['.repeat(50_000)];
    for (const body of bodies) assert.deepEqual(parsed(await raw(request('POST /services/data/v60.0/sobjects/Account', json, body))), [400, 'JSON_PARSER_ERROR'], body.slice(0, 40));
    for (const path of ['composite', 'composite/batch', 'composite/sobjects']) {
      for (const body of ['{}', '{"records":{}}', '{"records":[1]}', '{"compositeRequest":[{}]}', '{"batchRequests":[null]}', '{"records":[{}],"allOrNone":"yes"}']) {
        assert.deepEqual(parsed(await raw(request(`POST /services/data/v60.0/${path}`, json, body))), [400, 'JSON_PARSER_ERROR'], `${path} ${body}`);
      }
    }
    assert.deepEqual(parsed(await raw(request('POST /services/data/v60.0/sobjects/Account', 'content-type: text/plain\r\n', 'Name=x'))), [415, 'UNSUPPORTED_MEDIA_TYPE']);
    assert.deepEqual(parsed(await raw(request('POST /services/data/v60.0/sobjects/Account', json, '{"__proto__":{"Name":"x"},"constructor":1}'))), [400, 'INVALID_FIELD']);
    const error = await failureOf(org.conn.requestPost('/composite/sobjects', { records: [] }));
    assert.equal(error.errorCode, 'MISSING_ARGUMENT');
  });

  it('refuses a body of more than 16 MB without keeping it', async () => {
    const answer = await fetch(`${org.sim.instanceUrl}/services/data/v60.0/sobjects/Account`, {
      method: 'POST', headers: { authorization: `Bearer ${org.sim.accessToken}`, 'content-type': 'application/json' }, body: `{"Name":"${'x'.repeat(17 * 1024 * 1024)}"}`,
    });
    assert.equal(answer.status, 413);
  });

  it('takes bad composite references and odd collections as failures of their own', async () => {
    const answer = await org.conn.requestPost<{ compositeResponse: { httpStatusCode: number }[] }>('/composite', {
      compositeRequest: [
        { method: 'GET', url: '/services/data/v60.0/sobjects/Account/@{none.__proto__.x}', referenceId: 'a' },
        { method: 'GET', url: '//evil.example/%', referenceId: 'b' },
        { method: 'POST', url: '/services/data/v60.0/composite', referenceId: 'c', body: {} },
        { method: 'GET', url: '/services/oauth2/userinfo', referenceId: 'd' },
      ],
    });
    assert.deepEqual(answer.compositeResponse.map((one) => one.httpStatusCode), [400, 404, 404, 404]);
    const results = await org.conn.requestPost<{ success: boolean; errors: { statusCode: string }[] }[]>('/composite/sobjects', {
      records: [{}, { attributes: { type: 'constructor' }, Name: 'x' }, { attributes: 5 }, { attributes: { type: 'User' }, Username: 'x' }],
    });
    assert.deepEqual(results.map((one) => one.errors[0]?.statusCode), ['INVALID_TYPE', 'INVALID_TYPE', 'INVALID_TYPE', 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY']);
  });

  it('survives odd logins', async () => {
    for (const body of ['', '<x', '<a:Body><login>', `<Body><login><username>${'&amp;'.repeat(5000)}</username></login></Body>`, '<Body><merge/></Body>', '\u0000']) {
      const answer = await fetch(`${org.sim.instanceUrl}/services/Soap/u/60.0`, { method: 'POST', body });
      assert.equal(answer.status, 500);
      assert.match(await answer.text(), /<faultcode>sf:[A-Z_]+<\/faultcode>/);
    }
    for (const body of ['', 'grant_type=password', 'grant_type=password&client_id=%ff&password=', '%', '{"grant_type":"password"}']) {
      const answer = await fetch(`${org.sim.instanceUrl}/services/oauth2/token`, { method: 'POST', body });
      assert.equal(answer.status, 400);
      const refusal = (await answer.json()) as { error: string; error_description: string };
      assert.match(refusal.error, /^(unsupported_grant_type|invalid_client_id)$/);
    }
  });

  it('survives requests that break off', async () => {
    await raw('POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{"Name"', 50);
    await raw('POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 50);
    await raw('GET /services/data HTTP/1.1\r\n', 50);
    await raw('CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n', 50);
    await raw('GET /services/data HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n', 50);
  });

  it('survives random bytes, cut requests and flipped characters', async () => {
    // A small generator of its own, so that a failure can be repeated.
    let seed = 20261121;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    const samples = [
      request("GET /services/data/v60.0/query?q=SELECT+Id,+Account.Name+FROM+Contact+WHERE+Name+LIKE+'a%25'+AND+(AccountId+!=+null)+ORDER+BY+Name+LIMIT+5"),
      request('POST /services/data/v60.0/composite/sobjects', 'content-type: application/json\r\n', '{"allOrNone":true,"records":[{"attributes":{"type":"Lead"},"LastName":"x"}]}'),
      request('PATCH /services/data/v60.0/sobjects/Contact/Customer_No__c/C-20001', 'content-type: application/json\r\n', '{"LastName":"Fuzz"}'),
    ];
    const attempts = Array.from({ length: 150 }, (_unused, index) => {
      const bytes = Buffer.from(samples[index % samples.length] ?? '', 'latin1');
      for (let flips = random(6) + 1; flips > 0; flips--) bytes[random(bytes.length)] = random(256);
      return random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
    });
    for (let index = 0; index < attempts.length; index += 30) {
      const answers = await Promise.all(attempts.slice(index, index + 30).map((bytes) => raw(bytes, 150)));
      for (const answer of answers) assert.ok(!answer.includes('UNKNOWN_EXCEPTION'), answer);
    }
  });
});
