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
  private runtime: Promise<typeof TreeSitter> | undefined;

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
    this.runtime ??= (async () => {
      const module = await loadRuntime();
      await module.Parser.init({ locateFile: () => join(this.wasmFolder, 'tree-sitter.wasm') });
      return module;
    })();
    let parser = this.parsers.get(dialect);
    if (!parser) {
      parser = this.runtime.then(async (module) => {
        const language = await module.Language.load(join(this.wasmFolder, GRAMMARS[dialect]));
        const made = new module.Parser();
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

/** The runtime is a CommonJS module: an import() of it finds its members under `default`, here and in a bundle. Its types do not say so. */
async function loadRuntime(): Promise<typeof TreeSitter> {
  const loaded = (await import('@vscode/tree-sitter-wasm')) as unknown as { default: typeof TreeSitter };
  return loaded.default;
}
