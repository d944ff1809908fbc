import * as vscode from 'vscode';
import { thresholdsFrom } from '../../../server/src/limits/threshold.ts';
import type { Thresholds } from '../../../server/src/limits/threshold.ts';

/** What one drawing of the view goes by. */
export interface ViewOptions {
  thresholds: Thresholds;
  /** Keys of limits that stand on top, and of those that are folded away. */
  pinned: ReadonlySet<string>;
  hidden: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  now: number;
}

/** Smallest pause between two readings that a setting can ask for, in minutes: Salesforce's own figures are up to five minutes old. */
const SMALLEST_MINUTES = 5;

/** Thresholds from the settings. */
export function currentThresholds(): Thresholds {
  const settings = vscode.workspace.getConfiguration('apiGuard.limits');
  return thresholdsFrom(settings.get('highPercent'), settings.get('criticalPercent'));
}

/** Pause between two readings from the settings, in milliseconds. */
export function refreshInterval(): number {
  const minutes = vscode.workspace.getConfiguration('apiGuard.limits').get<number>('refreshMinutes');
  return Math.max(SMALLEST_MINUTES, typeof minutes === 'number' && Number.isFinite(minutes) ? minutes : 10) * 60_000;
}
