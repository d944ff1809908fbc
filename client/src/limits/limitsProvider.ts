import * as vscode from 'vscode';
import { firstToFail } from '../../../server/src/limits/firstToFail.ts';
import { layOut } from '../../../server/src/limits/groups.ts';
import { FirstToFailNode } from './nodes/firstToFailNode.ts';
import { FoldedNode } from './nodes/foldedNode.ts';
import { GroupNode } from './nodes/groupNode.ts';
import { LoadingNode } from './nodes/loadingNode.ts';
import type { LimitsNode } from './nodes/node.ts';
import { OrgNode } from './nodes/orgNode.ts';
import { ProblemNode } from './nodes/problemNode.ts';
import type { OrgSession } from './orgSession.ts';
import { problemText } from './problemText.ts';
import type { ViewOptions } from './viewOptions.ts';

/** The rows of the "Org Limits" tree for the sessions of the view. No row at all lets the welcome text appear. */
export class LimitsProvider implements vscode.TreeDataProvider<LimitsNode>, vscode.Disposable {
  readonly #sessions: () => readonly OrgSession[];
  readonly #options: () => ViewOptions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sessions: () => readonly OrgSession[], options: () => ViewOptions) {
    this.#sessions = sessions;
    this.#options = options;
  }

  redraw(): void {
    this.#changed.fire();
  }

  getTreeItem(node: LimitsNode): vscode.TreeItem {
    return node.item();
  }

  getChildren(node?: LimitsNode): LimitsNode[] {
    return node ? node.children() : this.#roots();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #roots(): LimitsNode[] {
    const sessions = this.#sessions();
    const [only] = sessions;
    if (only && sessions.length === 1) return this.#rows(only, true);
    return sessions.map((session) => new OrgNode(session, this.#rows(session, false)));
  }

  /** @param alone whether the org has no row of its own above these */
  #rows(session: OrgSession, alone: boolean): LimitsNode[] {
    const { limits, problem } = session.state;
    const rows: LimitsNode[] = [];
    if (problem) rows.push(new ProblemNode(session.id, problem, problemText(problem, session.source), alone));
    if (!limits) return problem ? rows : [new LoadingNode(session.source.name)];
    if (alone) rows.push(new OrgNode(session));
    const options = this.#options();
    const first = firstToFail(limits.limits.filter(({ name }) => !options.hidden.has(name)), (name) => session.outlookOf(name), options.thresholds);
    if (first) rows.push(new FirstToFailNode(first, session, options));
    const { pinned, groups, unused, hidden } = layOut(limits.limits, options.pinned, options.hidden);
    if (pinned.length > 0) rows.push(new GroupNode('pinned', pinned, session, options));
    rows.push(...groups.map((group) => new GroupNode(group.group, group.limits, session, options)));
    if (unused.length > 0) rows.push(new FoldedNode('unused', unused, session, options));
    if (hidden.length > 0) rows.push(new FoldedNode('hidden', hidden, session, options));
    return rows;
  }
}
