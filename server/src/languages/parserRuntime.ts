import type * as TreeSitter from '@vscode/tree-sitter-wasm';
import { loadLibrary } from './parserLibrary.ts';

/**
 * The parser library with the grammars that it has loaded. Neither can be unloaded, and its memory bears some two thousand grammars: one runtime serves the whole process and loads each once.
 * A text can exhaust the stack or the memory, which leaves what all grammars share as it was in the middle of the work: then the runtime is given up, and the next text gets another.
 */
export class ParserRuntime {
  private static latest: ParserRuntime | undefined;
  private readonly library: Promise<typeof TreeSitter>;
  private readonly grammars = new Map<string, Promise<TreeSitter.Language>>();

  private constructor(wasmFolder: string) {
    this.library = loadLibrary(wasmFolder);
    // What could not be read may be there the next time.
    this.library.catch(() => this.giveUp());
  }

  /** The runtime of this process that works. @param wasmFolder absolute path of the folder with the library and the grammars */
  static of(wasmFolder: string): ParserRuntime {
    return (this.latest ??= new ParserRuntime(wasmFolder));
  }

  /** A parser of a grammar. @param file absolute path of the grammar */
  async parserFor(file: string): Promise<TreeSitter.Parser> {
    const { Language, Parser } = await this.library;
    let grammar = this.grammars.get(file);
    if (!grammar) {
      grammar = Language.load(file);
      this.grammars.set(file, grammar);
      grammar.catch(() => this.grammars.delete(file));
    }
    const parser = new Parser();
    parser.setLanguage(await grammar);
    return parser;
  }

  /** Whether it has been given up. */
  get isBroken(): boolean {
    return ParserRuntime.latest !== this;
  }

  /** No text is parsed by it from now on. */
  giveUp(): void {
    if (!this.isBroken) ParserRuntime.latest = undefined;
  }
}
