import * as vscode from 'vscode';

/** A time of today as people of the editor's language write it, to the minute. */
export function timeText(time: Date): string {
  return time.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}
