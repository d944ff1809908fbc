import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The fields of the public call report that are labelled. */
export const FIELDS = ['failure', 'upstream', 'retry', 'partial', 'paging'] as const;
export type Field = (typeof FIELDS)[number];

/** What a person says of one call, having read the code and not the tool's answer. */
export interface Label extends Partial<Record<Field, string>> {
  /** 1-based place of the method name that decides the operation; columns in UTF-16 code units. */
  line: number;
  column: number;
  method: string;
  kind: string;
  end?: string;
  why: string;
  /**
   * By field and value (`failure=swallowed`), why no rule should speak of it louder than with information: a clean-up, a list of set-up objects, a command that says what failed.
   * Judged by two people, each without the other's answer and the tool's, by what the rules are said to be silent for; where the two differ, it is left out.
   */
  silent?: Record<string, string>;
}

/** A labelled file of a public repository. No text of it is kept here. */
export interface LabelledFile {
  part: Part;
  /** `owner/name` on GitHub. */
  repo: string;
  commit: string;
  path: string;
  /** How the file came into the sample; `negative`: it looks like Salesforce code. */
  chosen: 'random' | 'enriched' | 'negative';
  /** The last line that was labelled, 1-based, where a file makes more calls than anybody would label. */
  upTo?: number;
  calls: Label[];
}

/**
 * The parts of the labels, a folder each: `read` are the repositories whose disagreements are looked at to mend the analysis, `unread` those that are only measured. A repository moves from
 * `unread` to `read` the day somebody looks, and never back: new ones, labelled by people who know nothing of the tool's answers, take its place.
 */
export const PARTS = ['read', 'unread'] as const;
export type Part = (typeof PARTS)[number];

/** All labels, in the order of part, repository and path. */
export function labelledFiles(): LabelledFile[] {
  return PARTS.flatMap((part) => {
    const folder = path.join(import.meta.dirname, 'labels', part);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { files: Omit<LabelledFile, 'part'>[] }).files.map((file) => ({ ...file, part })));
  });
}

/** Languages that are measured, by the name that stands over their figures. */
export const LANGUAGES = ['JavaScript and TypeScript', 'Python', 'Java', 'C#'] as const;

/** The language of a labelled file, by its ending. */
export function languageOf({ path: file }: LabelledFile): (typeof LANGUAGES)[number] {
  switch (path.extname(file)) {
    case '.py':
    case '.ipynb':
      return 'Python';
    case '.java':
      return 'Java';
    case '.cs':
      return 'C#';
    default:
      return 'JavaScript and TypeScript';
  }
}
