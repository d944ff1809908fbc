import * as vscode from 'vscode';
import { mostUsedFirst } from '../../../server/src/limits/ordering.ts';
import { usageOf } from '../../../server/src/limits/orgLimits.ts';
import { thresholdsFrom } from '../../../server/src/limits/threshold.ts';
import type { Thresholds } from '../../../server/src/limits/threshold.ts';
import type { LimitsState } from './limitsStore.ts';
import { LimitNode } from './nodes/limitNode.ts';
import { LoadingNode } from './nodes/loadingNode.ts';
import type { LimitsNode } from './nodes/node.ts';
import { OrgNode } from './nodes/orgNode.ts';
import { ProblemNode } from './nodes/problemNode.ts';
import { UnusedNode } from './nodes/unusedNode.ts';
import { problemText } from './problemText.ts';
import { timeText } from './timeText.ts';

/** The rows of the "Org Limits" tree for the state of the store. No row at all lets the welcome text appear. */
export class LimitsProvider implements vscode.TreeDataProvider<LimitsNode>, vscode.Disposable {
  readonly #state: () => LimitsState;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(state: () => LimitsState) {
    this.#state = state;
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
    const { source, limits, problem, readAt } = this.#state();
    if (!source) return [];
    const rows: LimitsNode[] = [];
    if (problem) rows.push(new ProblemNode(problem, problemText(problem, source)));
    if (!limits) return problem ? rows : [new LoadingNode(source.name)];
    if (readAt) rows.push(new OrgNode(source, timeText(readAt)));
    const thresholds = currentThresholds();
    const used = limits.limits.filter((limit) => usageOf(limit).used > 0);
    const unused = limits.limits.filter((limit) => usageOf(limit).used === 0);
    rows.push(...mostUsedFirst(used).map((limit) => new LimitNode(limit, thresholds)));
    if (unused.length > 0) rows.push(new UnusedNode(unused, thresholds));
    return rows;
  }
}

/** Thresholds from the settings. */
export function currentThresholds(): Thresholds {
  const settings = vscode.workspace.getConfiguration('apiGuard.limits');
  return thresholdsFrom(settings.get('highPercent'), settings.get('criticalPercent'));
}
