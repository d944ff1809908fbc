import type { TreeItem } from 'vscode';
import type { OrgKind } from '../orgs/orgSource.ts';
import type { LimitsProvider } from './limitsProvider.ts';
import type { LimitsState } from './limitsStore.ts';
import type { LimitsNode } from './nodes/node.ts';

/** One row of the tree as it is drawn. */
export interface RowSnapshot {
  label: string;
  description: string;
  /** Id of the theme icon. */
  icon: string;
  /** Id of the theme colour of the icon. */
  colour: string | undefined;
  /** Text or Markdown of the tooltip. */
  tooltip: string;
  /** What a screen reader says of the row. */
  spoken: string;
  /** Command that choosing the row runs. */
  command: string | undefined;
  children: RowSnapshot[];
}

/** The whole view at one moment. */
export interface LimitsSnapshot {
  /** `none`: no org is chosen, the welcome text shows. `off`: the workspace is not trusted. */
  state: 'none' | 'off' | 'loading' | 'ready' | 'failed';
  /** The first org, and all of them. The fields that follow are about the first. */
  org: { kind: OrgKind; name: string } | undefined;
  orgs: { kind: OrgKind; name: string }[];
  /** What stands beside the view's title. */
  description: string;
  /** What stands above the rows. */
  message: string;
  /** Kind of the problem, if the last reading failed. */
  problem: string | undefined;
  readAt: Date | undefined;
  /** What the item in the status bar says, if it is there. */
  statusBar: string | undefined;
  rows: RowSnapshot[];
}

/** The rows of a provider, all the way down. */
export function rowsOf(provider: LimitsProvider, node?: LimitsNode): RowSnapshot[] {
  return provider.getChildren(node).map((child) => ({ ...rowOf(provider.getTreeItem(child)), children: rowsOf(provider, child) }));
}

/** What the view is doing, in a word. */
export function stateWord(state: LimitsState | undefined, trusted: boolean): LimitsSnapshot['state'] {
  if (!trusted) return 'off';
  if (!state?.source) return 'none';
  if (state.problem) return 'failed';
  return state.limits ? 'ready' : 'loading';
}

function rowOf(item: TreeItem): Omit<RowSnapshot, 'children'> {
  const icon = item.iconPath as { id?: string; color?: { id?: string } } | undefined;
  return {
    label: typeof item.label === 'string' ? item.label : item.label?.label ?? '',
    description: typeof item.description === 'string' ? item.description : '',
    icon: icon?.id ?? '',
    colour: icon?.color?.id,
    tooltip: typeof item.tooltip === 'string' ? item.tooltip : item.tooltip?.value ?? '',
    spoken: item.accessibilityInformation?.label ?? '',
    command: item.command?.command,
  };
}
