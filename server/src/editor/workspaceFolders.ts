import type { InitializeParams } from 'vscode-languageserver/node';
import type { EditorContext } from './context.ts';
import { filePath } from './documentPath.ts';

/** The folders that a client names at the start: the new way, or one of the two old ones. Folders that are not on disk are left out. */
export function initialFolders(params: InitializeParams): string[] {
  if (Array.isArray(params.workspaceFolders)) return params.workspaceFolders.flatMap(({ uri }) => filePath(uri) ?? []);
  if (params.rootUri) return [filePath(params.rootUri)].flatMap((folder) => folder ?? []);
  return params.rootPath ? [params.rootPath] : [];
}

/** Follows folders as they are added and removed; `changed` is told when the workspace has the new list. */
export function followWorkspaceFolders(context: EditorContext, initial: readonly string[], changed: () => void): void {
  if (!context.support.workspaceFolders) return;
  const folders = new Set(initial);
  context.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    for (const { uri } of removed) folders.delete(filePath(uri) ?? '');
    for (const { uri } of added) {
      const folder = filePath(uri);
      if (folder) folders.add(folder);
    }
    context.workspace.setFolders([...folders]).then(changed, (error: unknown) => context.log(`Workspace folders: ${String(error)}`));
  });
}
