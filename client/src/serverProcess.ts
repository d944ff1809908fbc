import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import type { ErrorHandler, LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { ORG_LIMITS_NOTIFICATION, STATUS_NOTIFICATION } from '../../server/src/editor/protocol.ts';
import type { OrgLimitsParams, ShownOrg } from '../../server/src/editor/protocol.ts';
import { REFERENCE_COMMAND } from '../../server/src/explain/referenceLink.ts';
import { CrashPolicy } from './crashPolicy.ts';
import { DOCUMENT_SELECTOR, isChecked } from './documents.ts';
import { serverStateFrom } from './serverState.ts';
import type { ServerStatus } from './serverStatus.ts';

/** Longest wait for the server's goodbye, in milliseconds; the process is ended after it. */
const STOP_LIMIT = 2000;

/**
 * The language server's process: started with the first document that it can check, stopped with the extension, started again when it
 * crashes. Watching files, reading settings and showing progress are asked for by the server itself over the protocol.
 */
export class ServerProcess implements vscode.Disposable {
  readonly #module: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #status: ServerStatus;
  readonly #crashes = new CrashPolicy();
  readonly #disposables: vscode.Disposable[] = [];
  #client: LanguageClient | undefined;
  /** Starts and stops one after another: two at once would leave a process behind. */
  #queue: Promise<void> = Promise.resolve();
  #crashSaid = false;
  /** What a server that starts must know of the orgs, as JSON: the same is not told twice. */
  #orgs = JSON.stringify([]);
  #disposed = false;

  constructor(module: string, log: vscode.LogOutputChannel, status: ServerStatus) {
    this.#module = module;
    this.#log = log;
    this.#status = status;
    this.#disposables.push(
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (isChecked(document)) void this.#follow();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apiGuard.enable')) void this.#follow();
      }),
    );
    void this.#follow();
  }

  /** Process id of the running server. */
  get pid(): number | undefined {
    return this.#client?.serverProcess?.pid;
  }

  /** Tells the server, now and whenever it starts, which orgs the view shows. */
  tellOrgs(orgs: ShownOrg[]): void {
    const text = JSON.stringify(orgs);
    if (text === this.#orgs) return;
    this.#orgs = text;
    if (this.#client?.state === State.Running) this.#sendOrgs(this.#client);
  }

  /** Ends the server and starts a fresh one, whatever state it is in. */
  async restart(): Promise<void> {
    this.#crashes.reset();
    await this.#inTurn(async () => {
      await this.#stop();
      if (isEnabled()) await this.#start();
    });
  }

  /** Ends the server within two seconds. */
  async stop(): Promise<void> {
    this.#disposed = true;
    await this.#inTurn(() => this.#stop());
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    void this.stop();
  }

  /** Brings the server into the state that settings and open documents ask for. */
  #follow(): Promise<void> {
    return this.#inTurn(async () => {
      if (!isEnabled()) await this.#stop();
      else if (!this.#client && !this.#disposed && vscode.workspace.textDocuments.some(isChecked)) await this.#start();
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => this.#log.error(error instanceof Error ? error : String(error)));
    return this.#queue;
  }

  async #start(): Promise<void> {
    const run = { module: this.#module, transport: TransportKind.ipc };
    const server: ServerOptions = { run, debug: { ...run, options: { execArgv: ['--nolazy', '--inspect=6019'] } } };
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENT_SELECTOR,
      initializationOptions: { referenceCommand: true, ruleCommand: true, installCommand: true },
      markdown: { isTrusted: { enabledCommands: [REFERENCE_COMMAND] } },
      outputChannel: this.#log,
      traceOutputChannel: this.#log,
      errorHandler: this.#errorHandler(() => client === this.#client),
      initializationFailedHandler: () => false,
    };
    const client = new LanguageClient('apiGuard', 'API Guard', server, options);
    client.onNotification(STATUS_NOTIFICATION, (params: unknown) => {
      const state = serverStateFrom(params);
      if (state && client === this.#client) this.#status.show(state);
    });
    // A restart after a crash that fails is told here alone: nobody awaits it.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.StartFailed && client === this.#client) this.#showNotStarted();
      if (newState === State.Running) this.#sendOrgs(client);
    });
    this.#client = client;
    this.#status.show({ state: 'starting' });
    try {
      await client.start();
      if (this.#status.state.state === 'starting') this.#status.show({ state: 'ready' });
    } catch (error) {
      this.#log.error('The language server did not start.', error);
      this.#showNotStarted();
    }
  }

  #sendOrgs(client: LanguageClient): void {
    const params: OrgLimitsParams = { orgs: JSON.parse(this.#orgs) as ShownOrg[] };
    client.sendNotification(ORG_LIMITS_NOTIFICATION, params).catch((error: unknown) => {
      // One that is being stopped takes no messages; the next one is told when it starts.
      if (client.state === State.Running) this.#log.warn('The language server was not told of the orgs.', error);
    });
  }

  #showNotStarted(): void {
    this.#status.show({ state: 'failed', message: vscode.l10n.t('The language server did not start. The log says why.') });
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    if (!client) return;
    this.#client = undefined;
    const child = client.serverProcess;
    try {
      await client.dispose(STOP_LIMIT);
    } catch (error) {
      // A server that is still starting, or that hangs, cannot be asked; what matters is that it ends.
      this.#log.warn('The language server was ended without a goodbye.', error);
      child?.kill();
    }
    this.#status.show({ state: 'stopped' });
  }

  #errorHandler(isCurrent: () => boolean): ErrorHandler {
    return {
      // Messages to a server that has just died fail one after another. To shut down for them would keep `closed` from being asked, and nothing would restart.
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        if (!isCurrent()) return { action: CloseAction.DoNotRestart, handled: true };
        if (this.#crashes.crashed(Date.now()) === 'restart') {
          this.#log.warn('The language server stopped unexpectedly and is started again.');
          this.#status.show({ state: 'starting' });
          this.#sayCrash();
          return { action: CloseAction.Restart, handled: true };
        }
        this.#log.error('The language server keeps stopping and is not started again.');
        this.#status.show({ state: 'failed', message: vscode.l10n.t('The language server keeps stopping. Restart it, or look into the log.') });
        this.#sayGivenUp();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Said once a session: the restart heals itself, a second message would only disturb. */
  #sayCrash(): void {
    if (this.#crashSaid) return;
    this.#crashSaid = true;
    const showLog = vscode.l10n.t('Show Log');
    void vscode.window.showWarningMessage(vscode.l10n.t('API Guard\'s language server stopped unexpectedly and was started again.'), showLog)
      .then((answer) => answer === showLog && this.#log.show());
  }

  #sayGivenUp(): void {
    const restart = vscode.l10n.t('Restart Server');
    const showLog = vscode.l10n.t('Show Log');
    void vscode.window
      .showErrorMessage(vscode.l10n.t('API Guard\'s language server keeps stopping. Salesforce calls are not checked.'), restart, showLog)
      .then((answer) => {
        if (answer === restart) void this.restart();
        if (answer === showLog) this.#log.show();
      });
  }
}

function isEnabled(): boolean {
  return vscode.workspace.getConfiguration('apiGuard').get<boolean>('enable') !== false;
}
