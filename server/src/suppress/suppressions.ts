/** Lines on which rules are silenced by comments. */
export interface Suppressions {
  /** Rules silenced on a line, 0-based; `*` silences all. */
  lines: Map<number, Set<string>>;
  /** Rules silenced in the whole file. */
  file: Set<string>;
}

/**
 * Reads `api-guard-disable-next-line rule, rule -- reason`, `api-guard-disable-line …` and `api-guard-disable …` (whole file) from comments. Only the comment
 * sign of the language tells a comment from other text, so the words must follow it directly.
 */
export function readSuppressions(text: string): Suppressions {
  const out: Suppressions = { lines: new Map(), file: new Set() };
  if (!text.includes('api-guard-disable')) return out;
  text.split('\n').forEach((line, index) => {
    const found = /(?:\/\/|\/\*|#|--)\s*api-guard-disable(-next-line|-line)?(?:\s+([^*\r\n]*?))?\s*(?:\*\/.*)?\r?$/.exec(line);
    if (!found) return;
    const names = ` ${found[2] ?? ''}`.split(/\s--(?:\s|$)/)[0]!.split(/[\s,]+/).filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
    const rules = names.length > 0 ? names : ['*'];
    if (found[1] === undefined) for (const rule of rules) out.file.add(rule);
    else {
      const target = found[1] === '-next-line' ? index + 1 : index;
      const set = out.lines.get(target) ?? new Set<string>();
      for (const rule of rules) set.add(rule);
      out.lines.set(target, set);
    }
  });
  return out;
}

/** Whether a rule is silenced on a line, 0-based. */
export function isSuppressed(suppressions: Suppressions, rule: string, line: number): boolean {
  const own = suppressions.lines.get(line);
  return suppressions.file.has(rule) || suppressions.file.has('*') || own?.has(rule) === true || own?.has('*') === true;
}
