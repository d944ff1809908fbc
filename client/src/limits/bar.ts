const CELLS = 5;

/** A percentage as a bar of text. Empty only at nothing, full only at all of it. */
export function barText(percent: number): string {
  const filled = percent >= 100 ? CELLS : percent <= 0 ? 0 : Math.min(CELLS - 1, Math.max(1, Math.round((percent / 100) * CELLS)));
  return '▰'.repeat(filled) + '▱'.repeat(CELLS - filled);
}
