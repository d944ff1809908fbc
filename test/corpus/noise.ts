import type { FileFacts, FunctionId } from '../../server/src/facts/facts.ts';
import { indexOf } from '../../server/src/facts/fileIndex.ts';
import type { CallingFile, PlacedFinding, Project } from './project.ts';

/** Lines of code for which one finding is borne. */
export const LINES_FOR_ONE = 60;

/** How much is said of a project. */
export interface Noise {
  /** Findings, hints aside. */
  findings: number;
  /** Lines that are not blank, of functions that contain a Salesforce call. */
  lines: number;
  /** Findings for every `LINES_FOR_ONE` of these lines. */
  density: number;
  /** Places with more than one finding. */
  crowded: string[];
}

/** Counts what is said of a project; undefined where no function calls Salesforce. */
export function noiseOf({ findings, files }: Project): Noise | undefined {
  const lines = files.map(linesAround).reduce((sum, each) => sum + each, 0);
  if (lines === 0) return undefined;
  const heard = findings.filter(({ severity }) => severity !== 'hint');
  return { findings: heard.length, lines, density: (heard.length * LINES_FOR_ONE) / lines, crowded: crowdedPlaces(findings) };
}

function crowdedPlaces(findings: readonly PlacedFinding[]): string[] {
  const places = findings.map(({ at }) => at);
  return [...new Set(places.filter((at, index) => places.indexOf(at) !== index))];
}

/** The middle of some numbers; NaN for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length === 0 ? Number.NaN : sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Lines that are not blank, of the functions around a file's calls; of the file's own statements, where a call stands outside of functions. */
export function linesAround({ text, facts, calls }: Pick<CallingFile, 'text' | 'facts' | 'calls'>): number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const counted = new Set<number>();
  const add = (line: number): void => void (text.slice(starts[line], starts[line + 1]).trim() !== '' && counted.add(line));
  const lineOf = (offset: number): number => starts.findLastIndex((start) => start <= offset);
  for (const id of new Set(calls.map((offset) => functionAround(facts, offset)))) {
    const { at, to } = facts.functions[id]!;
    const inner = id === 0 ? facts.functions.slice(1).map((each) => [lineOf(each.at), lineOf(each.to)] as const) : [];
    for (let line = lineOf(at); line <= lineOf(Math.max(at, to - 1)); line++) if (!inner.some(([first, last]) => first < line && line < last)) add(line);
  }
  return counted.size;
}

/** The function that a person sees around a place: not one that is written where it is given to a call. */
function functionAround(facts: FileFacts, offset: number): FunctionId {
  let found = 0;
  for (const [id, { at, to }] of facts.functions.entries()) if (at <= offset && offset < to && facts.functions[found]!.at <= at && !isGivenToCall(facts, id)) found = id;
  return found;
}

/** Whether a function is written where it is given to a call. */
function isGivenToCall(facts: FileFacts, id: FunctionId): boolean {
  const { kind, parent } = facts.functions[id]!;
  if (parent === undefined || kind === 'method' || kind === 'constructor') return false;
  const literal = indexOf(facts).functionValue.get(id);
  // What a module gives away, such as the handler of a route, is on its own.
  if (literal === undefined || parent === 0) return false;
  return (indexOf(facts).consumers[literal] ?? []).some((each) => each.k === 'value' && facts.values[each.value]?.k === 'call');
}
