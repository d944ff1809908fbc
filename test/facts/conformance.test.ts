import assert from 'node:assert/strict';
import { cellOf, FACTS, fixNames, LANGUAGES, shownFacts, shownFixes, shownRules } from '../../scripts/conformance.mjs';
import { NOT_IN, PARTIAL } from '../../scripts/conformanceReasons.mjs';
import { RULES } from '../../server/src/rules/index.ts';

type Reasons = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const KINDS = {
  facts: { names: Object.keys(FACTS), shown: shownFacts },
  rules: { names: RULES.map(({ id }) => id), shown: shownRules },
  fixes: { names: fixNames(), shown: (language: string) => shownFixes(language) },
} as const;

/** That the page is up to date is tested with the other generated files. */
describe('the conformance table', function () {
  this.timeout(60_000);

  for (const [kind, { names, shown }] of Object.entries(KINDS)) {
    it(`gives a reason for every one of the ${kind} that a language does not have, and for no other`, async () => {
      for (const language of LANGUAGES) {
        const has = await shown(language);
        assert.ok(has.size > 0, `fixtures of ${language} show ${kind}`);
        for (const name of names) {
          const { word, reason } = cellOf(kind, name, language, has);
          assert.equal(reason === undefined, word === 'full', `${name}, ${language}: ${word}, ${reason ?? 'no reason'}`);
          assert.ok(!(has.has(name) && word === 'none'), `${name} is shown in ${language}`);
        }
      }
    });
  }

  it('names nothing that is not in it', () => {
    for (const reasons of [NOT_IN, PARTIAL] as Reasons[]) {
      for (const [kind, byName] of Object.entries(reasons)) {
        for (const [name, byLanguage] of Object.entries(byName)) {
          assert.ok((KINDS[kind as keyof typeof KINDS].names as readonly string[]).includes(name), name);
          for (const language of Object.keys(byLanguage)) assert.ok(LANGUAGES.includes(language), language);
        }
      }
    }
  });
});
