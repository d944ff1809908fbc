import type { ClassRecord, End, Failure, FailureClass, Retry } from '../report/callRecord.ts';
import type { Ending, Reaction } from './reaction.ts';

/** Projects a reaction on the report's word for what the function does. */
export function failureOf(reaction: Reaction): Failure {
  const has = (ending: Ending): boolean => reaction.endings.has(ending);
  if (reaction.endings.size === 0) {
    if (reaction.floating) return 'floating';
    return reaction.specific && reaction.repeats ? 'discriminated' : 'unknown';
  }
  if (reaction.specific) return 'discriminated';
  if (has('shown') || has('handed') || has('wrap') || has('exit')) return 'generic';
  if (has('forgotten')) return has('rethrow') || has('pass') || has('answer') ? 'generic' : 'swallowed';
  return 'propagates';
}

/** The same for one failure mode: a test that does not choose it leaves it to whatever the rest gets. */
export function failureOfMode(reaction: Reaction): Failure {
  if (!reaction.specific || reaction.endings.size === 0) return failureOf(reaction);
  const only = (...endings: Ending[]): boolean => [...reaction.endings].every((ending) => endings.includes(ending));
  if (only('forgotten')) return 'swallowed';
  if (only('rethrow', 'pass', 'answer')) return 'propagates';
  return 'discriminated';
}

/** Where a failure that does not leave stops. */
export function endOf(failure: Failure, reaction: Reaction): End {
  if (failure === 'swallowed') return 'swallowed';
  if (failure === 'floating') return 'process';
  if (failure === 'discriminated') return 'discriminated';
  if (failure === 'generic' && reaction.endings.has('handed')) return 'unknown';
  if (failure === 'generic') return reaction.endings.has('forgotten') && !reaction.endings.has('shown') && !reaction.endings.has('exit') ? 'swallowed' : 'visible';
  return 'unknown';
}

const ROUGH: Failure[] = ['floating', 'swallowed', 'unknown', 'propagates', 'generic', 'discriminated'];

/** A class is treated as most of its modes are; where none prevails, as the worst-treated one. A branch for one code says nothing of the others. */
export function projectClass(judged: { failure: Failure; end: End; repeats: boolean }[], library: Retry, failureClass: FailureClass): ClassRecord {
  const counts = new Map<Failure, number>();
  for (const { failure } of judged) counts.set(failure, (counts.get(failure) ?? 0) + 1);
  const count = (failure: Failure): number => counts.get(failure) ?? 0;
  const usual = judged.reduce((one, other) => {
    const more = count(other.failure) - count(one.failure);
    return more > 0 || (more === 0 && ROUGH.indexOf(other.failure) < ROUGH.indexOf(one.failure)) ? other : one;
  });
  const repeats = judged.some((each) => each.repeats);
  const libraryHelps = library !== 'none' && failureClass === 'transient' ? library : 'none';
  return { failure: usual.failure, end: usual.end, retry: repeats ? 'explicit' : libraryHelps };
}
