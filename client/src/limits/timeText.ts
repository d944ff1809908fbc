import * as vscode from 'vscode';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time of today as people of the editor's language write it, to the minute. */
export function timeText(time: Date): string {
  return time.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}

/** A time of this week or later, with its day. */
export function dayTimeText(time: Date, now: Date): string {
  if (time.toDateString() === now.toDateString()) return timeText(time);
  const isNear = time.getTime() - now.getTime() < 6 * DAY;
  return `${time.toLocaleDateString(vscode.env.language, isNear ? { weekday: 'short' } : { day: 'numeric', month: 'short' })} ${timeText(time)}`;
}

/** A time that is left, no finer than anybody can foretell it. @param milliseconds not negative */
export function spanText(milliseconds: number): string {
  if (milliseconds < HOUR) return vscode.l10n.t('{0} min', Math.max(1, Math.round(milliseconds / (5 * MINUTE)) * 5));
  if (milliseconds < 2 * DAY) return vscode.l10n.t('{0} h', Math.round(milliseconds / HOUR));
  return vscode.l10n.t('{0} days', Math.round(milliseconds / DAY));
}
