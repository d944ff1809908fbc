import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  CodeActionResolveRequest,
  CompletionRequest,
  CompletionResolveRequest,
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  FileChangeType,
  HoverRequest,
  InitializeRequest,
  InitializedNotification,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  WorkDoneProgressCreateRequest,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type CompletionItem,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { SERVER_INFO_REQUEST, STATUS_NOTIFICATION, type ServerInfo, type StatusParams } from '../../server/src/editor/protocol.ts';

const SERVER = path.resolve(import.meta.dirname, '../../server/src/server.ts');

/** What a modern editor can do; a test takes away or adds. */
export const FULL_CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, dataSupport: true },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] }, codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: { completionItem: { resolveSupport: { properties: ['documentation'] }, labelDetailsSupport: true } },
  },
  window: { workDoneProgress: true },
};

export interface StartOptions {
  folders?: readonly string[];
  capabilities?: ClientCapabilities;
  /** The answer to questions for the section `apiGuard`. */
  settings?: unknown;
  /** The answer to questions for `files.exclude`. */
  exclude?: Record<string, unknown>;
  initializationOptions?: unknown;
  /** Answers progress with a cancellation as soon as it begins. */
  cancelProgress?: boolean;
}

/** An editor without a window: speaks LSP over stdio to the server run from source. */
export class TestClient {
  readonly server: ChildProcess;
  readonly connection: ProtocolConnection;
  settings: unknown;
  exclude: Record<string, unknown>;
  initialized: InitializeResult | undefined;
  readonly statuses: StatusParams[] = [];
  readonly logs: string[] = [];
  readonly registrations: Registration[] = [];
  /** Kinds of the progress messages, in order: begin, report, end. */
  readonly progress: string[] = [];
  readonly published: PublishDiagnosticsParams[] = [];
  stderr = '';
  private readonly documents = new Map<string, TextDocument>();
  private readonly waiting = new Set<() => void>();
  private readonly exited: Promise<number | null>;

  private constructor(options: StartOptions) {
    this.settings = options.settings ?? {};
    this.exclude = options.exclude ?? {};
    this.server = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.exited = new Promise((resolve) => this.server.once('exit', (code) => resolve(code)));
    this.server.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    if (!this.server.stdout || !this.server.stdin) throw new Error('The server was started without pipes.');
    this.connection = createProtocolConnection(new StreamMessageReader(this.server.stdout), new StreamMessageWriter(this.server.stdin));
    this.connection.onError(() => {});
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => this.note(() => this.published.push(params)));
    this.connection.onNotification(LogMessageNotification.type, ({ message }) => this.note(() => this.logs.push(message)));
    this.connection.onNotification(STATUS_NOTIFICATION, (params: StatusParams) => this.note(() => this.statuses.push(params)));
    this.connection.onNotification('$/progress', ({ token, value }: { token: string; value: { kind: string } }) => {
      this.note(() => this.progress.push(value.kind));
      if (value.kind === 'begin' && options.cancelProgress) void this.connection.sendNotification('window/workDoneProgress/cancel', { token });
    });
    this.connection.onRequest(WorkDoneProgressCreateRequest.type, () => {});
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => this.note(() => this.registrations.push(...registrations)));
    this.connection.onRequest(ApplyWorkspaceEditRequest.type, () => ({ applied: false }));
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => (section === 'apiGuard' ? this.settings : section === 'files.exclude' ? this.exclude : null)),
    );
    this.connection.listen();
  }

  /** Starts a server, introduces itself and waits for the answer; `initialized` has been sent. */
  static async start(options: StartOptions = {}): Promise<TestClient> {
    const client = new TestClient(options);
    client.initialized = await client.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? FULL_CAPABILITIES,
      workspaceFolders: (options.folders ?? []).map((folder) => ({ uri: uriOf(folder), name: path.basename(folder) })),
      initializationOptions: options.initializationOptions,
    });
    await client.connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  /** Ends the server as the protocol says; answers its exit code. */
  async stop(): Promise<number | null> {
    if (this.server.exitCode !== null) return this.server.exitCode;
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return this.exit();
  }

  /** Waits until the server's process has ended; answers its exit code. */
  async exit(): Promise<number | null> {
    const timer = setTimeout(() => this.server.kill('SIGKILL'), 10_000);
    const code = await this.exited;
    clearTimeout(timer);
    this.connection.dispose();
    return code;
  }

  async open(file: string, text: string, languageId = languageOf(file)): Promise<void> {
    await this.openUri(uriOf(file), text, languageId);
  }

  async openUri(uri: string, text: string, languageId: string): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces the first occurrence of `before` in an open document by `after`, as an incremental change. */
  async replace(file: string, before: string, after: string): Promise<void> {
    const document = this.document(file);
    const at = document.getText().indexOf(before);
    if (at === -1) throw new Error(`${file} does not contain ${before}`);
    await this.edit(file, { start: document.positionAt(at), end: document.positionAt(at + before.length) }, after);
  }

  async edit(file: string, range: Range, text: string): Promise<void> {
    const document = this.document(file);
    const change = { range, text };
    const version = document.version + 1;
    TextDocument.update(document, [change], version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version },
      contentChanges: [change],
    });
  }

  async close(file: string): Promise<void> {
    const { uri } = this.document(file);
    this.documents.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The text of an open document as the client has it. */
  text(file: string): string {
    return this.document(file).getText();
  }

  version(file: string): number {
    return this.document(file).version;
  }

  /** The first position of `sought` in an open document, `shift` characters on. */
  at(file: string, sought: string, shift = 0): Position {
    const document = this.document(file);
    const offset = document.getText().indexOf(sought);
    if (offset === -1) throw new Error(`${file} does not contain ${sought}`);
    return document.positionAt(offset + shift);
  }

  /** What the server shows for a file now. */
  shown(file: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast(({ uri }) => uri === uriOf(file));
  }

  /** Waits until the server shows what satisfies `accept` for the file's present version. */
  async diagnostics(file: string, accept: (diagnostics: Diagnostic[]) => boolean = () => true, within = 15_000): Promise<Diagnostic[]> {
    const fits = (): boolean => {
      const shown = this.shown(file);
      const current = this.documents.get(uriOf(file));
      return shown !== undefined && (!current || shown.version === current.version) && accept(shown.diagnostics);
    };
    await this.until(fits, () => `diagnostics of ${file}; shown: ${JSON.stringify(this.shown(file)?.diagnostics.map((d) => [d.code, d.message]))}`, within);
    return this.shown(file)?.diagnostics ?? [];
  }

  hover(file: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: uriOf(file) }, position });
  }

  /** The hover's text at the middle of the first occurrence of `sought`; empty if there is none. */
  async hoverText(file: string, sought: string, shift = Math.floor(sought.length / 2)): Promise<string> {
    const hover = await this.hover(file, this.at(file, sought, shift));
    return hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';
  }

  /** What is offered right behind the first occurrence of `sought`. */
  async completions(file: string, sought: string): Promise<CompletionItem[]> {
    const answer = await this.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: uriOf(file) }, position: this.at(file, sought, sought.length) });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  resolveCompletion(item: CompletionItem): Promise<CompletionItem> {
    return this.connection.sendRequest(CompletionResolveRequest.type, item);
  }

  async actions(file: string, range: Range, diagnostics: Diagnostic[], only?: string[]): Promise<CodeAction[]> {
    const context = { diagnostics, ...(only ? { only } : {}) };
    const answer = await this.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: uriOf(file) }, range, context });
    return (answer ?? []) as CodeAction[];
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  info(): Promise<ServerInfo> {
    return this.connection.sendRequest(SERVER_INFO_REQUEST) as Promise<ServerInfo>;
  }

  async configure(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  /** Tells of changes on disk, as an editor's watcher does. */
  async onDisk(changes: { created?: string[]; changed?: string[]; deleted?: string[] }): Promise<void> {
    const of = (files: string[] | undefined, type: FileChangeType) => (files ?? []).map((file) => ({ uri: uriOf(file), type }));
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [...of(changes.deleted, FileChangeType.Deleted), ...of(changes.created, FileChangeType.Created), ...of(changes.changed, FileChangeType.Changed)],
    });
  }

  async folders(change: { added?: string[]; removed?: string[] }): Promise<void> {
    const of = (folders: string[] | undefined) => (folders ?? []).map((folder) => ({ uri: uriOf(folder), name: path.basename(folder) }));
    await this.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event: { added: of(change.added), removed: of(change.removed) } });
  }

  /** Waits until the index has come to rest after the `since`-th status; answers the status. */
  async settled(since = 0): Promise<StatusParams> {
    const rest = (): StatusParams | undefined => {
      const last = this.statuses.at(-1);
      return this.statuses.length > since && last && last.state !== 'indexing' ? last : undefined;
    };
    await this.until(() => rest() !== undefined, 'the index to come to rest');
    return rest() as StatusParams;
  }

  /** Waits until a condition on what the server has sent holds. */
  async until(condition: () => boolean, what: string | (() => string), within = 15_000): Promise<void> {
    const end = Date.now() + within;
    while (!condition()) {
      const left = end - Date.now();
      if (left <= 0) throw new Error(`Waited ${within} ms in vain for ${typeof what === 'string' ? what : what()}\nlog: ${this.logs.slice(-5).join('\n')}\n${this.stderr.slice(-2_000)}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.min(left, 1_000));
        this.waiting.add(wake);
      });
    }
  }

  private note(take: () => void): void {
    take();
    for (const wake of [...this.waiting]) wake();
  }

  private document(file: string): TextDocument {
    const document = this.documents.get(uriOf(file));
    if (!document) throw new Error(`${file} is not open`);
    return document;
  }
}

export function uriOf(file: string): string {
  return URI.file(file).toString();
}

/** Applies an edit to texts by path, as an editor does; fails where the edit does not fit. */
export function applyEdit(edit: WorkspaceEdit, texts: Record<string, string>): Record<string, string> {
  const result = { ...texts };
  const apply = (uri: string, edits: readonly { range: Range; newText: string }[]): void => {
    const file = URI.parse(uri).fsPath;
    const text = result[file];
    if (text === undefined) throw new Error(`The edit changes ${file}, which is not there.`);
    result[file] = TextDocument.applyEdits(TextDocument.create(uri, '', 0, text), [...edits]);
  };
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) apply(uri, edits);
  for (const change of edit.documentChanges ?? []) {
    if ('textDocument' in change) apply(change.textDocument.uri, change.edits as { range: Range; newText: string }[]);
    else if (change.kind === 'create') {
      const file = URI.parse(change.uri).fsPath;
      if (file in result) throw new Error(`The edit creates ${file}, which is there already.`);
      result[file] = '';
    } else throw new Error(`Unexpected operation ${change.kind}.`);
  }
  return result;
}

function languageOf(file: string): string {
  const names: Record<string, string> = { '.jsx': 'javascriptreact', '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'typescriptreact' };
  return names[path.extname(file)] ?? 'javascript';
}

/** Whether a rule speaks among these diagnostics. */
export const speaks = (rule: string) => (diagnostics: { code?: unknown }[]): boolean => diagnostics.some(({ code }) => code === rule);

/** Whether a rule is silent among these diagnostics. */
export const isSilent = (rule: string) => (diagnostics: { code?: unknown }[]): boolean => !speaks(rule)(diagnostics);
