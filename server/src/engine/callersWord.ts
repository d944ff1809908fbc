import type { FileAnalysis } from './engine.ts';

/**
 * The findings that no caller can take back. Where a failure leaves its function, a caller in a file that has not been read yet may repeat the call or handle
 * it: a finding that comes and goes is worse than one that comes a little later. What is no word on a call, but on what the rules said, waits as well.
 */
export function withoutCallersWord(analysis: FileAnalysis): FileAnalysis {
  const leaving = new Set(analysis.calls.filter(({ failure, stops }) => failure === 'propagates' || (failure === 'generic' && stops !== 'visible')).map(({ start }) => start));
  return { ...analysis, findings: analysis.findings.filter(({ rule, start }) => rule !== 'unused-suppression' && !leaving.has(start)) };
}
