import type { Construction } from '../coverage/constructions.ts';
import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { RelatedPlace, Severity } from '../report/callRecord.ts';

/** What a rule has to say at one call. */
export interface RuleFinding {
  /** The call, or the place where a client is made, at which it speaks. */
  call: CoveredCall | Pick<Construction, 'record'>;
  /** What happens in production: plain words, under 160 characters, at most three codes. */
  message: string;
  codes: string[];
  severity: Severity;
  related: RelatedPlace[];
  /** Fixes that may be offered, best first. */
  fixes: string[];
}

/** One kind of problem. A rule sees coverage and the catalogue, never syntax, and does not know which language it judges. */
export interface Rule {
  /** Kebab-case words that name the bad pattern; final once shipped. */
  id: string;
  summary: string;
  /** Severity where nothing special is known; a finding may be milder. */
  severity: Severity;
  /** Judges all calls of one file together, so that calls that share a fate share a finding, and the clients that it makes. */
  check(calls: readonly CoveredCall[], constructions: readonly Construction[]): RuleFinding[];
}
