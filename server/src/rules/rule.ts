import type { Construction } from '../coverage/constructions.ts';
import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { RelatedPlace, Severity } from '../report/callRecord.ts';

/** What a rule has to say at one call. */
export interface RuleFinding {
  /** The call, or the place where a client is made, at which it speaks. */
  call: CoveredCall | Pick<Construction, 'record'>;
  /** Where it stands in the call's file, if not at the call itself. */
  place?: { start: number; end: number };
  /** What happens in production: plain words, under 160 characters, at most three codes. */
  message: string;
  /** The same without codes and names, where those can make the message too long. */
  brief?: string;
  codes: string[];
  severity: Severity;
  related: RelatedPlace[];
  /** Fixes that may be offered, best first. */
  fixes: string[];
  /** With what other calls it may share a finding; absent where it always speaks for itself. */
  shares?: Sharing;
}

/** What calls have in common of which a rule says the same. They get one finding, and each still counts as told. */
export interface Sharing {
  /** What they share: where their failure ends, the function that a person sees around them, the file, or the place at which the finding stands. */
  by: 'handler' | 'function' | 'file' | 'place';
  /** Findings of one rule in one file with the same key are one. */
  key: string;
  /** The call in a word, for the line beside the finding. */
  noun: string;
  /** A fix that makes sense only where there are several. */
  fix?: string;
}

/** A number that a user may set for a rule. */
export interface RuleOption {
  /** What it decides, in one sentence. */
  description: string;
  default: number;
  minimum: number;
  maximum: number;
}

/** What is known of a rule without running it. */
export interface RuleAbout {
  /** Kebab-case words that name the bad pattern; final once shipped. */
  id: string;
  summary: string;
  /** Severity where nothing special is known; a finding may be milder. */
  severity: Severity;
  /** It speaks only where somebody has given it a severity. */
  offByDefault?: true;
  /** Options by name. */
  options?: Readonly<Record<string, RuleOption>>;
}

/** One kind of problem. A rule sees coverage and the catalogue, never syntax, and does not know which language it judges. */
export interface Rule extends RuleAbout {
  /**
   * Judges all calls of one file, and the clients that it makes. Of calls that share a fate each gets a finding that says what it shares; `joined` makes one of them.
   * @param option the value of one of the rule's options
   */
  check(calls: readonly CoveredCall[], constructions: readonly Construction[], option: (name: string) => number): RuleFinding[];
}
