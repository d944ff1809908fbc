import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explain } from '../../server/src/explain/explain.ts';
import type { Explanation } from '../../server/src/explain/explanation.ts';

/** `CODE/mode in family`, `message id`, `HTTP n` or `?CODE` for each distinct error, with its count where it is not 1. */
function told(text: string): string[] {
  return explain(text).map(oneOf);
}

function oneOf({ code, http, count, meanings, knownMessage, status, guess }: Explanation): string {
  const what = meanings.map(({ entry, mode }) => `${entry.code}${mode && entry.modes.length > 1 ? `/${mode.id}` : ''} in ${entry.family}`).join(' + ');
  const parts = [what, ...(knownMessage ? [`message ${knownMessage.id}`] : []), ...(status ? [`HTTP ${status.status}`] : []), ...(guess ? [`?${code}`] : [])].filter(Boolean);
  return `${parts.join(', ') || `nothing${http ?? ''}`}${count > 1 ? ` x${count}` : ''}`;
}

describe('explaining a text', () => {
  describe('finds the errors of each shape an API answers with', () => {
    const cases: [what: string, text: string, told: string[]][] = [
      ['a code alone', 'STRING_TOO_LONG', ['STRING_TOO_LONG in dml']],
      ['a code with its SOAP prefix', 'sf:INVALID_SESSION_ID', ['INVALID_SESSION_ID in rest']],
      ['a REST body', '[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]', ['INVALID_SESSION_ID/expired in rest']],
      [
        'a REST body whose message tells two limits apart',
        '[{"message":"ConcurrentPerOrgLongTxn Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
        ['REQUEST_LIMIT_EXCEEDED/concurrent in rest'],
      ],
      ['the other of them', '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]', ['REQUEST_LIMIT_EXCEEDED/daily in rest']],
      ['an OAuth body', '{"error":"invalid_grant","error_description":"ip restricted"}', ['invalid_grant/ip-restricted in oauth']],
      [
        'results of a collection',
        '[{"id":"001","success":true,"errors":[]},{"success":false,"errors":[{"statusCode":"DUPLICATE_VALUE","message":"duplicate value found","fields":["X__c"]}]}]',
        ['DUPLICATE_VALUE in dml'],
      ],
      [
        'a composite answer',
        '{"compositeResponse":[{"body":[{"errorCode":"PROCESSING_HALTED","message":"The transaction was rolled back"}],"httpStatusCode":400,"referenceId":"a"},{"body":{"id":"1","success":true},"httpStatusCode":201,"referenceId":"b"}]}',
        ['PROCESSING_HALTED/rolled-back in composite'],
      ],
      [
        'a SOAP fault, whose code stands twice in it',
        '<soapenv:Envelope><soapenv:Body><soapenv:Fault><faultcode>sf:INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: Invalid username, password, security token; or user locked out.</faultstring><detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode><sf:exceptionMessage>Invalid username, password, security token; or user locked out.</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>',
        ['INVALID_LOGIN in soap'],
      ],
      [
        'a SOAP save result',
        '<result><errors><fields>Name</fields><message>Required fields are missing: [Name]</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><success>false</success></result>',
        ['REQUIRED_FIELD_MISSING in dml'],
      ],
      ['the code of a fault that SOAP itself defines', 'soap:Server', ['soap:Server in mc-soap']],
      ['the same under another prefix', 'SOAP-ENV:Client', ['soap:Client in mc-soap']],
      [
        'a fault of Marketing Cloud, with its number in the detail',
        '<soap:Fault><faultcode>soap:Server</faultcode><faultstring>Unplanned Outage</faultstring><detail><apifault xmlns="http://exacttarget.com/wsdl/partnerAPI"><Code>2</Code><Message>Unplanned Outage</Message></apifault></detail></soap:Fault>',
        ['2 in mc-soap'],
      ],
      ['a Bulk API error', '<error xmlns="x"><exceptionCode>InvalidJobState</exceptionCode><exceptionMessage>Aborting already Completed Job not allowed</exceptionMessage></error>', ['InvalidJobState in bulk']],
      ['XML that was cut off', '<soapenv:Fault><faultcode>sf:QUERY_TIMEOUT</faultcode><faultstring>QUERY_TIMEOUT: Your query request was running for too lo', ['QUERY_TIMEOUT in rest']],
      ['what jsforce prints', 'Uncaught NOT_FOUND: The requested resource does not exist\n    at HttpApi.getError (http-api.js:285)', ['NOT_FOUND in rest']],
      ['a status alone', '503', ['HTTP 503']],
      ['an answer that is a page of HTML', '2026-11-20 10:00:00 POST /services/data/v60.0 status: 502 <html><body>Bad Gateway</body></html>', ['HTTP 502']],
      ['a code of Marketing Cloud in its body', '{"message":"Rate limit exceeded","errorcode":50100,"documentation":""}', ['50100 in mc-rest']],
      ['a number that is an HTTP status and a code: the status first', '401', ['HTTP 401', '401 in mc-soap']],
      ['a number that is a code alone', '42109', ['42109 in mc-soap']],
      ['a status that a client library prints', '{"statusCode": 401, "body": "Bad_OAuth_Token"}', ['HTTP 401']],
      ['the same in a line of a log', 'Request failed with statusCode: 408, giving up', ['HTTP 408']],
      ['the same number called a code', 'ErrorCode: 401', ['401 in mc-soap']],
      ['a body behind its status in a log line', 'ERROR HTTP 403 [{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]', ['REQUEST_LIMIT_EXCEEDED/daily in rest']],
      ['what a Python client prints', "SalesforceMalformedRequest: Malformed request https://x. Response content: [{'message': \"No such column 'X'\", 'errorCode': 'INVALID_FIELD'}]", ['INVALID_FIELD in rest']],
      ['a fault that Java prints over several lines', "[UnexpectedErrorFault [ApiFault  exceptionCode='QUERY_TIMEOUT'\n exceptionMessage='QUERY_TIMEOUT: Your query request was running for too long.'\n]", ['QUERY_TIMEOUT in rest + QUERY_TIMEOUT in dml']],
      ['a broken connection', 'Error: getaddrinfo ENOTFOUND acme.my.salesforce.com', ['ENOTFOUND in client']],
      ['the state message of a batch', 'InvalidBatch : Field name not found : Foo__c', ['InvalidBatch/content in bulk']],
      ['JSON inside a log line', 'ERROR sync failed: [{"errorCode":"UNABLE_TO_LOCK_ROW","message":"unable to obtain exclusive access"}] (attempt 3)', ['UNABLE_TO_LOCK_ROW in rest']],
    ];
    for (const [what, text, expected] of cases) {
      it(what, () => {
        assert.deepEqual(told(text), expected);
      });
    }
  });

  it('takes the message along, where it stands before the code too', () => {
    assert.equal(explain("[{'message': \"No such column 'X'\", 'errorCode': 'INVALID_FIELD'}]")[0]?.message, "No such column 'X'");
  });

  it('counts each distinct error of a log once, with the first and last time', () => {
    const line = (time: string, rest: string): string => `2026-11-20T10:0${time}Z ERROR ${rest}`;
    const log = [
      line('0:00', 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 1 records: 001000000000001AAA'),
      line('1:00', 'retrying'),
      line('2:00', 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 1 records: 001000000000002AAA'),
      line('3:00', 'REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.'),
      line('4:00', 'REQUEST_LIMIT_EXCEEDED: ConcurrentPerOrgLongTxn Limit exceeded.'),
      line('5:00', 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 2 records: 001000000000003AAA'),
    ].join('\n');
    const explanations = explain(log);
    assert.deepEqual(explanations.map(({ code, count }) => [code, count]), [['UNABLE_TO_LOCK_ROW', 3], ['REQUEST_LIMIT_EXCEEDED', 1], ['REQUEST_LIMIT_EXCEEDED', 1]]);
    assert.equal(explanations[0]?.firstSeen, '2026-11-20T10:00:00Z');
    assert.equal(explanations[0]?.lastSeen, '2026-11-20T10:05:00Z');
    assert.deepEqual(explanations.slice(1).map(({ meanings }) => meanings[0]?.mode?.id), ['daily', 'concurrent']);
  });

  it('is honest about an unknown code: names like it, and a class that is said to be a guess', () => {
    const [misspelt] = explain('UNABLE_TO_LOCK_ROWS');
    assert.deepEqual(misspelt?.meanings, []);
    assert.equal(misspelt?.guess?.nearest[0], 'UNABLE_TO_LOCK_ROW');
    assert.equal(misspelt?.guess?.class, undefined);
    const [custom] = explain('{"errorCode":"ACME_QUEUE_FULL","message":"no room","status":503}');
    assert.equal(custom?.guess?.class, 'transient');
    assert.match(custom?.guess?.because ?? '', /guess from HTTP 503/);
  });

  it('finds nothing in prose, code and empty text', () => {
    for (const text of ['', '   ', 'hello world', 'const name = user.name; return not_found(error);', 'The limit was exceeded and the error handled.']) assert.deepEqual(told(text), [], text);
  });

  it('survives garbage of every kind, and soon', function () {
    this.timeout(20_000);
    const garbage = [
      '['.repeat(200_000), '{"errorCode":'.repeat(20_000), '<faultcode>'.repeat(20_000), '"message": "'.repeat(20_000), '\u0000\ud800\uffff'.repeat(1_000), '}{][',
      '{"errors":[{"statusCode":"' + 'A'.repeat(100_000) + '"}]}', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, '__proto__ constructor toString', '{"__proto__":{"errorCode":"X"}}',
      'status 9999 HTTP/1.1 000', '&#99999999;<message>&#x110000;</message>', 'x'.repeat(300_000), `${'A_'.repeat(50_000)}B`, 'A'.repeat(60) + '_B\n'.repeat(10_000),
    ];
    for (const text of garbage) {
      const before = performance.now();
      explain(text);
      assert.ok(performance.now() - before < 4_000, `${text.slice(0, 20)} took ${Math.round(performance.now() - before)} ms`);
    }
  });
});

describe('messages without a code', () => {
  interface Documented { product: string; code?: string; salesforceCode?: string; pattern: string }
  const documented = JSON.parse(readFileSync(new URL('../../catalog/documented/messages.json', import.meta.url), 'utf8')) as Documented[];
  /** A message as somebody would meet it: placeholders filled with values of their kind. */
  const filled = (pattern: string): string =>
    pattern.replace(/\{([^{}]*)\}/g, (_whole, name: string) =>
      /status/.test(name) ? '403' : /id$|record id|^id/i.test(name) ? '0015g00000XyZ12AAB' : /code/i.test(name) ? '429' : /number|row|column|^n$/.test(name) ? '17' : /field/.test(name) ? 'Amount__c' : 'Invoice__c',
    );

  for (const { product, code, salesforceCode, pattern } of documented) {
    it(`finds again: ${pattern.slice(0, 70)} (${product})`, () => {
      const text = filled(pattern);
      // A pattern that is nothing but a placeholder is met behind its code.
      const bare = /^\{[^{}]*\}$/.test(pattern);
      const found = explain(bare ? `${code}: ${text}` : text);
      const fits = found.some(
        ({ code: seen, knownMessage, meanings, status }) =>
          knownMessage?.patterns.includes(pattern) ||
          (bare && seen === code) ||
          meanings.some(({ entry }) => [code, salesforceCode].some((name) => name?.toUpperCase() === entry.code.toUpperCase())) ||
          (product === 'marketing-cloud' && status !== undefined && String(status.status) === code),
      );
      assert.ok(fits, JSON.stringify(found.map(oneOf)));
    });
  }

  it('finds a message inside a log line', () => {
    const log = '2026-11-20 10:00:00 WARN [sync] Salesforce rejected the new account.\n2026-11-20 10:00:01 ERROR UNABLE_TO_LOCK_ROW: unable to obtain exclusive access\n2026-11-20 10:00:09 WARN [sync] Salesforce rejected the new account.\n';
    const [rejected, locked, ...more] = explain(log);
    assert.equal(rejected?.knownMessage?.product, 'ipaas.com');
    assert.equal(rejected?.count, 2);
    assert.equal(locked?.code, 'UNABLE_TO_LOCK_ROW');
    assert.deepEqual(more, []);
  });
});
