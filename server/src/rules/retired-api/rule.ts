import { findRetirement, hasCome, retirementOf } from '../../../../catalog/index.ts';
import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Construction } from '../../coverage/constructions.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** A part of the API that is gone, or has a date on which it goes. */
export const rule: Rule = {
  id: 'retired-api',
  summary: 'An API version or a login that Salesforce has taken away, or takes away on a known date.',
  severity: 'error',
  check(calls, constructions): RuleFinding[] {
    const inFile = (key: string, noun: string, finding: RuleFinding | undefined): RuleFinding[] => (finding ? [{ ...finding, shares: { by: 'file', key, noun } }] : []);
    return [
      ...constructions.flatMap((made) => (made.version === undefined ? [] : inFile(`v${made.version}`, 'client', ofVersion(made, made.version, 'rest')))),
      ...calls.flatMap((call) => (call.apiVersion ? inFile(`v${call.apiVersion.version}`, nounOf(call), ofVersion(call, call.apiVersion.version, call.apiVersion.family)) : [])),
      ...calls.flatMap((call) => (call.soapLogin ? inFile('login', nounOf(call), ofLogin(call)) : [])),
    ];
  },
};

function ofVersion(call: CoveredCall | Construction, version: number, family: Parameters<typeof retirementOf>[1]): RuleFinding | undefined {
  const retirement = retirementOf(version, family);
  if (!retirement) return undefined;
  const answer = retirement.answers.find((each) => each.family === family)?.code;
  const name = `API version ${version}.0`;
  if (!hasCome(retirement)) return make(call, 'information', `${name} goes with ${retirement.retired}: from then on Salesforce refuses every request that names it.`, [], ['replace-api-version']);
  return make(call, 'error', `${name} is gone since ${retirement.retired}: Salesforce refuses every request that names it${answer ? ` (${answer})` : ''}.`, answer ? [answer] : [], ['replace-api-version']);
}

function ofLogin(call: CoveredCall): RuleFinding | undefined {
  const retirement = findRetirement('soap-login');
  if (!retirement) return undefined;
  return make(call, 'information', `This login goes over SOAP login(), which Salesforce takes away with ${retirement.retired}: from then on it fails. Log in with OAuth.`, [], []);
}

function make(call: CoveredCall | Construction, severity: RuleFinding['severity'], message: string, codes: string[], fixes: string[]): RuleFinding {
  return { call, message, codes, severity, related: [], fixes };
}
