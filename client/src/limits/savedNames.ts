import type { Memento } from 'vscode';

/** A set of limits that the user has marked, kept from session to session and the same in every workspace. */
export class SavedNames {
  readonly #memory: Memento;
  readonly #key: string;

  constructor(memory: Memento, key: string) {
    this.#memory = memory;
    this.#key = key;
  }

  get names(): ReadonlySet<string> {
    const saved = this.#memory.get<unknown>(this.#key);
    return new Set(Array.isArray(saved) ? saved.filter((name): name is string => typeof name === 'string') : []);
  }

  async set(name: string, marked: boolean): Promise<void> {
    const names = new Set(this.names);
    if (marked) names.add(name);
    else names.delete(name);
    await this.#memory.update(this.#key, [...names].slice(-200));
  }
}
