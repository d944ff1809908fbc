import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ABOUT_RULES } from '../../server/src/rules/index.ts';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

const ROOM = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src/rules');
const MANIFEST = JSON.stringify({ name: 'page', dependencies: { jsforce: '^3.6.0', 'p-retry': '^7.1.1', axios: '^1.7.0', got: '^14.0.0' } });
/** A page shows what matters; where the connection comes from is understood. */
const UNDERSTOOD = "const jsforce = require('jsforce');\nconst conn = new jsforce.Connection({});\n";

/** The blocks of code of one section of a page. */
function blocks(page: string, section: string): { language: string; text: string }[] {
  const from = page.indexOf(`## ${section}`);
  const to = page.indexOf('\n## ', from + 1);
  return [...page.slice(from, to).matchAll(/^```(js|ts)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));
}

/** How often a rule, switched on, speaks in a block. */
async function findings(rule: string, { language, text }: { language: string; text: string }): Promise<number> {
  const own = /\bfrom 'jsforce'|require\('jsforce'\)/.test(text) ? text : UNDERSTOOD + text;
  const name = `page.${language}`;
  const engine = await engineOf([{ name: 'package.json', text: MANIFEST }, { name, text: own }]);
  engine.setRules({ everywhere: { rules: { [rule]: 'warning' }, options: {} }, folders: [] });
  const { findings: found, failed } = engine.analyse(path.join(ROOT, name));
  assert.equal(failed, undefined);
  return found.filter((each) => each.rule === rule).length;
}

describe('the page of', () => {
  for (const { id } of ABOUT_RULES) {
    const page = readFileSync(path.join(ROOM, id, 'README.md'), 'utf8');
    it(`${id} shows bad code that is flagged, every block of it`, async () => {
      const bad = blocks(page, 'Bad code');
      assert.ok(bad.length > 0);
      for (const block of bad) assert.ok((await findings(id, block)) > 0, block.text);
    });

    it(`${id} shows better code that is silent`, async () => {
      const better = blocks(page, 'Better code');
      assert.ok(better.length > 0);
      for (const block of better) assert.equal(await findings(id, block), 0, block.text);
    });
  }
});
