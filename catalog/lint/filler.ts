import type { Lint } from './problem.ts';

/** How many entries may give the same advice word for word before it says nothing about any of them. */
const SHARED = 6;

/**
 * Advice is about the code it stands with: the same sentence under many codes is filler, which belongs into a group. Titles tell the codes of
 * a family apart.
 */
export const filler: Lint = ({ codes, groups }) => {
  const problems: string[] = [];
  const grouped = new Set(groups.flatMap(({ family, members }) => members.map(({ code }) => `${family}:${code}`)));
  const own = codes.filter(({ code, family }) => !grouped.has(`${family}:${code}`));
  const users = new Map<string, string[]>();
  for (const { code, family, modes, meaning } of own) {
    for (const text of new Set([meaning, ...modes.map(({ doInCode }) => doInCode)]))
      users.set(text, [...(users.get(text) ?? []), `${code} in ${family}`]);
  }
  for (const [text, where] of users)
    if (where.length > SHARED) problems.push(`"${text.slice(0, 60)}..." stands in ${where.length} entries, first ${where.slice(0, 3).join(', ')}`);
  const titles = new Map<string, string>();
  for (const { code, family, title } of codes) {
    const key = `${family}: ${title}`;
    const other = titles.get(key);
    if (other !== undefined && other !== code) problems.push(`${other} and ${code} in ${key} have the same title`);
    titles.set(key, code);
  }
  return problems;
};
