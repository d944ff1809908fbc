import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { FunctionId, ValueId } from '../facts/facts.ts';
import type { ErrorLook } from './errorLooks.ts';
import type { Retrier } from './retrier.ts';

/** How one path from a failure ends inside a function. */
export type Ending =
  /** The same error leaves. */
  | 'rethrow'
  /** Another error that is made of it, or not, leaves. */
  | 'wrap'
  /** The error is handed to a callback, `next` or `reject`. */
  | 'pass'
  /** The program ends. */
  | 'exit'
  /** The function returns nothing, or goes on, as if nothing had failed. */
  | 'forgotten'
  /** The function returns, stores or does something that shows the failure. */
  | 'shown'
  /** The error itself is what the function returns: its caller may look at it. */
  | 'handed'
  /** What leaves is the answer of an HTTP client, which its receiver may look at. */
  | 'answer';

/** A failure leaves through the end of a function, or, where `parameter` says so, by being handed to the callback that the function was given. */
export interface Exit {
  path: string;
  fn: FunctionId;
  parameter?: number;
  /** `fn` is a promise's executor and the failure rejects that promise. */
  rejects?: boolean;
  /** The failure rejects the promise that this call has made in the function together with what settles it. */
  deferred?: ValueId;
  /** The function is left while it runs, and not by a promise that it gives: it is thrown where the function is called, or comes as its plain result. */
  atOnce?: true;
  /** What leaves is no error but an answer that may tell of one. */
  answer?: HttpAnswer;
  /** What leaves says to whoever repeats that it must not. */
  final?: true;
}

/** What a function, or a handler in it, does with a failure. */
export interface Reaction {
  endings: Set<Ending>;
  /** Whether a test of the error's code, status, class or message decides. */
  specific: boolean;
  /** Whether any test on the way looks at the error, so that each failure mode must be asked by itself. */
  asks: boolean;
  /** Whether the failing call is made again. */
  repeats: boolean;
  /** What makes the call again, as far as it was seen. */
  retriers: Retrier[];
  /** Whether a test decides whose answer for this mode is not known. */
  undecided: boolean;
  /** What tests compare the error with. */
  looks: ErrorLook[];
  /** Whether every error that is thrown here says that nobody must try again; absent where none is thrown. */
  final?: boolean;
  /** Where another error is thrown that holds nothing of this one, and nothing was logged. */
  loses?: { path: string; at: number; to: number };
  /** Whether code that was written for success runs after the failure was dropped. */
  goesOn: boolean;
  /** Whether any path writes a log line. */
  logs: boolean;
  /** Whether anything but the same error leaves, or somebody is told of it on the way; a log line, and what is done once more, aside. */
  alters: boolean;
  /** Whether the function gives back something where it fails. */
  gives: boolean;
  /** Of an answer: whether a test asks if it tells of a failure. */
  looked: boolean;
  /** Of an answer: whether what only a success brings is asked of it where the language then throws, and nothing around takes that. */
  demanded: boolean;
  /** Nobody waits for the failure at all. */
  floating: boolean;
  /** A callback is given the error and never looks at it. */
  ignored: boolean;
  /** It is given to something that is not known, which may repeat it. */
  mayRepeat: boolean;
  /** Something that is not followed decides. */
  unknown: boolean;
  /** Where it is handled: a catch clause or handler function. */
  handler?: { path: string; at: number; to: number };
  /** Where the failure leaves. */
  leavesAt: Exit[];
}

export function newReaction(): Reaction {
  return { endings: new Set(), specific: false, looked: false, gives: false, demanded: false, asks: false, repeats: false, retriers: [], undecided: false, looks: [], goesOn: false, logs: false, alters: false, floating: false, ignored: false, mayRepeat: false, unknown: false, leavesAt: [] };
}

/** Nobody waits for the failure. */
export function floatingReaction(): Reaction {
  const out = newReaction();
  out.floating = true;
  return out;
}

/** Joins what several paths, or several uses, do. */
export function mergeInto(target: Reaction, other: Reaction): void {
  for (const ending of other.endings) target.endings.add(ending);
  target.specific ||= other.specific;
  target.looked ||= other.looked;
  target.gives ||= other.gives;
  target.demanded ||= other.demanded;
  target.asks ||= other.asks;
  target.repeats ||= other.repeats;
  target.undecided ||= other.undecided;
  for (const each of other.retriers) if (!target.retriers.some((known) => known.path === each.path && known.at === each.at)) target.retriers.push(each);
  for (const each of other.looks) if (!target.looks.some((known) => known.path === each.path && known.at === each.at && known.member === each.member)) target.looks.push(each);
  if (other.loses) target.loses ??= other.loses;
  target.goesOn ||= other.goesOn;
  target.logs ||= other.logs;
  target.alters ||= other.alters;
  target.floating ||= other.floating;
  target.ignored ||= other.ignored;
  target.mayRepeat ||= other.mayRepeat;
  target.unknown ||= other.unknown;
  target.handler ??= other.handler;
  for (const each of other.leavesAt) if (!target.leavesAt.some((known) => known.path === each.path && known.fn === each.fn && known.parameter === each.parameter && known.rejects === each.rejects && known.deferred === each.deferred && known.atOnce === each.atOnce && known.answer === each.answer && known.final === each.final)) target.leavesAt.push(each);
}

/** Endings by which a failure goes on to whoever called. */
export const LEAVING = ['rethrow', 'wrap', 'pass', 'answer'] as const;

/** Whether the failure goes on to whoever called. */
export function leaves(reaction: Reaction): boolean {
  return LEAVING.some((ending) => reaction.endings.has(ending));
}

/** Adds what a function called on the way asks of the failure, and whether it writes it down. */
export function noteLooks(out: Reaction, { specific, asks, logs }: Reaction): void {
  out.specific ||= specific;
  out.asks ||= asks;
  out.logs ||= logs;
}

/** What a function does about a failure without ending it: it says so, or gives back something that shows it, or forgets it. Undefined where every way of it ends elsewhere. */
export function endingWithin({ endings }: Reaction): 'shown' | 'forgotten' | undefined {
  const within = [...endings].filter((ending) => !['exit', 'wrap', 'rethrow', 'answer'].includes(ending));
  if (within.length === 0) return undefined;
  return within.includes('shown') || within.includes('handed') ? 'shown' : 'forgotten';
}

/** Something that is not followed decides. */
export function unknown(): Reaction {
  const out = newReaction();
  out.unknown = true;
  return out;
}

/** Whether nothing is known to become of a failure. */
export function isEmpty(reaction: Reaction): boolean {
  return reaction.endings.size === 0 && !reaction.floating && !reaction.unknown && !reaction.repeats;
}

/** Several uses of one promise: one that handles it is enough, others only drop their copy; one that is not followed may handle it. */
export function join(out: Reaction, parts: Reaction[]): Reaction {
  const decided = parts.filter((each) => each.endings.size > 0 || each.repeats);
  for (const part of decided.length > 0 ? decided : parts) mergeInto(out, part);
  if (decided.length > 0) {
    out.floating = false;
    out.unknown = decided.some((each) => each.unknown);
  } else if (out.unknown) out.floating = false;
  return out;
}
