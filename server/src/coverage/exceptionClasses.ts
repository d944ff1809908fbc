import type { ExceptionClass } from '../../../catalog/index.ts';
import type { HandlerFact, ValueId } from '../facts/facts.ts';
import type { AbstractType } from '../resolve/abstractType.ts';
import type { Types } from '../resolve/types.ts';
import type { Followed, Origin } from './followed.ts';
import type { Mode } from './mode.ts';
import type { Reaction } from './reaction.ts';

/** Which of the failures that are followed a class, or a list of them, takes. */
export type Takes = 'all' | 'some' | 'none';

/** Statuses that answer a question rather than tell of a failure: there is no such record, or there are several. */
const ANSWERS = new Set([300, 404]);

/** Which failures a catch clause takes by their classes. */
export function takenBy(types: Types, path: string, { classes }: HandlerFact, followed: Followed, wrapped: boolean): Takes {
  return classes ? takenByClasses(types, path, classes, followed, wrapped) : 'all';
}

/** Whether a catch clause is for some of a call's failures only, or for those that are no failures to it. */
export function isPart(types: Types, path: string, handler: HandlerFact, { origin }: Followed, wrapped: boolean): boolean {
  return takenBy(types, path, handler, { origin, mode: undefined }, wrapped) === 'some' || (!wrapped && answersQuestion(types, path, handler.classes, origin));
}

/**
 * Finishes what a clause does that takes some of a call's failures, `own`: where it answers them in some way it tells them apart; where it only drops them,
 * it does not. @returns whether it tells them apart
 */
export function judgePart(types: Types, path: string, classes: readonly ValueId[] | undefined, own: Reaction, origin: Origin): boolean {
  own.asks = true;
  const drops = own.endings.size > 0 && [...own.endings].every((ending) => ending === 'forgotten') && !own.repeats;
  const isAnswer = drops && !own.logs && answersQuestion(types, path, classes, origin);
  // There is no such record, says the function: that is no failure any more.
  if (isAnswer) own.endings = new Set(['shown']);
  own.specific ||= !drops || isAnswer;
  return !drops || isAnswer;
}

/** Which failures expressions take that name classes or lists of them. */
export function takenByClasses(types: Types, path: string, classes: readonly ValueId[], followed: Followed, wrapped: boolean): Takes {
  // What was thrown in place of the failure is of a class of its own, mostly of the workspace, which the clause is there for.
  if (wrapped) return classes.some((each) => isOwn(types, path, each)) ? 'all' : 'none';
  const named = classes.flatMap((each) => namesOf(types, path, each, 0));
  const modes = followed.mode ? [followed.mode] : followed.origin.modes;
  const answers = modes.map((mode) => verdict(named, followed.origin, mode));
  if (answers.every((each) => each === false)) return 'none';
  if (answers.every((each) => each === true)) return 'all';
  if (followed.mode) return 'some';
  // Whoever catches all that the API answers has caught the failure; a broken connection is beside that, and so is an answer of which no status is known.
  const answered = answers.filter((answer, index) => !modes[index]!.network && (answer !== undefined || modes[index]!.hasStatus()));
  if (answered.length > 0 && answered.every((each) => each === true)) return 'all';
  return 'some';
}

/** Whether classes stand only for statuses that answer a question: `except NotFound: return None`. */
function answersQuestion(types: Types, path: string, classes: readonly ValueId[] | undefined, { exceptions }: Origin): boolean {
  const names = (classes ?? []).flatMap((each) => namesOf(types, path, each, 0));
  const known = exceptions.filter((each) => names.includes(each.name));
  return known.length > 0 && known.every((each) => each.statuses !== undefined && each.statuses.every((status) => ANSWERS.has(status)));
}

/** Whether classes are known to be of a library whose failures are followed, or of none. */
export function isKnownClass(types: Types, path: string, id: ValueId): boolean {
  return types.of(path, id).some((type) => type.k === 'exception');
}

/** Whether one of the classes takes a failure; undefined where the library does not tell. */
function verdict(names: readonly string[], origin: Origin, mode: Mode): boolean | undefined {
  return mode.isOf(`${origin.id}:${names.join()}`, (code, statuses, network) => isTaken(names, origin, { code, statuses, network }));
}

/** What a failure shows of itself. */
interface Shown {
  code: string;
  statuses: readonly number[];
  network: boolean;
}

function isTaken(names: readonly string[], { exceptions, operation }: Origin, mode: Shown): boolean | undefined {
  if (exceptions.length === 0) return names.length > 0 ? undefined : false;
  const thrown = thrownFor(exceptions, operation, mode);
  if (thrown.length === 0) return names.some((name) => exceptions.some((each) => each.name === name)) ? undefined : false;
  const answers = thrown.map((each) => ancestors(exceptions, each).some((name) => names.includes(name)));
  return answers.every((each) => each) ? true : answers.some((each) => each) ? undefined : false;
}

/** Classes of which a failure may be. */
function thrownFor(exceptions: readonly ExceptionClass[], operation: string, mode: Shown): ExceptionClass[] {
  if (mode.network) return exceptions.filter((each) => each.network || each.alsoNetwork);
  const own = exceptions.filter((each) => each.operations?.includes(operation));
  if (own.length > 0) return own;
  const open = exceptions.filter((each) => !each.operations && !each.network);
  const byCode = open.filter((each) => each.codes?.includes(mode.code));
  if (byCode.length > 0) return byCode;
  const others = open.filter((each) => each.others);
  // Of which status an answer is that has none in the catalogue, nobody knows.
  if (mode.statuses.length === 0) return open.filter((each) => each.others || each.statuses !== undefined || each.statusesFrom !== undefined);
  const found = mode.statuses.flatMap((status) => {
    const exact = open.filter((each) => each.statuses?.includes(status));
    if (exact.length > 0) return exact;
    const from = open.filter((each) => each.statusesFrom !== undefined && status >= each.statusesFrom);
    return from.length > 0 ? from : others;
  });
  return [...new Set(found.length > 0 ? found : others)];
}

/** A class's name and those of all that it extends. */
function ancestors(exceptions: readonly ExceptionClass[], of: ExceptionClass): string[] {
  const out = [of.name];
  for (let parent = of.parent; parent !== undefined && !out.includes(parent); parent = exceptions.find((each) => each.name === out.at(-1))?.parent) out.push(parent);
  return out;
}

/** The names of the classes that an expression means, by which libraries list them. */
function namesOf(types: Types, path: string, id: ValueId, depth: number): string[] {
  const value = types.program.get(path)!.values[id];
  if (!value || depth > 4) return [];
  if (value.k === 'array') return [...value.items, ...value.spreads].flatMap((each) => namesOf(types, path, each, depth + 1));
  if (value.k === 'global') return [value.name];
  const known = types.of(path, id);
  const names = known.flatMap((type) => nameOfType(types, type, depth));
  // `grpc.RpcError`, of a module that is not seen.
  const owner = value.k === 'member' && known.length === 0 ? types.program.get(path)!.values[value.object] : undefined;
  if (value.k === 'member' && owner?.k === 'binding' && types.program.get(path)!.bindings[owner.binding]!.import !== undefined) return [value.name];
  if (known.length > 0 || value.k !== 'binding') return names;
  const binding = types.program.get(path)!.bindings[value.binding]!;
  const imported = binding.import === undefined ? undefined : types.program.get(path)!.imports[binding.import]!;
  // A class of a module that is not seen may be the library's, given on.
  return imported ? [imported.imported] : binding.sources.flatMap((each) => namesOf(types, path, each, depth + 1));
}

function nameOfType(types: Types, type: AbstractType, depth: number): string[] {
  switch (type.k) {
    case 'exception':
      return [type.name];
    case 'http':
      return [type.path.slice(type.path.lastIndexOf('.') + 1)];
    case 'array': {
      const list = types.program.get(type.path)!.values[type.value];
      return list?.k === 'array' ? [...list.items, ...list.spreads].flatMap((each) => namesOf(types, type.path, each, depth + 1)) : [];
    }
    default:
      return [];
  }
}

/** A class of the workspace, or one of which nothing is known. */
function isOwn(types: Types, path: string, id: ValueId): boolean {
  const known = types.of(path, id);
  return known.length === 0 || known.some((type) => type.k === 'class' || type.k === 'array');
}
