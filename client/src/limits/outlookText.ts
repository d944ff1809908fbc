import * as vscode from 'vscode';
import type { Since } from '../../../server/src/limits/firstToFail.ts';
import type { Direction, Outlook } from '../../../server/src/limits/forecast.ts';
import { amountText } from '../../../server/src/limits/figures.ts';
import { dayTimeText, spanText } from './timeText.ts';

/** Grain of a foretold time, in milliseconds. */
const GRAIN = 10 * 60_000;

const ARROWS: Record<Direction, string> = { rising: '↗', falling: '↘', steady: '→' };

/** An arrow for where a limit is going; empty where nobody can say. */
export function arrowText(outlook: Outlook | undefined): string {
  return outlook ? ARROWS[outlook.direction] : '';
}

/** What an arrow means, for those who hear the row. */
export function directionText(direction: Direction): string {
  switch (direction) {
    case 'rising': return vscode.l10n.t('rising');
    case 'falling': return vscode.l10n.t('falling');
    case 'steady': return vscode.l10n.t('steady');
  }
}

/** The time that is left at the present rate, short; `undefined` where the limit is not running out. */
export function timeLeftText(outlook: Outlook | undefined, now: number): string | undefined {
  return outlook?.runsOut && vscode.l10n.t('~{0} left', spanText(Math.max(0, outlook.runsOut.at - now)));
}

/** Since when a limit has been where it is, as a sentence without its subject. */
export function sinceText({ time, isKnown }: Since, now: number): string {
  const moment = dayTimeText(new Date(time), new Date(now));
  return isKnown ? vscode.l10n.t('since {0}', moment) : vscode.l10n.t('since {0} or earlier', moment);
}

/** Where a limit is going, as a sentence: the rate, and when it runs out with the margin. */
export function outlookText(outlook: Outlook, unit: string | undefined, now: number): string {
  const rate = amountText(Number(Math.abs(outlook.perHour).toPrecision(2)), unit, vscode.env.language);
  const moves = outlook.direction === 'rising'
    ? vscode.l10n.t('Rising by about {0} an hour.', rate)
    : outlook.direction === 'falling' ? vscode.l10n.t('Falling by about {0} an hour.', rate) : vscode.l10n.t('Steady.');
  if (!outlook.runsOut) return moves;
  // No finer than anybody can know it.
  const at = (time: number): string => dayTimeText(new Date(Math.ceil(Math.max(now, time) / GRAIN) * GRAIN), new Date(now));
  const { at: end, earliest, latest } = outlook.runsOut;
  return `${moves} ${vscode.l10n.t('If it goes on like this it runs out about {0}, most likely between {1} and {2}.', at(end), at(earliest), at(latest))}`;
}
