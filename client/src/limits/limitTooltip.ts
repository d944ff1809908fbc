import * as vscode from 'vscode';
import type { Outlook } from '../../../server/src/limits/forecast.ts';
import { limitTextOf } from '../../../server/src/limits/limitTexts.ts';
import { usageOf } from '../../../server/src/limits/orgLimits.ts';
import type { OrgLimit } from '../../../server/src/limits/orgLimits.ts';
import { amountText, percentText } from '../../../server/src/limits/figures.ts';
import { titleOf, unitOf } from '../../../server/src/limits/wording.ts';
import { markdownText } from './markdownText.ts';
import { outlookText } from './outlookText.ts';

interface TooltipOf {
  limit: OrgLimit;
  /** The limit of which this one is a share. */
  parent: OrgLimit | undefined;
  title: string;
  /** Its level and since when it has that, where it wants attention. */
  level: string | undefined;
  isUnused: boolean;
  outlook: Outlook | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/** What a limit counts, where it is going, what fails with which code when it is used up, and how to use less of it. */
export function limitTooltip({ limit, parent, title, level, isUnused, outlook, now }: TooltipOf): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const text = limitTextOf(limit.name);
  const unit = unitOf(limit.name) ?? (parent && unitOf(parent.name));
  const amount = (value: number): string => amountText(value, unit, vscode.env.language);
  const { used, percent } = usageOf(limit);
  const maximum = `${amount(Math.max(0, limit.maximum))}${unit && unit !== 'MB' ? ` ${unit}` : ''}`;
  const share = percent === undefined ? '' : ` (${percentText(percent)})`;
  const lines = [`**${markdownText(title)}**`, markdownText(`${t('{0} of {1} used', amount(used), maximum)}${share}, ${remainder(limit, isUnused, amount)}`)];
  if (level) lines.push(markdownText(`${level.charAt(0).toUpperCase()}${level.slice(1)}.`));
  if (outlook) lines.push(markdownText(outlookText(outlook, unit, now)));
  if (text) {
    lines.push(markdownText(text.counts), entry(t('Window:'), text.window), entry(t('At 100%:'), text.atFull));
    if (text.codes.length > 0) lines.push(`**${t('Codes:')}** ${text.codes.map((code) => `\`${code}\``).join(', ')}`);
    lines.push(entry(t('Use less:'), text.useLess));
  } else {
    lines.push(markdownText(parent ? t('A share of {0}.', titleOf(parent.name)) : t('The org reports this limit; API Guard has no description of it yet.')));
  }
  lines.push(markdownText(limit.name));
  return new vscode.MarkdownString(lines.join('\n\n'));
}

function entry(heading: string, text: string): string {
  return `**${heading}** ${markdownText(text)}`;
}

function remainder({ maximum, remaining }: OrgLimit, isUnused: boolean, amount: (value: number) => string): string {
  if (maximum <= 0 && isUnused) return vscode.l10n.t('the org has none of this');
  if (remaining < 0) return vscode.l10n.t('{0} past the limit', amount(-remaining));
  return vscode.l10n.t('{0} left', amount(remaining));
}
