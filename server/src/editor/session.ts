import {
  CodeActionKind,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { Workspace } from '../engine/workspace.ts';
import { clientSupport } from './clientSupport.ts';
import { codeActions, FIX_ALL, resolveCodeAction } from './codeAction.ts';
import { completion, resolveCompletion } from './completion.ts';
import { Configuration } from './configuration.ts';
import { abortSignal, type EditorContext } from './context.ts';
import { Diagnostics } from './diagnostics.ts';
import { guarded } from './guarded.ts';
import { hover } from './hover.ts';
import { Indexing } from './indexing.ts';
import { OpenDocuments } from './openDocuments.ts';
import { ORG_LIMITS_NOTIFICATION, SERVER_INFO_REQUEST, SETTINGS_SECTION, type ServerInfo } from './protocol.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { shownOrgsFrom } from './shownOrgs.ts';
import { UserCatalogs } from './userCatalogs.ts';
import { WatchedFiles } from './watchedFiles.ts';
import { followWorkspaceFolders, initialFolders } from './workspaceFolders.ts';

/** The index begins after the first diagnostics, or after this time if somebody keeps typing; in milliseconds. */
const FIRST_DIAGNOSTICS = 5_000;

/** The language server behind one connection: builds the features when the client has introduced itself, and wires them together. */
export function serve(connection: Connection, wasmFolder: string): void {
  const log = (message: string): void => connection.console.log(message);
  connection.onInitialize((params): InitializeResult => start(connection, params, wasmFolder, log));
}

function start(connection: Connection, params: InitializeParams, wasmFolder: string, log: (message: string) => void): InitializeResult {
  const workspace = new Workspace({
    // The analysis is loaded when the first file needs it: the answer to `initialize` does not wait for it.
    loadEngine: async () => new (await import('../engine/engine.ts')).Engine({ wasmFolder }),
    log,
  });
  let tellSettings = (): void => {};
  const context: EditorContext = {
    connection, workspace, log,
    settingsKnown: new Promise((resolve) => (tellSettings = resolve)),
    support: clientSupport(params),
    documents: new OpenDocuments(workspace),
    settings: DEFAULT_SETTINGS,
    folderRules: [],
    orgs: [],
  };
  /** Nothing is judged before the settings are known: what a user switched off must not flash up. */
  let ready = false;
  const diagnostics = new Diagnostics(context);
  const indexing = new Indexing(context, () => diagnostics.refresh());
  const configuration = new Configuration(context);
  const userCatalogs = new UserCatalogs(context);
  /** Takes over users' entries, and judges anew where a client or a library is another than before. */
  const loadUserCatalogs = async (): Promise<void> => {
    if (!(await userCatalogs.load(workspace.folderPaths, context.settings.catalog))) return;
    workspace.catalogChanged();
    if (ready) diagnostics.refresh();
  };
  const watched = new WatchedFiles(context, ({ changed, reindex, files }) => {
    if (files.some((file) => userCatalogs.concerns(file))) void loadUserCatalogs();
    if (changed) diagnostics.refresh();
    if (reindex) indexing.start();
    else if (changed) indexing.tellSettled();
  });
  const folders = initialFolders(params);
  const reindex = (): void => {
    if (context.settings.enable) indexing.start();
    else indexing.stop('API Guard is switched off by the setting apiGuard.enable.');
  };

  context.documents.listen(connection, {
    opened: () => ready && diagnostics.opened(),
    changed: () => ready && diagnostics.changed(),
    closed: (uri, replaced) => diagnostics.closed(uri, replaced),
  });
  connection.onHover(guarded('Hover', log, null, (request, token) => hover(context, request, abortSignal(token))));
  connection.onCompletion(guarded('Completion', log, [], (request, token) => completion(context, request, abortSignal(token))));
  connection.onCompletionResolve((item) => guarded('Completion', log, item, () => resolveCompletion(context, item))());
  connection.onCodeAction(guarded('Code actions', log, [], (request, token) => codeActions(context, request, abortSignal(token))));
  connection.onCodeActionResolve((action, token) =>
    guarded('Quick fix', log, action, () => resolveCodeAction(context, action, abortSignal(token)))(),
  );
  connection.onRequest(SERVER_INFO_REQUEST, (): ServerInfo => {
    return { lowerings: workspace.lowerings, grammarsLoaded: workspace.grammarsLoaded, files: workspace.fileCount };
  });
  connection.onNotification(ORG_LIMITS_NOTIFICATION, (params: unknown) => {
    context.orgs = shownOrgsFrom(params);
  });
  connection.onInitialized(
    guarded('Start', log, undefined, async () => {
      configuration.listen(({ enable, exclude }) => {
        if (!ready) return;
        void loadUserCatalogs();
        diagnostics.refresh();
        if (enable || exclude) reindex();
      });
      watched.listen();
      followWorkspaceFolders(context, folders, () => {
        if (!ready) return;
        void loadUserCatalogs();
        diagnostics.refresh();
        reindex();
      });
      try {
        await workspace.setFolders(folders);
        await configuration.load((params.initializationOptions as Record<string, unknown> | undefined)?.[SETTINGS_SECTION]);
        await loadUserCatalogs();
      } finally {
        tellSettings();
      }
      ready = true;
      // Open files first, with what they import; the rest of the workspace after that.
      diagnostics.opened();
      await Promise.race([diagnostics.settled(), new Promise((resolve) => setTimeout(resolve, FIRST_DIAGNOSTICS))]);
      reindex();
    }),
  );
  return { capabilities: capabilities(context), serverInfo: { name: 'API Guard for Salesforce' } };
}

function capabilities({ support }: EditorContext): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['\'', '"', '`'], resolveProvider: true },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL], resolveProvider: support.resolveEdit },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
