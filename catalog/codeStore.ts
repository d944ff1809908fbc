/**
 * Reads the codes: an index of all names, and one file a family when somebody asks for a code of it. Thousands of entries stand there and an
 * ordinary look-up touches a handful, so nothing of it is part of the program's own text.
 */
import { readFileSync } from 'node:fs';
import type { CodeFile, CodeGroup, ErrorCode } from './schema/code.ts';
import type { Family } from './schema/words.ts';

/** What `codes/index.json` holds: for each family that has a file, the names in it. */
interface CodeIndex {
  families: Record<string, readonly string[]>;
  /** Names that other systems use too. */
  generic: readonly string[];
}

/** In the sources the folder beside this file; in what is shipped the folder of the same name beside the bundle. */
const FOLDER = new URL('./codes/', import.meta.url);

const entriesByFamily = new Map<Family, ReadonlyMap<string, ErrorCode>>();
let index: { families: ReadonlyMap<string, Family[]>; stored: readonly Family[]; generic: ReadonlySet<string> } | undefined;

function readJson(name: string): unknown {
  const file = new URL(name, FOLDER);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`The catalogue of error codes is damaged: ${name} cannot be read. Install API Guard again.`, { cause: error });
  }
}

function loadIndex(): NonNullable<typeof index> {
  if (index) return index;
  const { families, generic } = readJson('index.json') as CodeIndex;
  const byName = new Map<string, Family[]>();
  for (const [family, names] of Object.entries(families)) {
    for (const name of names) {
      const known = byName.get(name);
      if (known) known.push(family as Family);
      else byName.set(name, [family as Family]);
    }
  }
  return (index = { families: byName, stored: Object.keys(families) as Family[], generic: new Set(generic) });
}

/** The families that have an entry of this name; reads the index only. */
export function familiesOfName(name: string): readonly Family[] {
  return loadIndex().families.get(name) ?? [];
}

/** Whether every entry of this name is a word that other systems use too; reads the index only. */
export function isGenericName(name: string): boolean {
  return loadIndex().generic.has(name);
}

/** Every name that has an entry; reads the index only. */
export function storedNames(): Iterable<string> {
  return loadIndex().families.keys();
}

/** The families that have a file of their own. */
export function storedFamilies(): readonly Family[] {
  return loadIndex().stored;
}

/** All entries of one family by name; read at the first call. Empty for a family without a file. */
export function entriesOf(family: Family): ReadonlyMap<string, ErrorCode> {
  const known = entriesByFamily.get(family);
  if (known) return known;
  const entries = new Map<string, ErrorCode>();
  if (storedFamilies().includes(family)) {
    const file = readJson(`${family}.json`) as CodeFile;
    for (const code of file.codes) entries.set(code.code, code);
    for (const group of file.groups ?? []) for (const member of group.members) entries.set(member.code, memberEntry(group, member));
  }
  entriesByFamily.set(family, entries);
  return entries;
}

/** A member of a group as a whole entry: what sets it off, then what is true of all. */
function memberEntry(group: CodeGroup, member: CodeGroup['members'][number]): ErrorCode {
  const category = member.category ?? group.category;
  return {
    code: member.code,
    family: group.family,
    title: member.title,
    meaning: `${member.trigger} ${group.meaning}`,
    http: [],
    modes: [
      {
        id: 'any',
        class: member.class ?? group.class,
        retry: member.retry ?? group.retry,
        ...(category ? { category } : {}),
        doInCode: member.doInCode ?? group.doInCode,
        ...(group.doInOrg ? { doInOrg: group.doInOrg } : {}),
      },
    ],
    who: group.who,
    causes: [],
    related: [],
    // A number alone means something only beside other signs of the API that sends it.
    ...(/^\d+$/.test(member.code) ? { generic: true } : {}),
    ...((member.inferred ?? group.inferred) ? { inferred: true } : {}),
    source: group.source,
    checked: group.checked,
  };
}
