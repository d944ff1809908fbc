import { codeNames, isCode } from '../../../../catalog/index.ts';
import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { placed } from '../place.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isWithin } from './distance.ts';

/** What is compared: words as Salesforce writes its codes. Short ones are near too many others. */
const CODE = /^[A-Z]{2,}(?:_[A-Z0-9]+)+$/;
const SHORTEST = 10;
/** Letters that may differ: more in words long enough to have no neighbours. */
function nearness(word: string): number {
  return word.length >= 16 ? 2 : 1;
}

/** A code that is almost one of Salesforce's. */
export const rule: Rule = {
  id: 'unknown-error-code',
  summary: 'A test compares a Salesforce error with a code that does not exist, and that differs by a letter or two from one that does.',
  severity: 'warning',
  check: (calls) => calls.flatMap((call) => misspelt(call).slice(0, 1)),
};

function misspelt(call: CoveredCall): RuleFinding[] {
  // Whoever tells errors apart by their class knows of errors of other kinds, with codes of their own.
  if (!call.errorShape || call.looks.some((look) => look.how === 'class')) return [];
  return call.looks.flatMap((look) => {
    if (look.made) return [];
    const unknown = look.wanted.filter((each): each is string => typeof each === 'string' && each.length >= SHORTEST && each.length < 80 && CODE.test(each) && !isCode(each));
    return unknown.slice(0, 1).flatMap((word) => {
      // A part of a name is not a name.
      const known = codeNames().filter((name) => CODE.test(name));
      if (look.how === 'contains' && known.some((name) => name.includes(word))) return [];
      const meant = known.find((name) => isWithin(name, word, nearness(word)));
      if (meant === undefined) return [];
      const message = meant.length + word.length > 70 ? `There is no error code like this one, so the test never holds. Did you mean ${meant}?` : `There is no error code ${word}, so this test never holds. Did you mean ${meant}?`;
      return placed(call, look, { message, codes: [meant], severity: 'warning', related: [], fixes: ['correct-error-code'] });
    });
  });
}
