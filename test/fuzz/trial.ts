import path from 'node:path';
import { Engine, type FileAnalysis } from '../../server/src/engine/engine.ts';
import { WASM } from '../fixtures/analyse.ts';

/** Longest time that the analysis of one mutated file may take, in milliseconds, before the engine has to give it up. */
const BUDGET = 5_000;
/** Time beyond the budget in which the engine has to have noticed. */
const GRACE = 5_000;

/** What a trial came to: what is wrong, if anything is, and how long it took in milliseconds. */
export interface Outcome {
  faults: string[];
  ms: number;
  failed: string | undefined;
}

/** Reasons for which a file may be told as failed. */
const KNOWN = /^(?:nested too deeply to analyse|left out: )/;

/**
 * Gives a text to the engine, as the whole of a file and as what an edit has made of another text, and says what should not be: an exception, a place that does not
 * lie in the text, a fix that cannot be applied, another answer the second time, a failure without a known reason, a hang.
 */
export async function tryText(name: string, text: string, before: string): Promise<Outcome> {
  const faults: string[] = [];
  const file = path.resolve('/app', name);
  const start = performance.now();
  let first: string | undefined;
  let failed: string | undefined;
  for (const earlier of [[], [before, `${before}\n`]]) {
    try {
      const engine = new Engine({ wasmFolder: WASM, budget: BUDGET });
      for (const each of [...earlier, text]) {
        engine.setFile(file, each);
        await engine.prepare();
        engine.analyse(file);
      }
      const analysis = engine.analyse(file);
      failed = analysis.failed;
      if (failed !== undefined && !KNOWN.test(failed)) faults.push(`failed: ${failed}`);
      faults.push(...misplaced(analysis, text), ...badFixes(engine, analysis, file, text));
      // Where the time is over is no matter of the text alone.
      if (failed?.startsWith('left out')) continue;
      const answer = JSON.stringify(analysis);
      first ??= answer;
      if (answer !== first) faults.push(earlier.length > 0 ? 'another answer after an edit' : 'another answer the second time');
    } catch (error) {
      faults.push(`thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  const ms = performance.now() - start;
  if (ms > 2 * (BUDGET + GRACE)) faults.push(`took ${Math.round(ms)} ms`);
  return { faults: [...new Set(faults)], ms, failed };
}

function misplaced(analysis: FileAnalysis, text: string): string[] {
  const inside = (start: number, end: number): boolean => Number.isInteger(start) && start >= 0 && start <= end && end <= text.length;
  const out: string[] = [];
  for (const { start, end, spanStart, spanEnd } of analysis.calls) if (!inside(start, end) || !inside(spanStart, spanEnd)) out.push(`call at ${start}-${end} in ${spanStart}-${spanEnd} of ${text.length}`);
  for (const { start, end } of analysis.findings) if (!inside(start, end)) out.push(`finding at ${start}-${end} of ${text.length}`);
  return out;
}

function badFixes(engine: Engine, analysis: FileAnalysis, file: string, text: string): string[] {
  return analysis.findings.flatMap((finding) => engine.fixes(finding)).flatMap((fix) => (fix.edits[file] ?? []).filter((edit) => edit.start < 0 || edit.start > edit.end || edit.end > text.length).map((edit) => `fix edits ${edit.start}-${edit.end} of ${text.length}`));
}
