import type { Construction } from '../coverage/constructions.ts';
import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Finding, RelatedPlace, Severity } from '../report/callRecord.ts';
import type { RuleSettings } from '../report/ruleSettings.ts';
import { isSuppressed, type Suppression } from '../suppress/suppressions.ts';
import { RULES } from './index.ts';
import type { Rule, RuleAbout, RuleFinding } from './rule.ts';
import { fitting, joined, leadOf } from './sharing.ts';
import { about as unusedSuppression, unusedSuppressions } from './unused-suppression/rule.ts';

/** What one rule has to say at a call. */
interface Voice {
  rule: Rule;
  finding: RuleFinding;
}

/** A finding, and the calls or clients about which it is, that of which it speaks first; none where it is about neither. */
export interface Judged {
  finding: Finding;
  about: RuleFinding['call'][];
}

/**
 * Runs every rule over a file's calls and the clients it makes. One finding for one decision: where several rules speak at a call, the first in rank stays, however mild it is there, and
 * what the others say stands beside it; only a hint yields to what is more. It stays the only one even where it is switched off or silenced. A comment that silences nothing is told too.
 * @param path the file whose calls they are
 */
export function judge(path: string, calls: readonly CoveredCall[], constructions: readonly Construction[], settings: RuleSettings, suppressions: readonly Suppression[], lineOf: (offset: number) => number): Judged[] {
  const voices = new Map<number, Voice[]>();
  const live = calls.filter((call) => !call.neverRuns);
  for (const rule of RULES) {
    for (const finding of rule.check(live, constructions, (name) => optionOf(rule, settings, name))) {
      const start = finding.call.record.start;
      const own = voices.get(start);
      if (!own) voices.set(start, [{ rule, finding }]);
      else if (own.at(-1)!.rule !== rule) own.push({ rule, finding });
    }
  }
  for (const own of voices.values()) if (isHint(own[0]!)) own.sort((one, other) => Number(isHint(one)) - Number(isHint(other)));
  const isHeard = ({ rule, finding }: Voice): boolean => isOn(rule, settings) && !isSuppressed(suppressions, rule.id, lineOf(placeOf(finding).start));
  const out: Judged[] = [];
  for (const { rule, group } of groupsOf(voices)) {
    // The comment stands where the finding stood: it silences all that the finding told.
    if (!isHeard({ rule, finding: leadOf(group) })) continue;
    const heard = group.filter((each) => isHeard({ rule, finding: each }));
    const finding = joined(heard);
    const others = voices.get(finding.call.record.start)!.slice(1).filter(isHeard);
    const beside = others.map((each): RelatedPlace => ({ path, ...placeOf(each.finding), message: `${fitting(each.finding).message} (${each.rule.id})` }));
    out.push({
      finding: { rule: rule.id, severity: severityOf(rule, finding.severity, settings), path, ...placeOf(finding), message: finding.message, codes: finding.codes, fixes: finding.fixes, related: [...finding.related, ...beside] },
      about: heard.map(({ call }) => call).sort((one, other) => Number(other === finding.call) - Number(one === finding.call)),
    });
  }
  if (isOn(unusedSuppression, settings)) {
    const said = [...voices.values()].flat().map(({ rule, finding }) => ({ rule: rule.id, line: lineOf(placeOf(finding).start) }));
    for (const unused of unusedSuppressions({ path, suppressions, voices: said, rules: RULES, isOn: (rule) => isOn(rule, settings) })) {
      // A comment that silences everything does not silence what is said of itself.
      if (!isSuppressed(suppressions.filter(({ rule }) => rule !== undefined), unusedSuppression.id, lineOf(unused.start))) out.push({ finding: { ...unused, severity: severityOf(unusedSuppression, unused.severity, settings) }, about: [] });
    }
  }
  return out.sort((one, other) => one.finding.start - other.finding.start);
}

function isHint({ finding }: Voice): boolean {
  return finding.severity === 'hint';
}

/** The findings that are told, in source order, those that share one together. */
function groupsOf(voices: ReadonlyMap<number, readonly Voice[]>): { rule: Rule; group: RuleFinding[] }[] {
  const groups = new Map<string, { rule: Rule; group: RuleFinding[] }>();
  for (const [start, [first]] of [...voices].sort(([one], [other]) => one - other)) {
    const { rule, finding } = first!;
    const key = finding.shares ? `${rule.id} ${finding.shares.by} ${finding.shares.key}` : `${rule.id} ${start}`;
    const group = groups.get(key)?.group;
    if (group) group.push(finding);
    else groups.set(key, { rule, group: [finding] });
  }
  return [...groups.values()];
}

function placeOf({ place, call }: RuleFinding): { start: number; end: number } {
  return place ?? { start: call.record.start, end: call.record.end };
}

/** Whether a rule speaks at all. */
function isOn(rule: RuleAbout, { rules }: RuleSettings): boolean {
  const wanted = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
  return wanted === undefined ? !rule.offByDefault : wanted !== 'off';
}

function severityOf(rule: RuleAbout, own: Severity, { rules }: RuleSettings): Severity {
  const wanted = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
  return wanted === undefined || wanted === 'off' ? own : wanted;
}

function optionOf(rule: Rule, { options }: RuleSettings, name: string): number {
  const own = Object.hasOwn(options, rule.id) ? options[rule.id]?.[name] : undefined;
  return own ?? rule.options?.[name]?.default ?? 0;
}
