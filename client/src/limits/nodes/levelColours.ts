import * as vscode from 'vscode';
import type { LimitLevel } from '../../../../server/src/limits/threshold.ts';

/** Addresses of rows, which nothing opens: the editor colours rows by their address. */
const SCHEME = 'api-guard-limit';

const COLOURS: Partial<Record<LimitLevel, string>> = {
  unused: 'disabledForeground',
  high: 'list.warningForeground',
  critical: 'list.errorForeground',
  exhausted: 'list.errorForeground',
};

/** Address of a row that lets it have the colour of its level. */
export function levelUri(level: LimitLevel, id: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, authority: level, path: `/${encodeURIComponent(id)}` });
}

/** Colours rows by their level, in the theme's own colours. */
export function registerLevelColours(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => {
      const colour = uri.scheme === SCHEME ? COLOURS[uri.authority as LimitLevel] : undefined;
      return colour ? { color: new vscode.ThemeColor(colour) } : undefined;
    },
  });
}
