import * as vscode from 'vscode';
import { historyCsv } from '../../../server/src/limits/historyCsv.ts';
import { EXPORT_COMMAND } from '../limits/historyPage.ts';
import { HistoryPanel } from '../limits/historyPanel.ts';
import type { LimitsView } from '../limits/limitsView.ts';
import { LimitNode } from '../limits/nodes/limitNode.ts';
import { OrgNode } from '../limits/nodes/orgNode.ts';
import type { OrgSession } from '../limits/orgSession.ts';
import { registerTrusted, textIn } from './command.ts';

/** "API Guard: Show Limits History" and "Export Limits History". */
export function registerHistory(view: LimitsView): vscode.Disposable {
  const panel = new HistoryPanel(view);
  return vscode.Disposable.from(
    panel,
    registerTrusted('apiGuard.showHistory', async (node) => panel.show(node instanceof LimitNode ? node.limit.name : textIn(node, 'limit'))),
    registerTrusted(EXPORT_COMMAND, async (argument) => {
      const session = await sessionOf(argument, view.sessions);
      if (session) await exported(session, textIn(argument, 'file'));
    }),
  );
}

async function sessionOf(argument: unknown, sessions: readonly OrgSession[]): Promise<OrgSession | undefined> {
  if (argument instanceof OrgNode) return argument.session;
  const id = textIn(argument, 'org');
  if (id !== undefined) return sessions.find((session) => session.id === id);
  if (sessions.length <= 1) return sessions[0];
  const picked = await vscode.window.showQuickPick(sessions.map((session) => ({ label: session.source.name, session })), { title: vscode.l10n.t('Export the history of which org?') });
  return picked?.session;
}

/** @param file where to; asked for without it */
async function exported(session: OrgSession, file: string | undefined): Promise<void> {
  const name = `org-limits-${session.source.name.replace(/[^\w.-]+/g, '-').slice(0, 60)}.csv`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = file === undefined
    ? await vscode.window.showSaveDialog({ filters: { CSV: ['csv'] }, ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}) })
    : vscode.Uri.file(file);
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(historyCsv(session.history)));
  vscode.window.setStatusBarMessage(vscode.l10n.t('History saved to {0}.', target.fsPath), 5000);
}
