/** The value below which a part of the numbers lies; `NaN` for none. */
export function percentile(numbers: readonly number[], part: number): number {
  return [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? NaN;
}

/** The number in the middle. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}
