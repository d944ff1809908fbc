import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isUncheckedResult } from '../../coverage/uncheckedResult.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { inFunction } from '../sharing.ts';
import { nounOf, tellingCodes } from '../wording.ts';

/** Records, rows or parts that fail without an error, and that nobody looks for. */
export const rule: Rule = {
  id: 'unchecked-partial-success',
  summary: 'Records that fail come back as results, not as an error, and nobody looks at them.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.filter(isUncheckedResult).map((call): RuleFinding => {
      const codes = exampleOf(call);
      const messageWith = (example: string): string => `${partsOf(call)} that fail in this ${nounOf(call)}${example} come back as results, not as an error, and nobody looks at them.`;
      return { call, message: messageWith(codes[0] ? ` (${codes[0]}, for one)` : ''), brief: messageWith(''), ...inFunction(call), codes, severity: 'warning', related: [], fixes: ['check-results'] };
    });
  },
};

function partsOf({ record }: CoveredCall): string {
  if (record.kind === 'bulk') return 'Rows';
  if (record.kind === 'metadata') return 'Components';
  return record.kind === 'composite' ? 'Parts' : 'Records';
}

/** A refusal that every org knows, where the call can meet it; no validation rule runs when a record is deleted. */
function exampleOf(call: CoveredCall): string[] {
  const known = call.record.kind === 'delete' ? 'DELETE_FAILED' : 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
  const usual = call.modes.find(({ code }) => code === known);
  return usual ? [usual.code] : tellingCodes(call, ['data']).slice(0, 1);
}
