import { join } from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import type { FileFacts } from '../../facts/facts.ts';
import { lower } from './lower.ts';
import { Reparser } from './reparse.ts';

const GRAMMARS = { javascript: 'tree-sitter-javascript.wasm', typescript: 'tree-sitter-typescript.wasm', tsx: 'tree-sitter-tsx.wasm' } as const;
export type Dialect = keyof typeof GRAMMARS;

/** The dialect of a file by its extension, or undefined for other languages. Flow and JSX are read by the JavaScript grammar. */
export function dialectOf(path: string): Dialect | undefined {
  if (/\.(?:js|cjs|mjs|jsx)$/i.test(path)) return 'javascript';
  if (/\.(?:ts|cts|mts)$/i.test(path)) return 'typescript';
  return /\.tsx$/i.test(path) ? 'tsx' : undefined;
}

/** Parsers of the three dialects. Loading one costs tens of milliseconds, so each is made at its first file. */
export class JavaScriptLanguage {
  private readonly wasmFolder: string;
  private readonly parsers = new Map<Dialect, Promise<TreeSitter.Parser>>();
  private readonly reparser = new Reparser();

  /** @param wasmFolder absolute path of the folder with tree-sitter.wasm and the grammars. */
  constructor(wasmFolder: string) {
    this.wasmFolder = wasmFolder;
  }

  /** Forgets what is kept of a file between edits. */
  forget(file: string): void {
    this.reparser.forget(file);
  }

  /** Number of grammars loaded so far. */
  get loaded(): number {
    return this.parsers.size;
  }

  private load(dialect: Dialect): Promise<TreeSitter.Parser> {
    let parser = this.parsers.get(dialect);
    if (!parser) {
      parser = loadGrammar(this.wasmFolder, dialect).then(async (language) => {
        const made = new (await loadRuntime(this.wasmFolder)).Parser();
        made.setLanguage(language);
        return made;
      });
      this.parsers.set(dialect, parser);
    }
    return parser;
  }

  /** Parses and lowers one file. Never fails for what stands in the text, except that it is nested too deeply. @param file its name, the same from edit to edit */
  async lower(text: string, dialect: Dialect, file: string): Promise<FileFacts> {
    const parser = await this.load(dialect);
    const { root, damaged } = this.reparser.parse(parser, file, text);
    return lower(root, text, dialect, damaged);
  }
}

/** Runtime and grammars of this process. They cannot be unloaded, and the runtime's memory bears some two thousand grammars: each is loaded once. */
let runtime: Promise<typeof TreeSitter> | undefined;
const grammars = new Map<string, Promise<TreeSitter.Language>>();

function loadGrammar(wasmFolder: string, dialect: Dialect): Promise<TreeSitter.Language> {
  const file = join(wasmFolder, GRAMMARS[dialect]);
  let grammar = grammars.get(file);
  if (!grammar) {
    grammar = loadRuntime(wasmFolder).then((module) => module.Language.load(file));
    grammars.set(file, grammar);
    // What could not be read may be there the next time.
    grammar.catch(() => grammars.delete(file));
  }
  return grammar;
}

function loadRuntime(wasmFolder: string): Promise<typeof TreeSitter> {
  if (!runtime) {
    // The runtime is a CommonJS module: an import() of it finds its members under `default`, here and in a bundle. Its types do not say so.
    runtime = (import('@vscode/tree-sitter-wasm') as unknown as Promise<{ default: typeof TreeSitter }>).then(async ({ default: module }) => {
      await module.Parser.init({ locateFile: () => join(wasmFolder, 'tree-sitter.wasm') });
      return module;
    });
    runtime.catch(() => (runtime = undefined));
  }
  return runtime;
}
