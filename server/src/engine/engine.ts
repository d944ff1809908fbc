import { clientPackages, type Language, queueLibraries } from '../../../catalog/index.ts';
import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Construction } from '../coverage/constructions.ts';
import { Coverage } from '../coverage/coverage.ts';
import type { Fix, Refusal } from '../fixes/edit.ts';
import { type AnyFixRequest, fixesOf, refusalsOf } from '../fixes/fixes.ts';
import { together, type Together } from '../fixes/together.ts';
import type { SharedNames } from '../languages/outline.ts';
import { languageOf } from '../languages/index.ts';
import { NestingError, SlowParseError } from '../languages/lowering/syntax.ts';
import { outlineOf, OUTLINES } from '../languages/outlines.ts';
import { isExhaustion, Parsers } from '../languages/parsers.ts';
import type { CallRecord, Finding } from '../report/callRecord.ts';
import { lineAt, lineStarts } from '../report/lines.ts';
import { NO_WORKSPACE_RULES, settingsFor, type WorkspaceRules } from '../report/ruleSettings.ts';
import { BudgetError } from '../resolve/budget.ts';
import { Program } from '../resolve/program.ts';
import { Types } from '../resolve/types.ts';
import { judge } from '../rules/judge.ts';
import type { RuleFinding } from '../rules/rule.ts';
import { readSuppressions } from '../suppress/suppressions.ts';
import { isNotJudged } from './notJudged.ts';
import { inReach } from './reach.ts';
import { eachSharing, isSameNames, type SharingFile } from './sharedFiles.ts';
import { hasTrace, namesConnection } from './trace.ts';

/** What the engine needs from its host. */
export interface EngineOptions {
  /** Absolute path of the folder with the tree-sitter runtime's wasm and the grammars' wasm files. */
  wasmFolder: string;
  /** What is decided about the rules. */
  rules?: WorkspaceRules;
  /** Longest time that the analysis of one file may take of the processor, in milliseconds; what takes longer is told as failed. Half a minute if absent. */
  budget?: number;
}

/** What is known of one file after analysis. */
export interface FileAnalysis {
  calls: CallRecord[];
  findings: Finding[];
  /** Why the file could not be read, if so; calls and findings are then empty. */
  failed?: string;
}

interface Source {
  text: string;
  trace: boolean;
  /** Whether it asks something for a request that is called a Salesforce connection: a trace in a package that has a client library. */
  named: boolean;
  modules: string[];
  /** What it shares with other files by name, in languages where several files make one module. */
  names: SharedNames | undefined;
  /** Whether the facts in the program are those of `text`. */
  lowered: boolean;
  failed?: string;
}

/** Why a file is left out whose code is nested beyond any real program: the stack ends before it does. */
const TOO_DEEP = 'nested too deeply to analyse';

/** Workspace in, call report out. Holds texts and facts by path; knows no file system, no protocol. */
export class Engine {
  private rules: WorkspaceRules;
  private readonly budget: number;
  private readonly parsers: Parsers;
  private readonly program = new Program((path) => outlineOf(path)?.placesOf);
  private readonly sources = new Map<string, Source>();
  private readonly manifests = new Map<string, string>();
  private needed: string[] | undefined;
  private coverage: Coverage | undefined;
  private readonly analyses = new Map<string, FileAnalysis>();
  /** What findings are about, that of which they speak first. */
  private readonly subjects = new WeakMap<Finding, readonly RuleFinding['call'][]>();
  private lowered = 0;

  constructor(options: EngineOptions) {
    this.rules = options.rules ?? NO_WORKSPACE_RULES;
    this.budget = options.budget ?? 30_000;
    this.parsers = new Parsers(options.wasmFolder);
  }

  /** Adds or replaces a source file. Cheap: a lexical scan; nothing is parsed here. Unsaved editor text simply replaces disk text. */
  setFile(path: string, text: string): void {
    const key = toKey(path);
    const outline = outlineOf(key);
    if (!outline) return;
    const before = this.sources.get(key);
    if (before?.text === text) return;
    const modules = outline.moduleSpecifiers(text);
    const trace = hasTrace(text, modules, outline.id);
    const named = !trace && namesConnection(text);
    const names = outline.sharedNames?.(text);
    const { tests } = this.program;
    const wasTest = tests.has(key);
    if (outline.isTestFile(key, text)) tests.add(key);
    else tests.delete(key);
    this.sources.set(key, { text, trace, named, modules, names, lowered: false });
    if (!this.program.known.has(key)) {
      this.program.known.add(key);
      this.program.touch();
    }
    // The set of files to read changes only with imports and traces; an edit inside a body leaves it.
    if (!before || before.trace !== trace || wasTest !== tests.has(key) || before.named !== named || before.modules.join('\0') !== modules.join('\0') || !isSameNames(before.names, names)) this.needed = undefined;
    this.forget();
  }

  /** Forgets a file. */
  removeFile(path: string): void {
    const key = toKey(path);
    if (!this.sources.delete(key)) return;
    this.program.known.delete(key);
    this.program.tests.delete(key);
    this.program.delete(key);
    this.program.touch();
    this.parsers.forget(key);
    this.needed = undefined;
    this.forget();
  }

  /** Adds or replaces a manifest or a configuration of imports (package.json, tsconfig.json, requirements.txt …); `undefined` forgets it. */
  setProjectFile(path: string, text: string | undefined): void {
    const key = toKey(path);
    if (this.manifests.get(key) === text) return;
    if (text === undefined) this.manifests.delete(key);
    else this.manifests.set(key, text);
    const name = key.slice(key.lastIndexOf('/') + 1);
    const reader = OUTLINES.find((outline) => outline.isManifest(name))?.readManifest;
    if (reader) this.program.projects.setDependencies(key, text === undefined ? undefined : reader(name, text));
    else this.program.projects.set(key, text);
    this.program.touch();
    this.needed = undefined;
    this.forget();
  }

  /** Replaces what is decided about the rules; takes effect at the next analysis. */
  setRules(rules: WorkspaceRules): void {
    this.rules = rules;
    this.analyses.clear();
  }

  /** The catalogue's clients or libraries are others than before: every file is looked at anew, none is parsed again without need. */
  catalogChanged(): void {
    for (const [path, source] of this.sources) {
      source.trace = hasTrace(source.text, source.modules, outlineOf(path)!.id);
      source.named = !source.trace && namesConnection(source.text);
    }
    this.needed = undefined;
    this.program.touch();
    this.forget();
  }

  private forget(): void {
    this.coverage = undefined;
    this.analyses.clear();
  }

  /** Whether any file so far has a trace of Salesforce (import, URL). Without one nothing is ever parsed and no wasm is loaded. */
  hasTrace(): boolean {
    for (const [path, source] of this.sources) if (this.starts(path, source)) return true;
    return false;
  }

  /** Whether this file or its package has a trace of Salesforce. */
  isTraced(path: string): boolean {
    const key = toKey(path);
    return this.sources.get(key)?.trace === true || this.hasClient(key);
  }

  /** Whether the analysis begins at a file. */
  private starts(path: string, { trace, named }: Source): boolean {
    return trace || (named && this.hasClient(path));
  }

  /** Whether a file's package depends on a client library of its language. */
  private hasClient(key: string): boolean {
    const { dependencies } = this.program.projects.of(key);
    return clientPackages(outlineOf(key)?.id as Language).some((name) => Object.hasOwn(dependencies, name) || this.program.projects.rangeOf(key, name) !== undefined);
  }

  /** Loads grammars if they are needed and lowers what has not been lowered since its text changed. Yields to the event loop; stops early when aborted. */
  async prepare(signal?: AbortSignal): Promise<void> {
    let turn = performance.now();
    for (const path of this.neededFiles()) {
      if (signal?.aborted) return;
      const source = this.sources.get(path);
      if (!source || source.lowered) continue;
      await this.lower(path, source);
      if (performance.now() - turn > 20) {
        await new Promise((resolve) => setImmediate(resolve));
        turn = performance.now();
      }
    }
  }

  private async lower(path: string, source: Source): Promise<void> {
    const { text } = source;
    delete source.failed;
    try {
      const facts = await this.parsers.lower(languageOf(path)!, path, text);
      this.lowered++;
      if (this.sources.get(path) !== source) return;
      this.program.set(path, facts);
    } catch (error) {
      this.program.delete(path);
      source.failed = error instanceof SlowParseError ? error.message : error instanceof NestingError || isExhaustion(error) ? TOO_DEEP : `could not be read: ${String(error)}`;
    }
    source.lowered = true;
    this.forget();
  }

  /** The files that the analysis reads, see `inReach`; in path order. */
  private neededFiles(): string[] {
    if (this.needed) return this.needed;
    const imports = new Map<string, string[]>();
    const importers = new Map<string, string[]>();
    const connect = (from: string, to: string): void => {
      imports.get(from)!.push(to);
      const list = importers.get(to);
      if (list) list.push(from);
      else importers.set(to, [from]);
    };
    const sharing: SharingFile[] = [];
    for (const [path, { modules, names }] of this.sources) {
      imports.set(path, []);
      if (names) sharing.push({ path, language: outlineOf(path)!.id, modules, names });
      for (const specifier of modules) {
        const target = this.program.resolve(path, specifier);
        if (target.k === 'file') connect(path, target.path);
      }
    }
    const traced = [...this.sources].filter(([path, source]) => this.starts(path, source)).map(([path]) => path);
    if (sharing.some(({ path }) => this.sources.get(path)!.trace)) eachSharing(sharing, connect);
    const all = inReach(traced, { imports, importers, isTest: (path) => this.program.tests.has(path), isIndex: (path) => outlineOf(path)!.isIndex?.(path) === true });
    // Where a queue is made, and told how often a failed job runs, neither imports the worker nor is imported by it.
    const makers = new Set(queueLibraries().flatMap((library) => library.packages));
    for (const [path, source] of all.size > 0 ? this.sources : []) if (source.modules.some((module) => makers.has(module))) all.add(path);
    for (const path of this.program.paths()) if (!all.has(path)) this.program.delete(path);
    for (const [path, source] of this.sources) if (!all.has(path)) source.lowered = false;
    this.needed = [...all].sort();
    return this.needed;
  }

  /** Number of files lowered since the start: what an edit really costs. */
  get lowerings(): number {
    return this.lowered;
  }

  /** Number of functions lowered in files that had been lowered before: those that edits have touched, where the language knows how to take over the others. */
  get functionsLoweredAgain(): number {
    return this.parsers.functionsLoweredAgain;
  }

  /** Number of grammars loaded. */
  get grammarsLoaded(): number {
    return this.parsers.loaded;
  }

  /** Analyses one file with what `prepare` has lowered. Pure look-up when nothing changed. */
  analyse(path: string): FileAnalysis {
    const key = toKey(path);
    let analysis = this.analyses.get(key);
    if (!analysis) {
      analysis = this.judge(key);
      this.analyses.set(key, analysis);
    }
    return analysis;
  }

  private judge(path: string): FileAnalysis {
    const source = this.sources.get(path);
    if (source?.failed !== undefined) return { calls: [], findings: [], failed: source.failed };
    if (!source?.lowered || !this.program.get(path)) return { calls: [], findings: [] };
    const settings = settingsFor(this.rules, fromKey(path));
    if (!settings.includeTests && outlineOf(path)!.isTestFile(path, source.text)) return { calls: [], findings: [] };
    const covered = this.covered(path);
    if (typeof covered === 'string') return { calls: [], findings: [], failed: covered };
    const lines = lineStarts(source.text);
    const quiet = !settings.includeTests && isNotJudged(path, source.text, this.program.projects.nearest(path));
    const judged = quiet ? [] : judge(path, covered.calls, covered.constructions, settings, readSuppressions(source.text), (offset) => lineAt(lines, offset));
    return {
      calls: covered.calls.map(({ record }) => ({ ...record, path: fromKey(record.path) })),
      findings: judged.map(({ finding, about }) => {
        const told = { ...finding, path: fromKey(finding.path), related: finding.related.map((each) => ({ ...each, path: fromKey(each.path) })) };
        this.subjects.set(told, about);
        return told;
      }),
    };
  }

  /** The covered calls of a file and the clients that it makes, or why there are none: one file's trouble is not the others'. */
  private covered(path: string): { calls: CoveredCall[]; constructions: Construction[] } | string {
    const coverage = (this.coverage ??= new Coverage(new Types(this.program)));
    const { budget } = coverage.types;
    budget.start(this.budget);
    try {
      return { calls: coverage.of(path), constructions: coverage.constructions(path) };
    } catch (error) {
      // Half-solved questions must not answer the next file's.
      this.coverage = undefined;
      if (error instanceof BudgetError) return `left out: its analysis took longer than ${this.budget / 1000} s`;
      return error instanceof RangeError ? TOO_DEEP : `could not be analysed: ${String(error)}`;
    } finally {
      budget.stop();
    }
  }

  /** The fixes of a finding of `analyse`, computed now: edits against the current text. None where the finding is no longer there. */
  fixes(finding: Finding): Fix[] {
    const request = this.fixRequest(finding);
    return request ? fixesOf(request).map(fromKeys) : [];
  }

  /** Why fixes that a finding of `analyse` calls for are not safe at its place. */
  refusals(finding: Finding): Refusal[] {
    const request = this.fixRequest(finding);
    return request ? refusalsOf(request) : [];
  }

  /** The fixes of one id for many findings, as one change. */
  fixTogether(findings: readonly Finding[], id: string): Together {
    return together(findings.flatMap((finding) => (finding.fixes.includes(id) ? this.fixes(finding).filter((fix) => fix.id === id) : [])));
  }

  private fixRequest(finding: Finding): AnyFixRequest | undefined {
    const path = toKey(finding.path);
    const current = this.analyse(finding.path).findings.find((each) => each === finding || (each.rule === finding.rule && each.start === finding.start && each.end === finding.end && each.message === finding.message));
    const [about, ...others] = (current && this.subjects.get(current)) ?? [];
    if (!current || !about || !this.coverage) return undefined;
    const { types } = this.coverage;
    return { finding: current, path, about, others, calls: this.coverage.of(path), program: this.program, types, text: (each) => this.sources.get(each)?.text };
  }

  /** Paths of all source files, sorted. */
  paths(): string[] {
    return [...this.sources.keys()].sort().map(fromKey);
  }

  /** The current text of a file. */
  text(path: string): string | undefined {
    return this.sources.get(toKey(path))?.text;
  }
}

/** Paths inside the engine have `/`, whatever the platform. */
function toKey(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

function fromKey(key: string): string {
  return process.platform === 'win32' ? key.replaceAll('/', '\\') : key;
}

function fromKeys(fix: Fix): Fix {
  const named = <T>(byPath: Record<string, T>): Record<string, T> => Object.fromEntries(Object.entries(byPath).map(([path, each]) => [fromKey(path), each]));
  const { installs } = fix;
  return { ...fix, edits: named(fix.edits), creates: named(fix.creates), ...(installs ? { installs: { ...installs, folder: fromKey(installs.folder) } } : {}) };
}
