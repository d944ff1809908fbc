import type { TreeItem } from 'vscode';

/** A row of the "Org Limits" tree. */
export interface LimitsNode {
  item(): TreeItem;
  children(): LimitsNode[];
}
