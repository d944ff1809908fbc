/** Levels of importers of a file with a trace that are read to find who catches, and of its own imports to find wrappers. */
const MAX_LEVELS = 10;

/** Levels of what those importers import: the functions that their handlers and loops use, and what these use in turn. */
const HELPER_LEVELS = 2;

/** How the files of a workspace hang together. */
export interface Links {
  /** By file, the files that it may import, and those that may import it. */
  imports: ReadonlyMap<string, readonly string[]>;
  importers: ReadonlyMap<string, readonly string[]>;
  isTest: (path: string) => boolean;
  /** Whether a file only hands on what others of its folder export, as a rule. */
  isIndex: (path: string) => boolean;
}

/**
 * The files that the analysis reads: those with a trace of Salesforce, whatever they import, who imports them up to the frames that may catch, and what these need for it. A test
 * with a trace is an importer and no more: what it imports itself is of use to the test alone.
 */
export function inReach(traced: readonly string[], { imports, importers, isTest, isIndex }: Links): Set<string> {
  const above = spread(traced, importers, MAX_LEVELS);
  const own = spread(traced.filter((path) => !isTest(path)), imports, MAX_LEVELS);
  return new Set([...own, ...spread([...above], imports, HELPER_LEVELS, isIndex)]);
}

/** @param isFree files that are passed through: they count for no level */
function spread(from: readonly string[], edges: ReadonlyMap<string, readonly string[]>, levels: number, isFree?: (path: string) => boolean): Set<string> {
  const seen = new Set(from);
  let frontier = [...from];
  for (let level = 0; level < levels && frontier.length > 0; level++) {
    const next: string[] = [];
    for (const path of frontier) {
      for (const target of edges.get(path) ?? []) {
        if (seen.has(target)) continue;
        seen.add(target);
        (isFree?.(target) ? frontier : next).push(target);
      }
    }
    frontier = next;
  }
  return seen;
}
