import type { Disposable, Memento } from 'vscode';
import { isSafeTarget } from '../../../server/src/limits/defaultOrg.ts';
import { instanceUrlFrom } from '../../../server/src/limits/instanceUrl.ts';
import { CliOrg } from './cliOrg.ts';
import type { CliOrgKinds } from './cliOrgKinds.ts';
import { DemoOrg } from './demoOrg.ts';
import { OAuthOrg } from './oauthOrg.ts';
import type { Logins } from './oauth/logins.ts';
import type { Login } from './oauth/loginStore.ts';
import type { OrgSource } from './orgSource.ts';
import { TokenOrg } from './tokenOrg.ts';
import type { TokenStore } from './tokenStore.ts';

/** What is remembered of a choice, a workspace each. Never a token, and never the demo org: that one is asked for by name each time. */
type Choice = { kind: 'cli'; target?: string } | { kind: 'token'; instanceUrl: string } | { kind: 'oauth'; login: string; instanceUrl: string };

const KEY = 'apiGuard.orgs';

/** Orgs side by side. More would be a wall of figures, and a request each every ten minutes. */
const MOST_ORGS = 6;

interface ChooserParts {
  memory: Memento;
  tokens: TokenStore;
  logins: Logins;
  cliKinds: CliOrgKinds;
  /** Ends a login by its id. */
  endLogin: (id: string) => Promise<void>;
  /** Told of every choice: all orgs to show, in their order. */
  chosen: (sources: readonly OrgSource[], reading: 'at-once' | 'when-visible') => void;
  /** Deletes what the view remembers of an org that is signed out of. */
  forget: (source: OrgSource) => Promise<void>;
  /** Also takes loopback addresses, for tests. */
  allowLoopback: boolean;
}

/** Where a chosen org goes: instead of those that are shown, or beside them. */
export type Placing = 'instead' | 'beside';

/** Knows which orgs were chosen, remembers them, and owns what a choice keeps running. */
export class OrgChooser implements Disposable {
  readonly #parts: ChooserParts;
  readonly demo = new DemoOrg();
  #sources: OrgSource[] = [];

  constructor(parts: ChooserParts) {
    this.#parts = parts;
  }

  get sources(): readonly OrgSource[] {
    return this.#sources;
  }

  get allowLoopback(): boolean {
    return this.#parts.allowLoopback;
  }

  /** Takes up what was chosen in this workspace before. */
  restore(): void {
    const saved = this.#parts.memory.get<unknown>(KEY);
    const sources = (Array.isArray(saved) ? saved : []).slice(0, MOST_ORGS).flatMap((choice: unknown) => this.#restored(choice) ?? []);
    if (sources.length > 0) this.#show(sources, 'when-visible');
  }

  /** @param target alias or username; without it the CLI's default org, whichever that is */
  async useCli(placing: Placing = 'instead', target?: string): Promise<void> {
    await this.#choose(new CliOrg(this.#parts.cliKinds, target), placing);
  }

  /** @param instanceUrl an origin from `instanceUrlFrom` */
  async useToken(instanceUrl: string, accessToken: string, placing: Placing = 'instead'): Promise<void> {
    await this.#parts.tokens.set(instanceUrl, accessToken);
    await this.#choose(new TokenOrg(instanceUrl, this.#parts.tokens), placing);
  }

  async useLogin({ id, instanceUrl }: Login, placing: Placing = 'instead'): Promise<void> {
    await this.#choose(this.#orgOf(id, instanceUrl), placing);
  }

  /** A login has ended elsewhere, in the editor's Accounts menu: its org is no longer shown. */
  async loginEnded(id: string): Promise<void> {
    const source = this.#sources.find((each) => each instanceof OAuthOrg && each.login === id);
    if (source) await this.signOut(source);
  }

  async useDemo(placing: Placing = 'instead'): Promise<void> {
    await this.#choose(this.demo, placing);
  }

  /** Forgets an org, its history, and its token if we hold one. */
  async signOut(source: OrgSource): Promise<void> {
    await this.#parts.forget(source);
    this.#show(this.#sources.filter((each) => each !== source), 'when-visible');
    await this.#remember();
    await source.signOut?.();
  }

  async stop(): Promise<void> {
    await this.demo.stop();
  }

  dispose(): void {
    void this.stop();
  }

  async #choose(source: OrgSource, placing: Placing): Promise<void> {
    const others = placing === 'beside' ? this.#sources.filter(({ id }) => id !== source.id) : [];
    this.#show([...others.slice(1 - MOST_ORGS), source], 'at-once');
    await this.#remember();
  }

  #show(sources: OrgSource[], reading: 'at-once' | 'when-visible'): void {
    this.#sources = sources;
    if (!sources.includes(this.demo)) void this.demo.stop();
    this.#parts.chosen(sources, reading);
  }

  /** State of a workspace is a file that anybody may have written. */
  #restored(choice: unknown): OrgSource | undefined {
    if (typeof choice !== 'object' || choice === null) return undefined;
    const { kind, target, instanceUrl, login } = choice as Record<string, unknown>;
    if (kind === 'cli' && target === undefined) return new CliOrg(this.#parts.cliKinds);
    if (kind === 'cli' && typeof target === 'string' && isSafeTarget(target)) return new CliOrg(this.#parts.cliKinds, target);
    const address = typeof instanceUrl === 'string' ? instanceUrlFrom(instanceUrl, this.allowLoopback) : undefined;
    if (!address || 'fault' in address) return undefined;
    if (kind === 'oauth' && typeof login === 'string') return this.#orgOf(login, address.url);
    return kind === 'token' ? new TokenOrg(address.url, this.#parts.tokens) : undefined;
  }

  #orgOf(login: string, instanceUrl: string): OAuthOrg {
    return new OAuthOrg(login, instanceUrl, this.#parts.logins, this.#parts.endLogin);
  }

  async #remember(): Promise<void> {
    const choices = this.#sources.flatMap((source): Choice[] => {
      if (source instanceof CliOrg) return [{ kind: 'cli', ...(source.target === undefined ? {} : { target: source.target }) }];
      if (source instanceof OAuthOrg) return [{ kind: 'oauth', login: source.login, instanceUrl: source.instanceUrl }];
      return source instanceof TokenOrg ? [{ kind: 'token', instanceUrl: source.instanceUrl }] : [];
    });
    await this.#parts.memory.update(KEY, choices.length > 0 ? choices : undefined);
  }
}
