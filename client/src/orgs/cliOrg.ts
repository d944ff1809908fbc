import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { addressByCli, nameOfCliOrg, openByCli, readCliOrg } from '../../../server/src/limits/cliOrgReading.ts';
import { defaultOrgFiles } from '../../../server/src/limits/defaultOrg.ts';
import type { DefaultOrg, DefaultOrgPlace } from '../../../server/src/limits/defaultOrg.ts';
import { asLimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import { usageOf } from '../../../server/src/limits/orgLimits.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import type { CliOrgKinds } from './cliOrgKinds.ts';
import type { OrgSource } from './orgSource.ts';

/** From this share of its requests on, in percent, who spends them is worth a second request. */
const SHARES_FROM = 50;

/** An org of the Salesforce CLI: its default org for the first workspace folder, or one by its alias. The CLI keeps the login; only limits come over. */
export class CliOrg implements OrgSource {
  readonly kind = 'cli';
  /** Alias or username; `undefined` for whatever is the default org at a reading. */
  readonly target: string | undefined;
  #name: string;
  #key: string | undefined;
  readonly #kinds: CliOrgKinds;
  #lastTarget: string | undefined;
  #username: string | undefined;
  /** Orgs that were asked for their kind in this window; one that does not tell is not asked again and again. */
  readonly #asked = new Map<string, boolean | undefined>();
  #wantsShares = false;

  /** @param target alias or username; without it the CLI's default org, whichever that is */
  constructor(kinds: CliOrgKinds, target?: string) {
    this.#kinds = kinds;
    this.target = target;
    this.#name = target ?? vscode.l10n.t('Default org');
  }

  get id(): string {
    return this.target === undefined ? 'cli' : `cli:${this.target}`;
  }

  /** Alias or username that the last reading asked for. */
  get lastTarget(): string | undefined {
    return this.target ?? this.#lastTarget;
  }

  get key(): string | undefined {
    return this.#key;
  }

  get name(): string {
    return this.#name;
  }

  get isProduction(): boolean | undefined {
    if (this.#username !== undefined) return this.#kinds.isProduction(this.#username);
    return this.#lastTarget === undefined ? undefined : this.#asked.get(this.#lastTarget);
  }

  async read(signal: AbortSignal): Promise<OrgLimits> {
    const limits = await readCliOrg({
      target: this.target,
      place: currentPlace(),
      configuredPath: configuredPath(),
      found: (org) => {
        this.#lastTarget = org.target;
        this.#name = nameOfCliOrg(org);
        this.#username = usernameOf(org);
        this.#key = `cli:${org.username ?? org.target}`;
      },
      shares: this.#wantsShares,
      kind: {
        wants: (org) => !this.#asked.has(org.target) && this.isProduction === undefined,
        told: (org, isProduction) => {
          this.#asked.set(org.target, isProduction);
          const username = usernameOf(org);
          if (username !== undefined) void this.#kinds.remember(username, isProduction);
        },
      },
      signal,
    });
    if (this.#lastTarget !== undefined && !this.#asked.has(this.#lastTarget)) this.#asked.set(this.#lastTarget, undefined);
    const requests = limits.limits.find(({ name }) => name === 'DailyApiRequests');
    this.#wantsShares = requests !== undefined && (usageOf(requests).percent ?? 0) >= SHARES_FROM;
    return limits;
  }

  /** Deletes what is remembered of the org; the login is the CLI's. */
  async signOut(): Promise<void> {
    if (this.#username !== undefined) await this.#kinds.forget(this.#username);
  }

  /** Opens a page of the org in the browser, by the CLI's own login where it runs on the machine of the browser. @param page path without a leading slash */
  async openPage(page: string): Promise<void> {
    const target = this.lastTarget;
    if (target === undefined) return;
    const org = { target, place: currentPlace(), configuredPath: configuredPath() };
    try {
      if (reachesBrowser()) await openByCli(org, page);
      else await vscode.env.openExternal(vscode.Uri.parse(`${await addressByCli(org)}/${page}`, true));
    } catch (error) {
      void vscode.window.showErrorMessage(asLimitsProblem(error).message);
    }
  }

  /** Files are watched; the CLI, which takes seconds to start, is not asked again and again. */
  watch(changed: () => void): vscode.Disposable {
    const place = currentPlace();
    const watchers = defaultOrgFiles(place).flatMap(({ folder, file }) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), file));
      return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)];
    });
    return vscode.Disposable.from(
      ...watchers,
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apiGuard.salesforceCliPath')) changed();
      }),
    );
  }
}

/** The name under which an org is known for good: an alias may mean another one tomorrow. */
function usernameOf({ target, username }: DefaultOrg): string | undefined {
  return username ?? (target.includes('@') ? target : undefined);
}

/** Path of the CLI from the settings; empty where there is none. */
function configuredPath(): string {
  return vscode.workspace.getConfiguration('apiGuard').get<string>('salesforceCliPath') ?? '';
}

/** Whether a program that runs here can open the user's browser: from WSL it can, from a container or over SSH it cannot. */
function reachesBrowser(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Desktop && [undefined, 'wsl'].includes(vscode.env.remoteName);
}

/** The first workspace folder on disk, the user's home, and the environment. */
export function currentPlace(): DefaultOrgPlace {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  // HOME is read here and not only by homedir(), so that CLI and extension agree on where the user's files are.
  return { folder: folder?.uri.fsPath, home: process.env.HOME || homedir(), env: process.env };
}
