import assert from 'node:assert/strict';
import { parseLimitInfo, withApiUsage } from '../../server/src/limits/limitInfo.ts';
import type { OrgLimits } from '../../server/src/limits/orgLimits.ts';

describe('limits: the header Sforce-Limit-Info', () => {
  for (const [header, expected] of [
    ['api-usage=10018/100000', { used: 10018, maximum: 100000 }],
    ['api-usage=10018/100000; api-bursts=1/750', { used: 10018, maximum: 100000 }],
    ['api-bursts=1/750;api-usage=5/10', { used: 5, maximum: 10 }],
    ['api-usage=25/5000; per-app-api-usage=17/250(appName=sample-app)', { used: 25, maximum: 5000, app: { name: 'sample-app', used: 17, maximum: 250 } }],
    ['api-usage=120/100', { used: 120, maximum: 100 }],
  ] as const) {
    it(`is read: ${header}`, () => assert.deepEqual(parseLimitInfo(header), expected));
  }

  for (const header of [undefined, null, '', 'api-usage', 'api-usage=', 'api-usage=x/y', 'api-usage=-1/5', 'usage=1/2', '; ; ;', 'per-app-api-usage=1/2(appName=a)', 'api-usage=99999999999999999999/1', ';'.repeat(100_000)]) {
    it(`is passed over: ${String(header).slice(0, 40)}`, () => assert.equal(parseLimitInfo(header), undefined));
  }

  const listed = (maximum: number): OrgLimits => ({
    limits: [{ name: 'DailyApiRequests', maximum, remaining: 60, parts: [{ name: 'Loader', maximum: 9, remaining: 1, parts: [] }] }, { name: 'Other', maximum: 1, remaining: 1, parts: [] }],
    unreadable: [],
  });

  it('is newer than the list', () => {
    const { limits } = withApiUsage(listed(100), { used: 45, maximum: 100, app: { name: 'sample-app', used: 3, maximum: 10 } });
    assert.deepEqual(limits[0], {
      name: 'DailyApiRequests', maximum: 100, remaining: 55,
      parts: [{ name: 'Loader', maximum: 9, remaining: 1, parts: [] }, { name: 'sample-app', maximum: 10, remaining: 7, parts: [] }],
    });
    assert.equal(limits.length, 2);
  });

  it('changes nothing where it counts something else, or nothing', () => {
    assert.deepEqual(withApiUsage(listed(100), { used: 45, maximum: 235_000 }), listed(100));
    assert.deepEqual(withApiUsage(listed(100), { used: 0, maximum: 0 }), listed(100));
    assert.deepEqual(withApiUsage(listed(100), undefined), listed(100));
  });

  it('stands in for a list that may not be read', () => {
    assert.deepEqual(withApiUsage({ limits: [], unreadable: [] }, { used: 4, maximum: 10 }).limits, [{ name: 'DailyApiRequests', maximum: 10, remaining: 6, parts: [] }]);
  });
});
