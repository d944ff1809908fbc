import type { End, Upstream } from '../report/callRecord.ts';
import type { Types } from '../resolve/types.ts';
import { ByMode } from './byMode.ts';
import type { ErrorLook } from './errorLooks.ts';
import { type Followed, followedKey, onFrom } from './followed.ts';
import { endOf, failureOf } from './projection.ts';
import { type Exit, LEAVING, leaves, mergeInto, newReaction, type Reaction } from './reaction.ts';
import type { Retrier } from './retrier.ts';
import type { Ways } from './ways.ts';

/** Where a failure goes after it left a function. */
export interface Beyond {
  upstream: Upstream;
  /** The same of the caller whose handling the other members tell: the least careful one, and one that catches nothing is careless too. */
  least: Upstream;
  end: End;
  repeats: boolean;
  /** See `Reaction`. */
  retriers: readonly Retrier[];
  undecided: boolean;
  looks: readonly ErrorLook[];
  /** Whether a test looks at the error somewhere, so that each mode must be asked by itself. */
  asks: boolean;
  /** A caller gives it to something that is not known, which may repeat it. */
  mayRepeat: boolean;
  /** Whether every known caller treats it so. */
  unanimous: boolean;
  /** Whether the handler that decided writes a log line. */
  logged: boolean;
  /** See `CoveredCall`. */
  goesOn: boolean;
  /** The handler that decided. */
  handler?: { path: string; at: number; to: number } | undefined;
}

/** Callers of callers that are followed; real code has a few dozen. */
const MAX_CALLERS = 200;

/** Nobody in the workspace is seen to catch it. */
const UNKNOWN: Beyond = { upstream: 'unknown', least: 'unknown', end: 'unknown', repeats: false, retriers: [], undecided: false, looks: [], asks: false, mayRepeat: false, unanimous: true, logged: false, goesOn: false };

/** Follows a failure that left a function, through callers, to where it stops. Holds for one state of the program. */
export class BeyondFunction {
  private readonly types: Types;
  private readonly ways: Ways;
  private readonly known = new Map<string, ByMode<Beyond>>();
  private readonly active = new Set<string>();

  constructor(types: Types, ways: Ways) {
    this.types = types;
    this.ways = ways;
  }

  /** Goes on through functions that are called in place: their surroundings' guards count as their own. */
  lift(reaction: Reaction, followed: Followed, seen: Set<string>): { reaction: Reaction; repeats: boolean } {
    let repeats = reaction.repeats;
    if (!leaves(reaction)) return { reaction, repeats };
    const out = newReaction();
    mergeInto(out, reaction);
    out.leavesAt = [];
    const wrapped = out.endings.has('wrap');
    const on = onFrom(out, followed);
    const next: Reaction[] = [];
    for (const at of reaction.leavesAt) {
      const key = exitKey(at);
      if (seen.has(key)) continue;
      seen.add(key);
      const way = this.ways.of(at, on);
      repeats ||= way.repeats;
      if (way.mayRepeat) out.mayRepeat = true;
      out.retriers.push(...way.retriers);
      const inPlace = way.sites.filter((site) => site.transparent);
      if (inPlace.length === 0) {
        out.leavesAt.push(at);
        continue;
      }
      for (const site of inPlace) {
        const lifted = this.lift(site.reaction, on, seen);
        repeats ||= lifted.repeats;
        out.retriers.push(...lifted.reaction.retriers);
        next.push(lifted.reaction);
      }
    }
    if (next.length === 0) return { reaction: out, repeats };
    if (out.leavesAt.length === 0) {
      for (const ending of LEAVING) out.endings.delete(ending);
    }
    for (const each of next) mergeInto(out, each);
    // Another error has members of its own.
    if (wrapped) out.looks = reaction.looks;
    if (wrapped && out.endings.delete('rethrow')) out.endings.add('wrap');
    return { reaction: out, repeats };
  }

  /** What becomes of a failure at every place where it leaves: the least careful way counts. */
  of(reaction: Reaction, followed: Followed): Beyond {
    let best: Beyond | undefined;
    for (const at of reaction.leavesAt) best = lessCareful(best, this.beyond(at, onFrom(reaction, followed)));
    return best ?? UNKNOWN;
  }

  /** What callers do with a failure that leaves a function. */
  private beyond(at: Exit, followed: Followed): Beyond {
    const key = `${exitKey(at)}@${followedKey(followed)}`;
    if (this.active.has(key) || this.active.size > MAX_CALLERS) return UNKNOWN;
    let known = this.known.get(key);
    if (!known) this.known.set(key, (known = new ByMode()));
    return known.get(followed.mode, () => {
      this.active.add(key);
      const result = this.findBeyond(at, followed);
      this.active.delete(key);
      return result;
    });
  }

  private findBeyond(at: Exit, followed: Followed): Beyond {
    const facts = this.types.program.get(at.path)!;
    const fn = at.fn;
    if (at.parameter === undefined && facts.functions[fn]!.kind === 'module') return { ...UNKNOWN, upstream: 'none', least: 'none', end: 'process' };
    const way = this.ways.of(at, followed);
    let best: Beyond | undefined;
    for (const site of way.sites) {
      const { reaction, repeats } = this.lift(site.reaction, followed, new Set([exitKey(at)]));
      best = lessCareful(best, this.siteBeyond(reaction, repeats, followed));
    }
    best ??= UNKNOWN;
    return { ...best, repeats: best.repeats || way.repeats, retriers: joined(best.retriers, way.retriers), mayRepeat: best.mayRepeat || way.mayRepeat };
  }

  private siteBeyond(reaction: Reaction, repeats: boolean, followed: Followed): Beyond {
    const failure = failureOf(reaction);
    const further = leaves(reaction) ? this.of(reaction, followed) : undefined;
    const together = {
      repeats: repeats || (further?.repeats ?? false),
      retriers: joined(reaction.retriers, further?.retriers ?? []),
      undecided: reaction.undecided || (further?.undecided ?? false),
      looks: joined(reaction.looks, reaction.endings.has('wrap') ? [] : (further?.looks ?? [])),
      asks: reaction.asks || (further?.asks ?? false),
      mayRepeat: reaction.mayRepeat || (further?.mayRepeat ?? false),
    };
    if (failure === 'propagates') {
      const next = further ?? UNKNOWN;
      // Somebody here calls, and nobody catches up to whatever runs it from outside.
      const known = (upstream: Upstream): Upstream => (upstream === 'unknown' ? 'none' : upstream);
      return { ...next, ...together, upstream: known(next.upstream), least: known(next.least) };
    }
    const own = { ...together, unanimous: true, logged: reaction.logs, goesOn: reaction.goesOn, handler: reaction.handler };
    if (failure === 'floating') return { ...own, upstream: 'none', least: 'none', end: 'process' };
    // What leaves as another error and is dropped further out ends there, and not in this handler.
    const last = failure === 'generic' && further?.end === 'swallowed' ? { unanimous: further.unanimous, logged: further.logged, goesOn: further.goesOn, handler: further.handler } : {};
    return { ...own, ...last, upstream: failure, least: failure, end: further ? further.end : endOf(failure, reaction) };
  }
}

function exitKey({ path, fn, parameter, rejects, deferred, answer, final, atOnce }: Exit): string {
  return `${final ? 'x' : ''}${fn}${atOnce ? '^' : ''}${parameter === undefined ? '' : `.${parameter}`}${rejects ? '!' : ''}${deferred === undefined ? '' : `:${deferred}`}${answer ? '?' : ''}@${path}`;
}

const CARE: Upstream[] = ['swallowed', 'none', 'generic', 'discriminated', 'unknown'];
/** The report's `upstream` is `none` only where no caller catches at all. */
const CAUGHT: Upstream[] = ['swallowed', 'generic', 'discriminated', 'none', 'unknown'];

/** Places beyond this many tell nothing new: a function can have thousands of callers. */
const MOST_PLACES = 100;

/** The places of both lists, each once. */
export function joined<T extends { path: string; at: number }>(one: readonly T[], other: readonly T[]): readonly T[] {
  if (other.length === 0 || one.length >= MOST_PLACES) return one;
  const added = other.filter((each) => !one.some((known) => known.path === each.path && known.at === each.at));
  return added.length === 0 ? one : [...one, ...added].slice(0, MOST_PLACES);
}

/** Of two callers the one that takes less care; an unknown one says nothing. */
function lessCareful(one: Beyond | undefined, other: Beyond): Beyond {
  if (!one) return other;
  const worse = CARE.indexOf(other.least) < CARE.indexOf(one.least) ? other : one;
  const upstream = CAUGHT.indexOf(other.upstream) < CAUGHT.indexOf(one.upstream) ? other.upstream : one.upstream;
  return { ...worse, upstream, repeats: one.repeats || other.repeats, retriers: joined(one.retriers, other.retriers), undecided: one.undecided || other.undecided, looks: joined(one.looks, other.looks), asks: one.asks || other.asks, mayRepeat: one.mayRepeat || other.mayRepeat, unanimous: one.unanimous && other.unanimous && one.least === other.least };
}
