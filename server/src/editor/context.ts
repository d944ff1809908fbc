import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import type { Workspace } from '../engine/workspace.ts';
import type { FolderRules } from '../report/ruleSettings.ts';
import type { ClientSupport } from './clientSupport.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { ShownOrg } from './protocol.ts';
import type { Settings } from './settings.ts';

/** What every feature needs; made once, when the client has said what it can do. */
export interface EditorContext {
  connection: Connection;
  support: ClientSupport;
  workspace: Workspace;
  documents: OpenDocuments;
  /** The settings now in force; replaced as a whole when they change. */
  settings: Settings;
  /** What project files have decided about the rules; replaced as a whole when they change. */
  folderRules: readonly FolderRules[];
  /** Orgs whose limits the editor shows; replaced as a whole after each reading. */
  orgs: readonly ShownOrg[];
  /** Resolves when the settings have been asked for once: what a user switched off must not show itself before. */
  settingsKnown: Promise<void>;
  /** Writes to the client's log channel. */
  log(message: string): void;
}

/** Hands the analysis what is now decided about the rules. */
export function tellRules({ workspace, settings, folderRules }: EditorContext): void {
  workspace.setRules({ everywhere: settings.rules, folders: folderRules });
}

/** The signal that the analysis understands, for a request's cancellation. */
export function abortSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
