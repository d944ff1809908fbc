/** A comment that silences a rule; one that names several is one of these for each. */
export interface Suppression {
  /** The rule's id; absent for all rules. */
  rule?: string;
  /** Lines on which it is silent, 0-based, both included. */
  from: number;
  to: number;
  /** Where the comment stands. Offsets are UTF-16 code units. */
  start: number;
  end: number;
}

/** The words of a comment. A comment sign stands right before them, so that prose which only mentions them is none. */
const WORDS = /(?:\/\/|\/\*|#|--)\s*api-guard-(disable-next-line|disable-line|disable|enable)(?:\s+([^*\r\n]*?))?\s*(?:\*\/.*)?\r?$/;

/**
 * Reads `api-guard-disable-next-line rule, rule -- reason`, `api-guard-disable-line …`, and `api-guard-disable …`, which holds up to `api-guard-enable …` or
 * to the end of the file. No rule named means all of them.
 */
export function readSuppressions(text: string): Suppression[] {
  const out: Suppression[] = [];
  if (!text.includes('api-guard-disable')) return out;
  let open: Suppression[] = [];
  let at = 0;
  text.split('\n').forEach((line, index) => {
    const found = WORDS.exec(line);
    const start = at + (found?.index ?? 0);
    const closed = found?.[0].startsWith('/*') ? line.indexOf('*/', found.index) : -1;
    const end = at + (closed < 0 ? line.trimEnd().length : closed + 2);
    at += line.length + 1;
    if (!found || isInText(line.slice(0, found.index))) return;
    const word = found[1]!;
    const names = ` ${found[2] ?? ''}`.split(/\s--(?:\s|$)/)[0]!.split(/[\s,]+/).filter((name) => /^[a-z][a-z0-9-]*$/.test(name));
    const rules = names.length > 0 ? names.map((rule) => ({ rule })) : [{}];
    if (word === 'enable') {
      const closes = (block: Suppression): boolean => names.length === 0 || (block.rule !== undefined && names.includes(block.rule));
      for (const block of open) if (closes(block)) block.to = index;
      open = open.filter((block) => !closes(block));
      return;
    }
    const from = word === 'disable-next-line' ? index + 1 : index;
    const made = rules.map((each): Suppression => ({ ...each, from, to: word === 'disable' ? Infinity : from, start, end }));
    out.push(...made);
    if (word === 'disable') open.push(...made);
  });
  return out;
}

/** Whether what comes next stands in a text that was begun on this line and not ended. */
function isInText(before: string): boolean {
  return ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
}

/** Whether a comment silences a rule on a line, 0-based. */
export function silences({ rule: own, from, to }: Suppression, rule: string, line: number): boolean {
  return (own === undefined || own === rule) && from <= line && line <= to;
}

/** Whether a rule is silenced on a line, 0-based. */
export function isSuppressed(suppressions: readonly Suppression[], rule: string, line: number): boolean {
  return suppressions.some((each) => silences(each, rule, line));
}
