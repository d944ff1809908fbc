import type { Construction } from '../coverage/constructions.ts';
import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Finding, Severity } from '../report/callRecord.ts';
import { isSuppressed, type Suppressions } from '../suppress/suppressions.ts';
import { RULES } from './index.ts';
import type { RuleFinding } from './rule.ts';

/**
 * Runs every rule over a file's calls and the clients it makes. One finding for one decision: where several rules speak at a call, the first in rank stays, however mild it is there, and it
 * stays the only one even where it is switched off or silenced.
 */
export function judge(calls: readonly CoveredCall[], constructions: readonly Construction[], settings: Record<string, Severity | 'off'>, suppressions: Suppressions, lineOf: (offset: number) => number): Finding[] {
  const best = new Map<number, { rule: string; finding: RuleFinding }>();
  const live = calls.filter((call) => !call.neverRuns);
  for (const rule of RULES) {
    for (const finding of rule.check(live, constructions)) {
      const start = finding.call.record.start;
      if (!best.has(start)) best.set(start, { rule: rule.id, finding });
    }
  }
  const out: Finding[] = [];
  for (const [start, { rule, finding }] of [...best].sort(([one], [other]) => one - other)) {
    const wanted = settings[rule];
    if (wanted === 'off' || isSuppressed(suppressions, rule, lineOf(start))) continue;
    const { path, end } = finding.call.record;
    out.push({ rule, severity: wanted ?? finding.severity, path, start, end, message: finding.message, codes: finding.codes, fixes: finding.fixes, related: finding.related });
  }
  return out;
}
