import assert from 'node:assert/strict';
import { LimitHeaders } from '../../server/src/explain/limitHeaders.ts';
import { explainedText } from '../../server/src/explain/main.ts';

const told = (text: string): readonly string[] => new LimitHeaders().add(text).sentences;

describe('headers that tell about limits', () => {
  const WAIT = ['Retry-After: nothing is to be sent again before 37 seconds have passed.'];
  const USED = ['Sforce-Limit-Info: with this answer the org had used 18 of its 5,000 API requests of 24 hours (<1%).'];
  for (const [text, sentences] of [
    ['HTTP/1.1 429 Too Many Requests\r\nRetry-After: 37\r\n\r\n{}', WAIT],
    ['< retry-after: 37', WAIT],
    ['{"errorcode":50100,"retryAfter":37}', WAIT],
    ['{"headers":{"retry-after":"37","date":"x"}}', WAIT],
    ["headers: { 'retry-after': [ '37' ] }", WAIT],
    ['Retry-After=37, Content-Length=0', WAIT],
    ['Retry-After: 1', ['Retry-After: nothing is to be sent again before 1 second has passed.']],
    ['Retry-After: Sat, 21 Nov 2026 18:00:00 GMT', ['Retry-After: nothing is to be sent again before Sat, 21 Nov 2026 18:00:00 GMT.']],
    ['Sforce-Limit-Info: api-usage=18/5000', USED],
    ["'sforce-limit-info': 'api-usage=18/5000'", USED],
    [
      'Sforce-Limit-Info: api-usage=25/5000; per-app-api-usage=17/250(appName=Loader)',
      ['Sforce-Limit-Info: with this answer the org had used 25 of its 5,000 API requests of 24 hours (<1%). The connected app "Loader" had used 17 of its 250.'],
    ],
    ['Retry-After: 5\nRetry-After: 37\nSforce-Limit-Info: api-usage=18/5000\nRetry-After: 5', [...WAIT, ...USED, 'Retry-After: nothing is to be sent again before 5 seconds have passed.']],
  ] as const) it(`reads ${JSON.stringify(text).slice(0, 80)}`, () => assert.deepEqual(told(text), sentences));

  for (const text of ['', 'Wait as long as Retry-After says', 'Retry-After: soon', 'retry-after-all: 3', 'Sforce-Limit-Info: api-usage=x/y', 'Sforce-Limit-Info: api-usage=1/0', 'const retryAfter = 37', `Retry-After: ${'9'.repeat(400)}`, 'retry-after'.repeat(100_000)]) {
    it(`says nothing of ${JSON.stringify(text).slice(0, 60)}`, () => assert.deepEqual(told(text), []));
  }

  it('stand below the errors that they came with, and alone where there is none', () => {
    const both = explainedText('HTTP/1.1 429\nRetry-After: 37\n\n{"message":"Too many requests","errorcode":50100}');
    assert.match(both, /# 50100[\s\S]+# What the headers say\n\n- Retry-After: nothing is to be sent again before 37 seconds have passed\.\n$/);
    assert.match(explainedText('Sforce-Limit-Info: api-usage=18/5000'), /^# What the headers say\n\n- Sforce-Limit-Info: with this answer the org had used 18 of its 5,000/);
  });
});
