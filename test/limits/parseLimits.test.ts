import assert from 'node:assert/strict';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import { usageOf } from '../../server/src/limits/orgLimits.ts';
import { parseCliLimits, parseLimitsBody } from '../../server/src/limits/parseLimits.ts';

describe('limits: body of GET /limits', () => {
  it('reads limits, shares of connected apps and nested limits', () => {
    const { limits, unreadable } = parseLimitsBody({
      DailyApiRequests: { Max: 15000, Remaining: 14000, 'Ant Migration Tool': { Max: 500, Remaining: 480 } },
      PermissionSets: { Max: 1500, Remaining: 1499, CreateCustom: { Max: 1000, Remaining: 999 } },
    });
    assert.deepEqual(limits, [
      {
        name: 'DailyApiRequests', maximum: 15000, remaining: 14000,
        parts: [{ name: 'Ant Migration Tool', maximum: 500, remaining: 480, parts: [] }],
      },
      { name: 'PermissionSets', maximum: 1500, remaining: 1499, parts: [{ name: 'CreateCustom', maximum: 1000, remaining: 999, parts: [] }] },
    ]);
    assert.deepEqual(unreadable, []);
  });

  it('keeps what it can read when one key is odd, and names that key', () => {
    const { limits, unreadable } = parseLimitsBody({
      Good: { Max: 1, Remaining: 1 }, Text: 'x', Null: null, List: [], Strings: { Max: '5', Remaining: '4' }, Half: { Max: 5 },
      Infinite: { Max: Infinity, Remaining: 1 },
    });
    assert.deepEqual(limits.map(({ name }) => name), ['Good']);
    assert.deepEqual(unreadable, ['Text', 'Null', 'List', 'Strings', 'Half', 'Infinite']);
  });

  it('reads a key named like a member of Object.prototype as any other', () => {
    const body: unknown = JSON.parse('{"__proto__":{"Max":3,"Remaining":1},"constructor":{"Max":2,"Remaining":2}}');
    assert.deepEqual(parseLimitsBody(body).limits.map(({ name, maximum }) => [name, maximum]), [['__proto__', 3], ['constructor', 2]]);
  });

  for (const garbage of [undefined, null, '', '<html>', 7, [], {}, { message: 'x', errorCode: 'Y' }, [{ Max: 1, Remaining: 1 }]]) {
    it(`says garbage of ${JSON.stringify(garbage)}`, () => {
      assert.throws(() => parseLimitsBody(garbage), (error) => error instanceof LimitsProblem && error.kind === 'garbage');
    });
  }
});

describe('limits: result of the Salesforce CLI', () => {
  it('reads a list of name, max and remaining', () => {
    const { limits, unreadable } = parseCliLimits([
      { name: 'DataStorageMB', max: 1024, remaining: -3 }, { name: 'X', max: null, remaining: 1 }, 'odd', null,
    ]);
    assert.deepEqual(limits, [{ name: 'DataStorageMB', maximum: 1024, remaining: -3, parts: [] }]);
    assert.deepEqual(unreadable, ['X', 'text', 'empty']);
  });

  for (const garbage of [undefined, null, {}, 'text', [], [1, 2], [{ name: 'X' }], [{ name: 5, max: 1, remaining: 1 }]]) {
    it(`says garbage of ${JSON.stringify(garbage)}`, () => {
      assert.throws(() => parseCliLimits(garbage), (error) => error instanceof LimitsProblem && error.kind === 'garbage');
    });
  }
});

describe('limits: usage', () => {
  const usage = (maximum: number, remaining: number) => usageOf({ name: 'X', maximum, remaining, parts: [] });

  it('is what is not left', () => assert.deepEqual(usage(200, 150), { used: 50, percent: 25 }));
  it('passes 100 percent when the remainder is negative', () => assert.deepEqual(usage(100, -20), { used: 120, percent: 120 }));
  it('has no percentage of a maximum of zero', () => assert.deepEqual(usage(0, 0), { used: 0, percent: undefined }));
  it('counts use against a maximum of zero', () => assert.deepEqual(usage(0, -4), { used: 4, percent: undefined }));
  it('is never negative, even when more is left than there is', () => assert.deepEqual(usage(10, 12), { used: 0, percent: 0 }));
});
