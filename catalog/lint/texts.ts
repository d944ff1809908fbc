import type { Lint } from './problem.ts';

/**
 * Titles and meanings say something: they are not the code's own words read aloud, end as they should, and hold no placeholder or stray
 * blank.
 */
export const texts: Lint = ({ codes, groups, statuses, limits, operations, requestShapes, usageViews, messages, retirements }) => {
  const problems: string[] = [];
  for (const { code, family, title, meaning, modes, causes } of codes) {
    const where = `${code} in ${family}`;
    if (readAloud(code, title)) problems.push(`${where}: the title reads the code aloud`);
    if (readAloud(code, meaning)) problems.push(`${where}: the meaning reads the code aloud`);
    if (/[.:]$/.test(title)) problems.push(`${where}: the title ends with a full stop`);
    for (const mode of modes) {
      for (const text of [mode.meaning, mode.doInCode, mode.doInOrg])
        if (text !== undefined) problems.push(...sentence(`${where}, ${mode.id}`, text));
    }
    problems.push(
      ...sentence(where, meaning),
      ...causes.filter((cause) => /[.]$/.test(cause)).map((cause) => `${where}: the cause "${cause}" ends with a full stop`),
    );
  }
  for (const status of statuses)
    problems.push(...sentence(`HTTP ${status.status}`, status.meaning), ...sentence(`HTTP ${status.status}`, status.doInCode));
  for (const limit of limits) problems.push(...sentence(limit.name, limit.counts), ...sentence(limit.name, limit.atFull), ...sentence(limit.name, limit.useLess));
  for (const { id, members } of groups) {
    for (const { code, trigger } of members) {
      problems.push(...sentence(`${code} in ${id}`, trigger));
      if (readAloud(code, trigger)) problems.push(`${code} in ${id}: the trigger reads the code aloud`);
    }
  }
  for (const { id, meaning, doInCode, doInOrg, title } of messages) {
    for (const text of [meaning, doInCode, ...(doInOrg ? [doInOrg] : [])]) problems.push(...sentence(id, text));
    if (/[.:]$/.test(title)) problems.push(`${id}: the title ends with a full stop`);
  }
  for (const { id, beyond } of requestShapes) problems.push(...sentence(id, beyond));
  for (const { id, how } of usageViews) problems.push(...sentence(id, how));
  for (const { id, instead } of retirements) problems.push(...sentence(id, instead));
  for (const { id, repeatNote } of operations) if (repeatNote !== undefined) problems.push(...sentence(id, repeatNote));
  return problems;
};

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(
      (word) => word.length > 0 && !['the', 'a', 'an', 'is', 'was', 'of', 'to', 'or', 'and', 'error', 'for', 'on', 'in'].includes(word),
    );
}

/** Whether a text has no word that the code does not have already. */
function readAloud(code: string, text: string): boolean {
  const known = new Set(words(code.replace(/([a-z])([A-Z])/g, '$1 $2')));
  return words(text).every((word) => known.has(word) || known.has(word.replace(/s$/, '')));
}

function sentence(where: string, text: string): string[] {
  const problems: string[] = [];
  if (!/[.?!]$/.test(text)) problems.push(`${where}: "${text.slice(0, 40)}..." does not end like a sentence`);
  if (text !== text.trim() || /\s{2}/.test(text)) problems.push(`${where}: "${text.slice(0, 40)}..." has stray blanks`);
  if (/\b(TBD|FIXME|lorem|xxx)\b/i.test(text)) problems.push(`${where}: "${text.slice(0, 40)}..." is unfinished`);
  return problems;
}
