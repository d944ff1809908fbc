import assert from 'node:assert/strict';
import type { ErrorCode, HttpStatus } from '../../catalog/schema/code.ts';
import type { CallRecord } from '../../server/src/report/callRecord.ts';
import { comparedStatusAt } from '../../server/src/editor/comparedStatus.ts';
import { hoverOfCall } from '../../server/src/editor/hoverCall.ts';
import { codeMarkdown } from '../../server/src/explain/codeMarkdown.ts';
import { statusMarkdown } from '../../server/src/explain/statusMarkdown.ts';
import { wordAt } from '../../server/src/explain/wordAt.ts';

const LOCK: ErrorCode = {
  code: 'SOME_LOCK',
  family: 'rest',
  title: 'Another transaction holds the row',
  meaning: 'Another transaction holds the row <Id> for longer than the org waits.',
  http: [400],
  modes: [
    { id: 'nested', when: { message: 'lock.*row', http: [500] }, class: 'data', retry: 'never-helps', meaning: 'A trigger said so.', doInCode: 'Set the record aside.', doInOrg: 'Look at the trigger.' },
    { id: 'plain', class: 'transient', retry: 'not-applied', doInCode: 'Wait a little, then send it again.' },
  ],
  who: 'integration developer',
  causes: ['parallel jobs', 'a parent | with many children'],
  related: ['OTHER_CODE'],
  source: 'https://example.com/lock',
  checked: '2026-01-01',
};

const CALL: CallRecord = {
  path: '/a.js', start: 0, end: 1, spanStart: 0, spanEnd: 1, client: 'jsforce', operation: 'rest.sobject.create', kind: 'create',
  failure: 'propagates', upstream: 'none', stops: 'process', retry: 'none', partial: 'na', paging: 'na',
  classes: { transient: { failure: 'propagates', end: 'process', retry: 'library' }, data: { failure: 'discriminated', retry: 'none' } },
};

describe('hover texts', () => {
  it('of a code: meaning, and for each mode its sign, class, repeat and what to do, then who and where from', () => {
    const text = codeMarkdown([LOCK]);
    const inOrder = ['**SOME_LOCK**', 'Another transaction holds the row', '`lock.*row`', '500', 'A trigger said so', '**data**', 'of no use', 'Set the record aside', 'Look at the trigger',
      '**Otherwise:**', '**transient**', 'safe', 'send it again', 'parallel jobs', '`OTHER_CODE`', 'integration developer', '(https://example.com/lock)'];
    let at = 0;
    for (const part of inOrder) {
      const found = text.indexOf(part, at);
      assert.notEqual(found, -1, `"${part}" is missing or out of order in:\n${text}`);
      at = found;
    }
    assert.ok(text.includes('\\<Id\\>') && text.includes('parent \\| with'), 'text is never read as Markdown or HTML');
    const two = codeMarkdown([{ ...LOCK, family: 'dml' }, LOCK]).split('\n\n---\n\n');
    assert.match(two[0] ?? '', /\(REST API\)/);
    assert.ok(!two[0]?.includes('this record only'));
    assert.match(two[1] ?? '', /\(status of one record\)[^]*holds for this record only/);
  });

  it('of a code that comes inside another answer, and of one that Metadata API has from elsewhere', () => {
    assert.match(codeMarkdown([{ ...LOCK, family: 'metadata' }]), /\(extended error code\)/);
    assert.match(codeMarkdown([{ ...LOCK, family: 'dml', alsoIn: ['metadata'] }]), /\(status of one record, Metadata API\)/);
  });

  it('of a status: meaning, class, repeat, codes', () => {
    const status: HttpStatus = {
      status: 503, title: 'Service Unavailable', meaning: 'The instance is overloaded or moves.', class: 'transient', retry: 'unknown-outcome', doInCode: 'Wait and try again.',
      codes: ['SERVER_UNAVAILABLE'], source: 'https://example.com/503', checked: '2026-01-01',
    };
    const text = statusMarkdown(status);
    for (const part of ['HTTP 503', 'overloaded', '**transient**', 'may have been applied', 'Wait and try', '`SERVER_UNAVAILABLE`', 'https://example.com/503']) assert.ok(text.includes(part), part);
    assert.ok(!statusMarkdown({ ...status, class: undefined, retry: undefined }).includes('Class:'));
  });

  it('of a call: classes by the fate of their failures and who repeats them', () => {
    const operation = { title: 'Create a record', repeatNote: 'Not after a time-out.', codes: { transient: ['A', 'B', 'C', 'D'], session: ['S'] } };
    const lines = hoverOfCall(CALL, operation).split('\n');
    const under = (name: string): string | undefined => {
      const at = lines.findIndex((line) => line.startsWith(`  - **${name}**`));
      return at < 0 ? undefined : `${lines.slice(0, at).findLast((line) => line.startsWith('- '))} ${lines[at]}`;
    };
    assert.match(lines[0] ?? '', /Create a record \(jsforce\)/);
    assert.equal(under('transient'), '- leaves this function; ends the program; repeated by the client library   - **transient**: `A`, `B`, `C`, …');
    assert.equal(under('data'), '- is told apart here; not repeated   - **data**');
    assert.equal(under('session'), '- leaves this function; ends the program; not repeated   - **session**: `S`');
    assert.equal(under('quota'), undefined);
    assert.ok(lines.includes('- Before repeating: Not after a time-out.'));
  });

  it('of a call that the catalogue does not know: in one sentence, with pages and partial success', () => {
    const text = hoverOfCall({ ...CALL, classes: {}, stops: undefined, partial: 'unchecked', paging: 'truncated' }, undefined);
    assert.match(text, /rest\.sobject\.create/);
    assert.match(text, /A failure leaves this function; no caller catches it; not repeated\./);
    assert.match(text, /nothing looks at the results/);
    assert.match(text, /Only the first page/);
  });
});

describe('HTTP status in a comparison', () => {
  const at = (text: string): number | undefined => {
    const offset = text.indexOf('401');
    const found = comparedStatusAt(text, offset + 1);
    if (found) assert.deepEqual([found.start, found.end], [offset, offset + 3]);
    return found?.status;
  };

  it('is found beside a member or variable named like a status', () => {
    for (const text of [
      'if (status === 401) {}', 'e.statusCode == 401', 'e?.response?.status !== 401', "e['status'] === 401", 'httpStatus >= 401', 'if ((e.status) === 401)', "e.status === '401'", 'HTTP_STATUS != 401',
      '401 === e.status', '401 <= err.response.statusCode', '[400, 401].includes(e.status)', '[401].includes(status)', 'new Set([401, 403]).has(res.statusCode)', 'e.status === 500 || e.status === 401',
      'switch (e.statusCode) {\n  case 400:\n  case 401:\n    return;\n}', 'switch (res.status) { case 400: { a(); } break; case 401: b(); }',
    ]) assert.equal(at(text), 401, text);
  });

  it('is not found elsewhere', () => {
    for (const text of [
      'const size = 401;', 'res.status(401)', 'items[401]', 'if (count === 401) {}', 'e.code === 401', 'switch (size) { case 401: }', 'status = 401', 'port: 401', '4010 === e.status', 'e.status === 4.401',
      'switch (e.status) { case 1: } switch (x) { case 401: }', '[401, 402].map(f)', "'401'", 'case 401:', 'x401 === status', '401 === res.status(2)', 'e.statuses.length === 401',
    ]) assert.equal(at(text), undefined, text);
  });

  it('takes time in proportion to the text, whatever stands round the number', () => {
    for (const noise of ['status', '(', '[1,', '{', 'a.', '"', ' ', 'x ?. ']) {
      const text = `${noise.repeat(50_000)}401${noise.repeat(50_000)}`;
      const began = Date.now();
      comparedStatusAt(text, noise.length * 50_000 + 1);
      assert.ok(Date.now() - began < 500, noise);
    }
  });
});

describe('word under the cursor', () => {
  it('is found at its start, inside and at its end', () => {
    const text = "a === 'QUERY_TIMEOUT';";
    for (const offset of [7, 10, 20]) assert.deepEqual(wordAt(text, offset), { text: 'QUERY_TIMEOUT', start: 7, end: 20 });
    assert.equal(wordAt(text, 3), undefined);
    assert.equal(wordAt('', 0), undefined);
    assert.equal(wordAt('ab', 99)?.text, 'ab');
  });
});
