import assert from 'node:assert/strict';
import { decidesOnRules, parseSettings } from '../../server/src/editor/settings.ts';
import { ABOUT_RULES } from '../../server/src/engine/aboutRules.ts';
import { parseRuleSettings } from '../../server/src/user-catalog/parseUserCatalog.ts';

describe('settings', () => {
  const parse = (section: unknown): { settings: ReturnType<typeof parseSettings>; logged: string[] } => {
    const logged: string[] = [];
    return { settings: parseSettings(section, (line) => logged.push(line), (value) => parseRuleSettings(value, ABOUT_RULES)), logged };
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
      assert.deepEqual(settings, { enable: true, rules: { rules: {}, options: {} } });
      assert.equal(logged.length, 1);
    }
    const { settings, logged } = parse({ enable: 'yes', rules: { 'missing-retry': 'loud', __proto__: null } });
    assert.deepEqual(settings, { enable: true, rules: { rules: {}, options: {} } });
    assert.equal(logged.length, 2);
    assert.match(logged[1]!, /^The setting apiGuard\.rules\.missing-retry: A rule is off, hint, information, warning or error\. The default is used\.$/);
    for (const rules of [3, 'x', [], { a: { b: 1 } }, { 'missing-retry': { a: 1 } }]) assert.deepEqual(parse({ rules, options: rules }).settings.rules, { rules: {}, options: {} });
  });

  it('what makes sense counts, whatever stands beside it, and null is the default', () => {
    const { settings, logged } = parse({ rules: { 'missing-retry': 'off', 'floating-call': null, 'no-such-rule': 'off', 'swallowed-failure': 'LOUD' } });
    assert.deepEqual(settings.rules.rules, { 'missing-retry': 'off' });
    assert.equal(logged.length, 2);
  });

  it('nothing is decided about rules where the editor sends null for each: no schema is loaded for that', () => {
    for (const section of [{}, null, 7, { rules: null }, { rules: { 'missing-retry': null }, options: { x: { y: null } } }]) assert.equal(decidesOnRules(section), false);
    for (const section of [{ rules: { 'missing-retry': 'off' } }, { rules: 3 }, { options: { x: { y: 1 } } }]) assert.equal(decidesOnRules(section), true);
  });
});
