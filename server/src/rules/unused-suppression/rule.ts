import type { Finding } from '../../report/callRecord.ts';
import type { Suppression } from '../../suppress/suppressions.ts';
import { silences } from '../../suppress/suppressions.ts';
import type { RuleAbout } from '../rule.ts';

/** A comment that silences nothing any more. It is no rule over calls: it looks at what the others said. */
export const about: RuleAbout = {
  id: 'unused-suppression',
  summary: 'A comment silences a rule where the rule has nothing to say: the code was mended, or the name is wrong.',
  severity: 'information',
};

/** What the other rules said, and what is known of them. */
export interface Said {
  path: string;
  suppressions: readonly Suppression[];
  /** What would have been said without any comment; lines are 0-based. */
  voices: readonly { rule: string; line: number }[];
  rules: readonly RuleAbout[];
  /** Whether a rule is switched on. */
  isOn(rule: RuleAbout): boolean;
}

/** A finding for each comment, and each rule that it names, with nothing to silence. One that names a rule that is switched off may wait for better days. */
export function unusedSuppressions({ path, suppressions, voices, rules, isOn }: Said): Finding[] {
  const idle = suppressions.filter((each) => !voices.some(({ rule, line }) => silences(each, rule, line)));
  return idle.flatMap(({ rule, start, end }): Finding[] => {
    const known = rules.find(({ id }) => id === rule);
    if (rule === about.id || (known && !isOn(known))) return [];
    const message = rule === undefined ? 'No rule has anything to say here: this comment can go.' : known ? `${rule} has nothing to say here any more: this comment can go.` : `There is no rule named ${rule.slice(0, 60)}: this comment silences nothing.`;
    return [{ rule: about.id, severity: about.severity, path, start, end, message, codes: [], fixes: [], related: [] }];
  });
}
