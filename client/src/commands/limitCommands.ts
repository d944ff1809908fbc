import * as vscode from 'vscode';
import { setupPageOf } from '../../../server/src/limits/setupPages.ts';
import { limitsReport, reported } from '../../../server/src/limits/limitsReport.ts';
import type { LimitsView } from '../limits/limitsView.ts';
import { LimitNode } from '../limits/nodes/limitNode.ts';
import { OrgNode } from '../limits/nodes/orgNode.ts';
import type { OrgSession } from '../limits/orgSession.ts';
import { registerTrusted } from './command.ts';

/** Commands of a limit's row: copy, open in Setup, pin, hide. */
export function registerLimitCommands(view: LimitsView): vscode.Disposable {
  const onLimit = (id: string, run: (node: LimitNode) => Promise<void>): vscode.Disposable => registerTrusted(id, async (node) => {
    if (node instanceof LimitNode) await run(node);
  });
  const mark = async (node: LimitNode, marks: { pinned?: boolean; hidden?: boolean }): Promise<void> => {
    const { name } = node.limit;
    if (marks.pinned !== undefined) await view.pinned.set(name, marks.pinned);
    if (marks.hidden !== undefined) await view.hidden.set(name, marks.hidden);
    view.redraw();
  };
  return vscode.Disposable.from(
    onLimit('apiGuard.pinLimit', (node) => mark(node, { pinned: true, hidden: false })),
    onLimit('apiGuard.unpinLimit', (node) => mark(node, { pinned: false })),
    onLimit('apiGuard.hideLimit', (node) => mark(node, { hidden: true, pinned: false })),
    onLimit('apiGuard.showLimit', (node) => mark(node, { hidden: false })),
    onLimit('apiGuard.openSetup', (node) => openSetup(node)),
    registerTrusted('apiGuard.copyLimits', async (node) => {
      const value = node instanceof LimitNode ? reported(node.limit) : reportOf(node instanceof OrgNode ? [node.session] : view.sessions);
      await vscode.env.clipboard.writeText(`${JSON.stringify(value, undefined, 2)}\n`);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied as JSON.'), 3000);
    }),
  );
}

function reportOf(sessions: readonly OrgSession[]): unknown {
  const reports = sessions.flatMap(({ source, state: { limits, readAt } }) => (limits && readAt ? [limitsReport(source.name, readAt, limits)] : []));
  return reports.length === 1 ? reports[0] : reports;
}

/** Opens the page of Setup that shows a limit, in the browser; the Salesforce CLI opens its own orgs, with its own login. */
async function openSetup({ limit, session: { source } }: LimitNode): Promise<void> {
  const page = setupPageOf(limit.name);
  if (source.openPage) {
    await vscode.window.withProgress({ location: { viewId: 'apiGuard.limits' } }, async () => source.openPage?.(page));
  } else if (source.instanceUrl !== undefined) await vscode.env.openExternal(vscode.Uri.parse(`${source.instanceUrl}/${page}`));
  else void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no Setup.', source.name));
}
