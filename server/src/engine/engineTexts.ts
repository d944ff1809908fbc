import type { Engine } from './engine.ts';
import { fileRole } from './sourceFile.ts';

/** The texts that the engine has, manifests and compiler settings among them: those the engine takes another way and does not give back. */
export class EngineTexts {
  private readonly projectTexts = new Map<string, string>();

  /** Every file of which the engine has a text. */
  paths(engine: Engine): string[] {
    return [...engine.paths(), ...this.projectTexts.keys()];
  }

  /** The text that the engine has of a file. */
  text(engine: Engine, file: string): string | undefined {
    return fileRole(file) === 'project' ? this.projectTexts.get(file) : engine.text(file);
  }

  /** Adds or replaces a file. */
  give(engine: Engine, file: string, text: string): void {
    if (fileRole(file) === 'project') {
      this.projectTexts.set(file, text);
      engine.setProjectFile(file, text);
    } else engine.setFile(file, text);
  }

  /** Takes a file away. */
  forget(engine: Engine, file: string): void {
    if (fileRole(file) === 'project') {
      this.projectTexts.delete(file);
      engine.setProjectFile(file, undefined);
    } else engine.removeFile(file);
  }
}
