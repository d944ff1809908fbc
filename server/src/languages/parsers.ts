import { join } from 'node:path';
import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import type { FileFacts } from '../facts/facts.ts';
import type { Language } from './language.ts';
import { Reparser } from './lowering/reparse.ts';

/** Parsers by grammar. Loading one costs tens of milliseconds, so each is made at its first file. */
export class Parsers {
  private readonly wasmFolder: string;
  private readonly parsers = new Map<string, Promise<TreeSitter.Parser>>();
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

  private load(name: string): Promise<TreeSitter.Parser> {
    let parser = this.parsers.get(name);
    if (!parser) {
      parser = loadGrammar(this.wasmFolder, name).then(async (language) => {
        const made = new (await loadRuntime(this.wasmFolder)).Parser();
        made.setLanguage(language);
        return made;
      });
      this.parsers.set(name, parser);
    }
    return parser;
  }

  /** Parses and lowers one file. Never fails for what stands in the text, except that it is nested too deeply. @param path its name, the same from edit to edit */
  async lower(language: Language, path: string, text: string): Promise<FileFacts> {
    const dialect = language.dialectOf(path);
    const parser = await this.load(language.grammarOf(dialect));
    const { root, damaged } = this.reparser.parse(parser, path, text, language.correct);
    return language.lower(root, text, dialect, damaged);
  }
}

/** Runtime and grammars of this process. They cannot be unloaded, and the runtime's memory bears some two thousand grammars: each is loaded once. */
let runtime: Promise<typeof TreeSitter> | undefined;
const grammars = new Map<string, Promise<TreeSitter.Language>>();

function loadGrammar(wasmFolder: string, name: string): Promise<TreeSitter.Language> {
  const file = join(wasmFolder, name);
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
