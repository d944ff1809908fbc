/** A percentage for people: whole numbers, but `<1%` for little and `>99%` just below the end, so that 0% and 100% are never rounded into being. */
export function percentText(percent: number): string {
  if (percent > 0 && percent < 1) return '<1%';
  if (percent > 99 && percent < 100) return '>99%';
  return `${Math.round(percent)}%`;
}

/** An amount in its unit. Megabytes from 1,024 up are shown as GB or TB; everything else keeps its figure with separators. */
export function amountText(value: number, unit: string | undefined, locale = 'en-US'): string {
  if (unit === 'MB' && Math.abs(value) >= 1024) {
    const terabytes = Math.abs(value) >= 1024 * 1024;
    const scaled = value / (terabytes ? 1024 * 1024 : 1024);
    return `${scaled.toLocaleString(locale, { maximumFractionDigits: 1 })} ${terabytes ? 'TB' : 'GB'}`;
  }
  const figure = value.toLocaleString(locale, { maximumFractionDigits: 1 });
  return unit === 'MB' ? `${figure} MB` : figure;
}
