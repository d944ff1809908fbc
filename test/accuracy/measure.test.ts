import assert from 'node:assert/strict';
import { labelledFiles, type Field, type Label, type LabelledFile } from './labels.ts';
import { agreements, measure, rareValues, type ReportedCall } from './measure.ts';

const label = (line: number, more: Partial<Label>): Label => ({ line, column: 5, method: 'query', kind: 'query', failure: 'propagates', upstream: 'unknown', retry: 'none', partial: 'na', paging: 'truncated', why: 'made up', ...more });
const call = (line: number, more: Partial<ReportedCall>): ReportedCall => ({ file: 'a.js', line, column: 5, kind: 'query', operation: 'rest.query', failure: 'propagates', upstream: 'unknown', retry: 'none', partial: 'na', paging: 'truncated', ...more });
const file = (path: string, calls: Label[]): LabelledFile => ({ part: 'read', repo: 'a/b', commit: '0', path, chosen: 'random', calls });

/** The words of the public call report, by field. */
const WORDS: Record<Field, string[]> = {
  failure: ['floating', 'propagates', 'swallowed', 'generic', 'discriminated', 'unknown'],
  upstream: ['swallowed', 'generic', 'discriminated', 'none', 'unknown'],
  retry: ['explicit', 'library', 'none', 'unknown'],
  partial: ['checked', 'unchecked', 'na', 'unknown'],
  paging: ['complete', 'capped', 'truncated', 'na', 'unknown'],
};

describe('accuracy', () => {
  const files = [file('a.js', [label(1, {}), label(2, { failure: 'swallowed', retry: 'explicit' }), label(3, { paging: 'unknown' })]), file('none.js', [])];
  const reported: Record<string, ReportedCall[]> = {
    'a.js': [call(1, {}), call(2, { failure: 'swallowed', retry: 'unknown' }), call(9, {})],
    'none.js': [call(4, {})],
  };
  const measured = measure(files, (_repo, name) => reported[name] ?? []);

  it('counts what was found, missed and invented', () => {
    assert.deepEqual([measured.files, measured.labels, measured.pairs.length, measured.missed.length, measured.invented.length, measured.inventedInNegatives], [2, 3, 2, 1, 2, 1]);
  });

  it('takes "unknown" for wrong where the label knows, and leaves out what the label does not know', () => {
    const byField = new Map(agreements(measured.pairs).map((each) => [each.field, each]));
    assert.deepEqual(byField.get('retry'), { field: 'retry', known: 2, agreed: 1, majority: 1, unknown: 1 });
    assert.equal(byField.get('failure')?.agreed, 2);
    assert.equal(agreements(measure([file('a.js', [label(3, { paging: 'unknown' })])], () => [call(3, {})]).pairs).find(({ field }) => field === 'paging')?.known, 0);
  });

  it('tells recall and precision of the rare values', () => {
    assert.deepEqual(rareValues(measured.pairs).find(({ value }) => value === 'swallowed'), { field: 'failure', value: 'swallowed', labelled: 1, reported: 1, both: 1 });
    assert.deepEqual(rareValues(measured.pairs).find(({ value }) => value === 'explicit'), { field: 'retry', value: 'explicit', labelled: 1, reported: 0, both: 0 });
  });

  it('leaves out repositories that are not at hand', () => {
    assert.equal(measure(files, () => undefined).files, 0);
  });

  it('asks for nothing below the last line that was labelled', () => {
    const { missed, invented } = measure([{ ...file('a.js', [label(1, {})]), upTo: 2 }], () => [call(1, {}), call(9, {})]);
    assert.deepEqual([missed.length, invented.length], [0, 0]);
  });

  it('has each repository in one part, and labels that are words of the report', () => {
    const parts = new Map<string, Set<string>>();
    for (const { repo, part, commit, calls } of labelledFiles()) {
      parts.set(repo, (parts.get(repo) ?? new Set()).add(part));
      assert.match(commit, /^[\da-f]{40}$/, repo);
      for (const each of calls) {
        const place = `${repo} ${each.line}:${each.column}`;
        for (const [field, words] of Object.entries(WORDS)) assert.ok(each[field as Field] === undefined || words.includes(each[field as Field] ?? ''), `${place} ${field}=${each[field as Field]}`);
        assert.ok(each.failure !== 'propagates' || each.upstream !== undefined, `${place} says nothing of its callers`);
        assert.notEqual(each.why, '', place);
      }
    }
    assert.deepEqual([...parts].filter(([, all]) => all.size > 1), []);
  });
});
