import type { Disposable } from 'vscode';
import type { LimitsView } from '../limits/limitsView.ts';
import { OrgNode } from '../limits/nodes/orgNode.ts';
import { registerTrusted } from './command.ts';

/** "API Guard: Refresh Org Limits": resolves when the tree shows the result. */
export function registerRefreshLimits(view: LimitsView): Disposable {
  return registerTrusted('apiGuard.refreshLimits', (argument) => view.refresh(argument instanceof OrgNode ? [argument.session] : view.sessions));
}
