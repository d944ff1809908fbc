import type { CoveredCall } from '../coverage/coveredCall.ts';
import { type RelatedPlace, SEVERITIES } from '../report/callRecord.ts';
import type { RuleFinding, Sharing } from './rule.ts';
import { nounOf } from './wording.ts';

/** A message is shorter. */
const TOO_LONG = 160;
/** As many of the other calls are named beside a finding; the message counts all of them. */
const MOST_NAMED = 5;
const SUFFIX: Record<Sharing['by'], (more: number) => string> = {
  handler: (more) => ` ${more} more ${more === 1 ? 'shares' : 'share'} this handler.`,
  function: (more) => ` ${more} more in this function.`,
  file: (more) => ` ${more} more in this file.`,
  place: () => '',
};
const BESIDE: Record<Sharing['by'], (noun: string) => string> = {
  handler: (noun) => `This ${noun} shares the handler.`,
  function: (noun) => `The same holds for this ${noun}.`,
  file: (noun) => `The same holds for this ${noun}.`,
  place: (noun) => `This ${noun} comes here, too.`,
};

/** Calls of one function share a finding: somebody who mends one mends the others on the way. @param fix see `Sharing` */
export function inFunction(call: CoveredCall, fix?: string): { shares: Sharing } {
  return { shares: { by: 'function', key: call.owner, noun: nounOf(call), ...(fix === undefined ? {} : { fix }) } };
}

/** The finding that speaks for a group: the first of the most severe. @param group not empty, in source order */
export function leadOf(group: readonly RuleFinding[]): RuleFinding {
  return group.reduce((lead, each) => (SEVERITIES.indexOf(each.severity) < SEVERITIES.indexOf(lead.severity) ? each : lead));
}

/** One finding for several that share a fate: it says how many more there are, and names them as places beside it. @param group see `leadOf` */
export function joined(group: readonly RuleFinding[]): RuleFinding {
  const lead = leadOf(group);
  const { shares } = lead;
  if (!shares || group.length === 1) return fitting(lead);
  const others = group.filter((each) => each !== lead);
  const beside = others.slice(0, MOST_NAMED).map(({ call: { record }, shares: own }): RelatedPlace => ({ path: record.path, start: record.start, end: record.end, message: BESIDE[shares.by](own?.noun ?? shares.noun) }));
  return { ...fitting(lead, SUFFIX[shares.by](others.length)), fixes: [...lead.fixes, ...(shares.fix === undefined ? [] : [shares.fix])], related: [...lead.related, ...beside] };
}

/** A finding with a message that is short enough, and the codes that stand in it. */
export function fitting(finding: RuleFinding, suffix = ''): RuleFinding {
  const whole = `${finding.message}${suffix}`;
  if (whole.length < TOO_LONG || finding.brief === undefined) return { ...finding, message: whole };
  const message = `${finding.brief}${suffix}`;
  return { ...finding, message, codes: finding.codes.filter((code) => message.includes(code)) };
}
