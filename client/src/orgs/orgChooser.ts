import type { Disposable, Memento } from 'vscode';
import { CliOrg } from './cliOrg.ts';
import { DemoOrg } from './demoOrg.ts';
import { instanceUrlFrom } from '../../../server/src/limits/instanceUrl.ts';
import type { OrgSource } from './orgSource.ts';
import { TokenOrg } from './tokenOrg.ts';
import type { TokenStore } from './tokenStore.ts';

/** What is remembered of a choice, a workspace each. Never a token, and never the demo org: that one is asked for by name each time. */
type Choice = { kind: 'cli' } | { kind: 'token'; instanceUrl: string };

const KEY = 'apiGuard.org';

interface ChooserParts {
  memory: Memento;
  tokens: TokenStore;
  /** Told of every choice; `undefined` means no org. */
  chosen: (source: OrgSource | undefined, reading: 'at-once' | 'when-visible') => void;
  /** Also takes loopback addresses, for tests. */
  allowLoopback: boolean;
}

/** Knows which org was chosen, remembers it, and owns what the choice keeps running. */
export class OrgChooser implements Disposable {
  readonly #parts: ChooserParts;
  readonly demo = new DemoOrg();
  #source: OrgSource | undefined;

  constructor(parts: ChooserParts) {
    this.#parts = parts;
  }

  get source(): OrgSource | undefined {
    return this.#source;
  }

  get allowLoopback(): boolean {
    return this.#parts.allowLoopback;
  }

  /** Takes up what was chosen in this workspace before. */
  restore(): void {
    const choice = this.#parts.memory.get<Choice>(KEY);
    if (choice?.kind === 'cli') this.#choose(new CliOrg(), 'when-visible');
    else if (choice?.kind === 'token' && 'url' in instanceUrlFrom(choice.instanceUrl, this.allowLoopback)) {
      this.#choose(new TokenOrg(choice.instanceUrl, this.#parts.tokens), 'when-visible');
    }
  }

  async useCli(): Promise<void> {
    await this.#remember({ kind: 'cli' });
    this.#choose(new CliOrg());
  }

  /** @param instanceUrl an origin from `instanceUrlFrom` */
  async useToken(instanceUrl: string, accessToken: string): Promise<void> {
    await this.#parts.tokens.set(instanceUrl, accessToken);
    await this.#remember({ kind: 'token', instanceUrl });
    this.#choose(new TokenOrg(instanceUrl, this.#parts.tokens));
  }

  useDemo(): void {
    this.#choose(this.demo);
  }

  /** Forgets the org, and deletes its token if we hold one. */
  async signOut(): Promise<void> {
    const source = this.#source;
    this.#choose(undefined);
    await this.#remember(undefined);
    if (source?.kind === 'token' && source.instanceUrl) await this.#parts.tokens.delete(source.instanceUrl);
  }

  async stop(): Promise<void> {
    await this.demo.stop();
  }

  dispose(): void {
    void this.stop();
  }

  #choose(source: OrgSource | undefined, reading: 'at-once' | 'when-visible' = 'at-once'): void {
    this.#source = source;
    if (source !== this.demo) void this.demo.stop();
    this.#parts.chosen(source, reading);
  }

  async #remember(choice: Choice | undefined): Promise<void> {
    await this.#parts.memory.update(KEY, choice);
  }
}
