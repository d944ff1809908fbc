import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiGuardApi } from '../../../client/src/api.ts';
import type { LimitsSnapshot, RowSnapshot } from '../../../client/src/limits/snapshot.ts';

/** The extension under test. */
export function extensionUnderTest(): vscode.Extension<ApiGuardApi> {
  const extension = vscode.extensions.getExtension<ApiGuardApi>('api-guard.salesforce-api-guard');
  assert.ok(extension, 'the extension is not installed');
  return extension;
}

/** What its `activate` has returned; activates it if nothing has. */
export async function api(): Promise<ApiGuardApi> {
  return extensionUnderTest().activate();
}

/** The row whose label contains the text, at any depth. */
export function rowNamed(snapshot: LimitsSnapshot, text: string): RowSnapshot {
  const search = (rows: RowSnapshot[]): RowSnapshot | undefined =>
    rows.find((row) => row.label.includes(text)) ?? rows.map((row) => search(row.children)).find((row) => row !== undefined);
  const row = search(snapshot.rows);
  assert.ok(row, `no row with ${text} among ${snapshot.rows.map(({ label }) => label).join(', ')}`);
  return row;
}
