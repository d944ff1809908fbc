import assert from 'node:assert/strict';
import { parseSettings } from '../../server/src/editor/settings.ts';

describe('settings', () => {
  const parse = (section: unknown): { settings: ReturnType<typeof parseSettings>; logged: string[] } => {
    const logged: string[] = [];
    return { settings: parseSettings(section, (line) => logged.push(line)), logged };
  };

  it('an empty catalog, which the editor sends where nobody has written one, is none: no schema is loaded for it', () => {
    for (const catalog of [{}, null, undefined]) assert.equal('catalog' in parse({ catalog }).settings, false, String(catalog));
  });

  it('a catalog with anything in it is handed on as it was written, also a wrong one', () => {
    for (const catalog of [{ codes: [] }, [], 'x', 7]) assert.equal(parse({ catalog }).settings.catalog, catalog);
  });

  it('garbage is told and the defaults are used', () => {
    for (const section of [7, 'x', [], true]) {
      const { settings, logged } = parse(section);
      assert.deepEqual(settings, { enable: true, rules: {} });
      assert.equal(logged.length, 1);
    }
    const { settings, logged } = parse({ enable: 'yes', rules: { 'missing-retry': 'loud', __proto__: null } });
    assert.deepEqual(settings, { enable: true, rules: {} });
    assert.equal(logged.length, 2);
  });
});
