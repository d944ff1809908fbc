import type { CallRecord, Finding, Severity } from '../report/callRecord.ts';
import type { Fix } from '../fixes/edit.ts';

/** What the engine needs from its host. */
export interface EngineOptions {
  /** Absolute path of the folder with the tree-sitter runtime's wasm and the grammars' wasm files. */
  wasmFolder: string;
  /** Severity by rule id; `off` silences the rule. A rule that is not named has its default. */
  rules?: Record<string, Severity | 'off'>;
}

/** What is known of one file after analysis. */
export interface FileAnalysis {
  calls: CallRecord[];
  findings: Finding[];
  /** Why the file could not be read, if so; calls and findings are then empty. */
  failed?: string;
}

/** Workspace in, call report out. Holds texts and facts by path; knows no file system, no protocol. */
export class Engine {
  readonly options: EngineOptions;
  constructor(options: EngineOptions) {
    this.options = options;
  }

  /** Adds or replaces a source file. Cheap: a lexical scan; nothing is parsed here. Unsaved editor text simply replaces disk text. */
  setFile(_path: string, _text: string): void {}
  /** Forgets a file. */
  removeFile(_path: string): void {}
  /** Adds or replaces a package.json, tsconfig.json or jsconfig.json; `undefined` forgets it. */
  setProjectFile(_path: string, _text: string | undefined): void {}
  /** Replaces rule severities; takes effect at the next analysis. */
  setRules(_rules: Record<string, Severity | 'off'>): void {}
  /** Whether any file so far has a trace of Salesforce (import, URL). Without one nothing is ever parsed and no wasm is loaded. */
  hasTrace(): boolean {
    return false;
  }
  /** Whether this file or its package has a trace of Salesforce. */
  isTraced(_path: string): boolean {
    return false;
  }
  /** Loads grammars if they are needed and lowers what has not been lowered since its text changed. Yields to the event loop; stops early when aborted. */
  async prepare(_signal?: AbortSignal): Promise<void> {}
  /** Number of files lowered since the start: what an edit really costs. */
  get lowerings(): number {
    return 0;
  }
  /** Analyses one file with what `prepare` has lowered. Pure look-up when nothing changed. */
  analyse(_path: string): FileAnalysis {
    return { calls: [], findings: [] };
  }
  /** The fixes of a finding of `analyse`, computed now: edits against the current text. */
  fixes(_finding: Finding): Fix[] {
    return [];
  }
  /** Paths of all source files, sorted. */
  paths(): string[] {
    return [];
  }
  /** The current text of a file. */
  text(_path: string): string | undefined {
    return undefined;
  }
}

/** Languages by file extension, for hosts that walk folders. */
export const SOURCE_EXTENSIONS = ['.js', '.cjs', '.mjs', '.jsx', '.ts', '.cts', '.mts', '.tsx'];
