import assert from 'node:assert/strict';
import { instanceUrlFrom, looksLikeToken } from '../../server/src/limits/instanceUrl.ts';

describe('limits: address of an org', () => {
  for (const [typed, url] of [
    ['https://example.my.salesforce.com', 'https://example.my.salesforce.com'],
    [' example--uat.sandbox.my.salesforce.com/ ', 'https://example--uat.sandbox.my.salesforce.com'],
    ['https://EXAMPLE.my.salesforce.com/services/data?x=1#y', 'https://example.my.salesforce.com'],
    ['https://example.lightning.force.com/lightning/o/Account/list', 'https://example.my.salesforce.com'],
    ['https://example.my.salesforce-setup.com/lightning/setup', 'https://example.my.salesforce.com'],
    ['https://example--x.scratch.lightning.force.com', 'https://example--x.scratch.my.salesforce.com'],
    ['https://agency.my.salesforce.mil', 'https://agency.my.salesforce.mil'],
    ['https://na1.salesforce.com:443', 'https://na1.salesforce.com'],
  ] as const) {
    it(`makes ${url} of ${typed}`, () => assert.deepEqual(instanceUrlFrom(typed), { url }));
  }

  for (const [typed, fault] of [
    ['', 'not-a-url'],
    ['   ', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['my org', 'not-a-url'],
    ['http://example.my.salesforce.com', 'not-https'],
    ['ftp://example.my.salesforce.com', 'not-https'],
    ['javascript://example.my.salesforce.com/%0aalert(1)', 'not-https'],
    ['https://login.salesforce.com', 'login-host'],
    ['test.salesforce.com', 'login-host'],
    ['https://abc123.rest.marketingcloudapis.com', 'marketing-cloud'],
    ['https://mc.s50.exacttarget.com/cloud/', 'marketing-cloud'],
    ['https://evilmarketingcloudapis.com', 'not-salesforce'],
    ['https://salesforce.com.example.org', 'not-salesforce'],
    ['https://evilsalesforce.com', 'not-salesforce'],
    ['https://example.org/example.my.salesforce.com', 'not-salesforce'],
    ['https://example.my.salesforce.com:8443', 'not-salesforce'],
    ['https://127.0.0.1:8080', 'not-salesforce'],
    ['https://example.my.salesforce.com@example.org', 'has-credentials'],
    ['https://me:secret@example.my.salesforce.com', 'has-credentials'],
  ] as const) {
    it(`says ${fault} of ${JSON.stringify(typed)}`, () => assert.deepEqual(instanceUrlFrom(typed), { fault }));
  }

  it('takes a loopback address only where tests ask for it', () => {
    assert.deepEqual(instanceUrlFrom('http://127.0.0.1:4000/x', true), { url: 'http://127.0.0.1:4000' });
    assert.deepEqual(instanceUrlFrom('http://127.0.0.1:4000'), { fault: 'not-https' });
    assert.deepEqual(instanceUrlFrom('http://192.168.0.1:4000', true), { fault: 'not-https' });
  });
});

describe('limits: access tokens', () => {
  for (const token of [
    '00Dxx0000001gPL!AQ4AQFakeFakeFakeFakeFakeFakeFake.aBc_1',
    '00Dxx0000001gPLEAY!AQ4AQFakeFakeFakeFakeFakeFakeFake.aBc_1',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl',
  ]) it(`takes ${token.slice(0, 12)}...`, () => assert.ok(looksLikeToken(token)));

  for (const text of [
    '', '[REDACTED] Use "sf org auth show-access-token" to view', '00D', '00Dxx0000001gPL', '00Dxx0000001gPL!short', '00Dxx0000001gPL!AQ with spaces in the middle of it',
    '00Dxx0000001gPL!AQ4AQFakeFakeFakeFake\r\nX-Injected: 1', 'Bearer 00Dxx0000001gPL!AQ4AQFakeFakeFakeFakeFake', 'force://PlatformCLI::5Aep861@example.my.salesforce.com',
  ]) it(`does not take ${JSON.stringify(text.slice(0, 40))}`, () => assert.ok(!looksLikeToken(text)));
});
