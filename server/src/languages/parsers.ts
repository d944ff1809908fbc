import { join } from 'node:path';
import type { Parser } from '@vscode/tree-sitter-wasm';
import type { FileFacts } from '../facts/facts.ts';
import type { Language } from './language.ts';
import { Reparser } from './lowering/reparse.ts';
import { ParserRuntime } from './parserRuntime.ts';

/** Parsers by grammar. Loading one costs tens of milliseconds, so each is made at its first file. */
export class Parsers {
  private readonly wasmFolder: string;
  private readonly parsers = new Map<string, Promise<Parser>>();
  private runtime: ParserRuntime | undefined;
  private reparser = new Reparser();
  private again = 0;

  /** @param wasmFolder absolute path of the folder with the parser library and the grammars. */
  constructor(wasmFolder: string) {
    this.wasmFolder = wasmFolder;
  }

  /** Forgets what is kept of a file between edits. */
  forget(file: string): void {
    this.working().reparser.forget(file);
  }

  /** Number of grammars loaded so far. */
  get loaded(): number {
    return this.parsers.size;
  }

  /** Number of functions lowered in files that were lowered before: what edits of them really cost. */
  get functionsLoweredAgain(): number {
    return this.again;
  }

  /** Parses and lowers one file. Never fails for what stands in the text, except that it is nested too deeply or exhausts the parser. @param path its name, the same from edit to edit */
  async lower(language: Language, path: string, text: string): Promise<FileFacts> {
    const dialect = language.dialectOf(path);
    const parser = await this.parserOf(language.grammarOf(dialect));
    const { runtime, reparser } = this.working();
    try {
      const { root, damaged, lowered } = reparser.parse(parser, path, text, language.correct);
      const facts = language.lower(root, text, dialect, damaged, lowered);
      if (lowered) {
        lowered.finish(facts, text);
        this.again += lowered.lowered;
      }
      return facts;
    } catch (error) {
      if (isExhaustion(error)) runtime.giveUp();
      throw error;
    }
  }

  private async parserOf(grammar: string): Promise<Parser> {
    const { runtime } = this.working();
    let parser = this.parsers.get(grammar);
    if (!parser) {
      parser = runtime.parserFor(join(this.wasmFolder, grammar));
      this.parsers.set(grammar, parser);
    }
    const made = await parser;
    // Another text can have broken it meanwhile.
    return runtime.isBroken ? this.parserOf(grammar) : made;
  }

  /** The runtime that works. Parsers and trees of one that is broken are never touched again. */
  private working(): { runtime: ParserRuntime; reparser: Reparser } {
    const runtime = ParserRuntime.of(this.wasmFolder);
    if (this.runtime !== runtime) {
      this.runtime = runtime;
      this.parsers.clear();
      this.reparser = new Reparser();
    }
    return { runtime, reparser: this.reparser };
  }
}

/** Whether stack or memory did not suffice, be it the parser's or ours: either may have stopped the parser in the middle of its work. */
export function isExhaustion(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}
