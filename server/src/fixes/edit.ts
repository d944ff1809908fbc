/** Replace `text.slice(start, end)` by `newText`. Offsets are UTF-16 code units; `start === end` inserts. */
export interface TextEdit {
  start: number;
  end: number;
  newText: string;
}

/** A change that mends a finding, as text edits of existing files and, where needed, new files. */
export interface Fix {
  /** Stable id such as `insert-retry`; also listed in the finding. */
  id: string;
  /** Says what will happen, in the imperative. */
  title: string;
  /** Whether the editor may offer it as the one obvious fix. */
  preferred: boolean;
  /** It changes nothing that happens where the calls succeed, so that it may be applied to a whole file at once without being looked at. */
  safe?: true;
  /** Edits by absolute path, ordered by offset, not overlapping. */
  edits: Record<string, TextEdit[]>;
  /** New files by absolute path; never a file that exists. */
  creates: Record<string, string>;
  /** A package on which a new file stands and which is still missing: whoever applies the fix installs it. */
  installs?: MissingPackage;
}

/** A package to be installed. */
export interface MissingPackage {
  name: string;
  /** Versions that will do, as a package manager is told: `^6.2.1`. */
  range: string;
  /** Absolute path of the folder whose manifest shall name it. */
  folder: string;
}

/** Why a fix that the finding calls for is not safe here. */
export interface Refusal {
  /** Id of the fix. */
  fix: string;
  /** Stable word for counting. */
  reason: string;
  /** The reason and the way out, in one or two sentences. */
  text: string;
}
