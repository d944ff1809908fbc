import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver/node';

/** What the client at the other end can do, as far as it changes what we send. */
export interface ClientSupport {
  configuration: boolean;
  configurationRegistration: boolean;
  watcherRegistration: boolean;
  workspaceFolders: boolean;
  progress: boolean;
  relatedInformation: boolean;
  /** Diagnostics may link their code. */
  codeDescription: boolean;
  /** Diagnostics may carry data that comes back with a code action request. */
  diagnosticData: boolean;
  /** Code actions may come without their edit, which is asked for later. */
  resolveEdit: boolean;
  /** Code actions may be shown that cannot be chosen, with the reason. */
  disabledActions: boolean;
  /** Edits may be bound to a document's version. */
  documentChanges: boolean;
  /** Edits may hold snippets, whose placeholders are typed over. */
  snippetEdit: boolean;
  /** Edits may create files. */
  createFile: boolean;
  markdownHover: boolean;
  /** The client has a command that opens the reference at a code: links in a hover may run it. */
  referenceCommand: boolean;
  /** The client has a command that opens the page of a rule. */
  ruleCommand: boolean;
  /** The client has a command that installs a package: fixes that need one can be offered. */
  installCommand: boolean;
  /** Completion items may be documented later. */
  resolveCompletion: boolean;
}

/** Reads the capabilities that a client states; everything absent counts as not supported. */
export function clientSupport(params: InitializeParams): ClientSupport {
  const capabilities: ClientCapabilities = params.capabilities ?? {};
  const { workspace, textDocument, window } = capabilities;
  const own = params.initializationOptions as { referenceCommand?: unknown; ruleCommand?: unknown; installCommand?: unknown } | null | undefined;
  const documentChanges = workspace?.workspaceEdit?.documentChanges === true;
  const codeAction = textDocument?.codeAction;
  return {
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watcherRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    diagnosticData: textDocument?.publishDiagnostics?.dataSupport === true,
    resolveEdit: codeAction?.dataSupport === true && list(codeAction.resolveSupport?.properties).includes('edit'),
    disabledActions: codeAction?.disabledSupport === true,
    documentChanges,
    snippetEdit: documentChanges && workspace?.workspaceEdit?.snippetEditSupport === true,
    createFile: documentChanges && list(workspace?.workspaceEdit?.resourceOperations).includes('create'),
    markdownHover: list(textDocument?.hover?.contentFormat).includes('markdown') || textDocument?.hover?.contentFormat === undefined,
    referenceCommand: own?.referenceCommand === true,
    ruleCommand: own?.ruleCommand === true,
    installCommand: own?.installCommand === true,
    resolveCompletion: list(textDocument?.completion?.completionItem?.resolveSupport?.properties).includes('documentation'),
  };
}

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
