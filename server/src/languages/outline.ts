/** Where the file stands that a module's name means. Paths are tried in order, relative to a folder, with `/`. */
export interface ModulePlaces {
  /** Levels above the importing file's folder at which a relative name begins; absent for a name that may begin in any folder above. */
  up?: number;
  /** What stands in no folder above may stand below any folder of the workspace: the nearest one counts. */
  anywhere?: true;
  paths: readonly string[];
}

/** Names that a text gives to and takes from modules that several files make. */
export interface SharedNames {
  /** Modules in which it puts names; empty for the nameless one. */
  modules: readonly string[];
  /** Types that it declares. */
  declares: readonly string[];
  /** What those extend and implement: whoever is given one of these may be given them. */
  provides: readonly string[];
  /** Modules that it opens for all files. */
  everywhere: readonly string[];
  /** Words that may be names of types. */
  uses: readonly string[];
}

/** What is known of a language without its grammar: enough to find its files and what they import. */
export interface Outline {
  /** As the facts and the catalogue name it. */
  id: string;
  /** File name endings, with their dot, in lower case. */
  extensions: readonly string[];
  /** The modules that a text may import, found by their shape alone, sorted. One in a comment may be among them. */
  moduleSpecifiers(text: string): string[];
  /** What a text shares with other files by name, found by its shape alone; absent where every file is a module. Any text gives an answer. */
  sharedNames?(text: string): SharedNames;
  /** Where the file of a module may stand; absent where a module's name is a path or a package's name. */
  placesOf?(specifier: string): ModulePlaces;
  /** The editor's names of documents in this language, each with the ending that such a file has. */
  documents: Readonly<Record<string, string>>;
  /**
   * The sign that begins a comment line where one can be put before the line that begins at `lineStart`; `none` where it would become part of a text. Absent
   * where the editor knows by itself.
   */
  commentBefore?(text: string, lineStart: number): string | 'none';
  /** Whether a file stands for its folder and, as a rule, hands on what the other files there export. Absent where no file does. */
  isIndex?(path: string): boolean;
  /** Whether a file is a test or only declares: its calls are not reported. */
  isTestFile(path: string, text: string): boolean;
  /** Whether a name is that of a manifest: a file that names the packages which the files below its folder use. */
  isManifest(name: string): boolean;
  /** Names of manifests that may lie above a folder and hold for it. */
  manifests: readonly string[];
  /** The packages that a manifest names, with version ranges as npm writes them; absent where something else reads it. Any text gives an answer. */
  readManifest?(name: string, text: string): Record<string, string>;
}
