import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as catalog from './index.ts';
import type { Family } from './index.ts';

/**
 * What the documentation lists, as far as it was read: names only. `documented/codes.json` holds names by family, or a name with a message that
 * must be told apart from the code's other messages.
 */
function documented<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./documented/${name}.json`, import.meta.url), 'utf8')) as T;
}

const codes = documented<Record<string, (string | [code: string, message: string])[]>>('codes');
const messages = documented<{ product: string; code?: string; pattern: string; http?: number }[]>('messages');
const limits = documented<{ kind: string; name: string; value?: number; unit: string }[]>('limits');

function hasEntry(code: string, family: string): boolean {
  if (family === 'http') return catalog.findStatus(code) !== undefined;
  return catalog.findCode(code).some((entry) => entry.family === family || entry.alsoIn?.includes(family as Family));
}

describe('catalogue: completeness', () => {
  for (const [family, names] of Object.entries(codes)) {
    it(`has every documented code of ${family} (${names.length})`, () => {
      assert.deepEqual(names.map((name) => (Array.isArray(name) ? name[0] : name)).filter((name) => !hasEntry(name, family)), []);
    });
  }

  it('covers as many codes as the lists that it was made from', () => {
    assert.ok(Object.values(codes).flat().length > 3_000);
  });

  it('tells documented messages of one code apart', () => {
    const pairs = Object.entries(codes).flatMap(([family, names]) => names.flatMap((name) => (Array.isArray(name) ? [{ family: family as Family, code: name[0], message: name[1] }] : [])));
    assert.ok(pairs.length > 10);
    const merged = pairs.filter(({ family, code, message }) => {
      const entry = catalog.codeIn(code, family);
      return !entry || catalog.modeOf(entry, { message }) === entry.modes.at(-1);
    });
    assert.deepEqual(merged, []);
    // No two of them end in one mode.
    const modes = pairs.map(({ family, code, message }) => `${code}/${catalog.modeOf(catalog.codeIn(code, family)!, { message })?.id}`);
    assert.deepEqual(modes.filter((mode, index) => modes.indexOf(mode) !== index), []);
  });

  it('has every documented message', () => {
    const known = new Set(catalog.messages().flatMap(({ product, patterns }) => patterns.map((pattern) => `${product}: ${pattern}`)));
    assert.ok(messages.length >= 70);
    assert.deepEqual(messages.map(({ product, pattern }) => `${product}: ${pattern}`).filter((message) => !known.has(message)), []);
  });

  it('has every documented key of GET /limits', () => {
    const keys = limits.filter(({ kind }) => kind === 'limits-key');
    assert.ok(keys.length >= 80);
    assert.deepEqual(keys.map(({ name }) => name).filter((name) => !catalog.findLimit(name)), []);
  });

  it('has every documented bound of a request', () => {
    const bounds = limits.filter(({ kind, value }) => kind === 'fixed' && value !== undefined);
    assert.ok(bounds.length >= 70);
    const known = catalog.requestShapes();
    const missing = bounds.filter(({ value }) => !known.some((shape) => shape.value === value));
    assert.deepEqual(missing, []);
    assert.ok(known.length >= bounds.length, `${known.length} request shapes for ${bounds.length} documented bounds`);
  });

  it('has every documented place where usage can be read', () => {
    assert.equal(catalog.usageViews().length, limits.filter(({ kind }) => kind === 'usage-view').length);
  });

  it('knows which API versions are gone', () => {
    for (const version of [7, 20, 21, 30]) assert.match(catalog.retirementOf(version, 'rest')?.id ?? '', /^api-versions-/);
    assert.equal(catalog.retirementOf(31, 'soap')?.retired, "Summer '28");
    assert.equal(catalog.retirementOf(60, 'rest'), undefined);
    assert.ok(catalog.retirements().some(({ operations }) => operations?.includes('soap.login')));
  });
});
