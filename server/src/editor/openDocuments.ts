import type { Connection } from 'vscode-languageserver/node';
import { TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileRole } from '../engine/sourceFile.ts';
import type { Workspace } from '../engine/workspace.ts';
import { documentPath, fileUri } from './documentPath.ts';

/** A document that is open in the editor and whose language is analysed. */
export interface OpenDocument {
  uri: string;
  /** The engine's path. */
  path: string;
  document: TextDocument;
  /** Version of the text that the workspace has. */
  version: number;
}

/** The open documents, kept in step with the client and handed to the workspace as they change. */
export class OpenDocuments {
  private readonly texts = new TextDocuments(TextDocument);
  private readonly byUri = new Map<string, OpenDocument>();
  private readonly workspace: Workspace;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  /**
   * Starts to follow the client. `opened` and `changed` are told when the workspace has the text; `closed` at once, with the promise that the
   * file on disk counts again.
   */
  listen(connection: Connection, told: { opened(): void; changed(): void; closed(uri: string, replaced: Promise<void>): void }): void {
    this.texts.onDidOpen(({ document }) => {
      if (this.take(document)) told.opened();
    });
    this.texts.onDidChangeContent(({ document }) => {
      // The library reports the opening as a change too, and reports it last.
      if (this.byUri.get(document.uri)?.version === document.version) return;
      if (this.take(document)) told.changed();
    });
    this.texts.onDidClose(({ document }) => {
      const known = this.byUri.get(document.uri);
      if (!known) return;
      this.byUri.delete(document.uri);
      told.closed(document.uri, this.workspace.close(known.path));
    });
    this.texts.listen(connection);
  }

  /** An open document; undefined for one that is not open or of another language. */
  get(uri: string): OpenDocument | undefined {
    return this.byUri.get(uri);
  }

  /** The text of any document that the client has told of, also of a language that is not analysed. */
  anyText(uri: string): TextDocument | undefined {
    return this.texts.get(uri);
  }

  /** All open documents, the most recently opened first. */
  all(): OpenDocument[] {
    return [...this.byUri.values()].reverse();
  }

  /** The address of a path: the open document's own, else that of the file. */
  uriOf(path: string): string {
    for (const open of this.byUri.values()) if (open.path === path) return open.uri;
    return fileUri(path);
  }

  private take(document: TextDocument): boolean {
    const path = documentPath(document.uri, document.languageId);
    if (fileRole(path) !== 'source') return false;
    this.byUri.set(document.uri, { uri: document.uri, path, document, version: document.version });
    this.workspace.setOpen(path, document.getText());
    return true;
  }
}
