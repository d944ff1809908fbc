/**
 * Turns an editor's exclude glob into gitignore patterns, so that one matcher serves both notations.
 * The two agree on `*`, `**`, `?` and `[...]`. They differ in two points: a glob is anchored at the workspace folder unless it begins with
 * a double star, and it knows `{a,b}` alternatives.
 */
export function globToIgnorePatterns(glob: string): string[] {
  return expandBraces(glob.trim().replace(/\\/g, '/')).map(anchored).filter((pattern) => pattern !== '');
}

function anchored(glob: string): string {
  const bare = glob.replace(/^\.?\//, '').replace(/\/\*\*$/, '');
  if (bare === '') return '';
  return bare === '**' ? '/*' : `/${bare}`;
}

/** Expands nested `{a,b}`; at most 100 results, for `{}` products can grow without end. A brace without a partner stays as it is. */
function expandBraces(glob: string): string[] {
  const done: string[] = [];
  const waiting = [glob];
  while (waiting.length > 0 && done.length + waiting.length <= 100) {
    const next = waiting.pop() as string;
    const group = innermostGroup(next);
    if (!group) {
      done.push(next);
      continue;
    }
    for (const choice of group.choices) waiting.push(next.slice(0, group.start) + choice + next.slice(group.end));
  }
  return [...new Set(done)].sort();
}

function innermostGroup(glob: string): { start: number; end: number; choices: string[] } | undefined {
  const match = /\{([^{}]*)\}/.exec(glob);
  if (!match || match[1] === undefined) return undefined;
  return { start: match.index, end: match.index + match[0].length, choices: match[1].split(',') };
}
