import { join } from 'node:path';
import { Engine } from '../../server/src/engine/engine.ts';
import { WASM } from '../fixtures/analyse.ts';
import { median, percentile } from './median.ts';

const LINES = 5000;
const EDITS = 60;

/** Prints the time from an edit inside a body to the file's findings, beside the time to parse that file once. */
export async function measureEdits(): Promise<void> {
  const text = (note: number): string => {
    const functions = Array.from({ length: Math.round(LINES / 10) }, (_, id) => [
      `export async function save${id}(conn: Connection, rows: Row[]): Promise<number> {`,
      '  let saved = 0;',
      '  for (const row of rows) {',
      '    try {',
      `      const result = await conn.sobject('Account').create({ Name: row.name, Number__c: ${id === 7 ? note : id} });`,
      '      if (result.success) saved++;',
      `    } catch (error) { if (isLock(error)) throw error; console.error('row', row.name, error); }`,
      '  }',
      '  return saved;',
      '}',
    ].join('\n'));
    return `import { Connection } from 'jsforce';\ninterface Row { name: string }\nconst isLock = (error: any) => error.errorCode === 'UNABLE_TO_LOCK_ROW';\n${functions.join('\n')}\n`;
  };
  const file = '/bench/large.ts';
  const engine = new Engine({ wasmFolder: WASM });
  engine.setFile(file, text(0));
  await engine.prepare();
  engine.analyse(file);
  const parse = await parserOf();
  const before = engine.lowerings;
  const times: number[] = [];
  const parses: number[] = [];
  const functions: number[] = [];
  for (let edit = 1; edit <= EDITS; edit++) {
    const next = text(edit);
    const lowered = engine.functionsLoweredAgain;
    const start = performance.now();
    engine.setFile(file, next);
    await engine.prepare();
    engine.analyse(file);
    times.push(performance.now() - start);
    functions.push(engine.functionsLoweredAgain - lowered);
    // In turns, so that both meet the same machine.
    parses.push(parse(next));
  }
  const once = median(parses);
  const ratio = (part: number): string => `${percentile(times, part).toFixed(0)} ms, ${(percentile(times, part) / once).toFixed(1)} times a parse`;
  console.log(`parsing ${text(0).split('\n').length} lines once: ${once.toFixed(0)} ms (median of ${EDITS})`);
  console.log(`edit to findings: median ${ratio(0.5)}; p95 ${ratio(0.95)}; ${(engine.lowerings - before) / EDITS} files lowered for each edit, and ${median(functions)} of ${LINES / 10 + 1} functions in the median, ${percentile(functions, 0.95)} at p95`);
}

/** A parser that says how many milliseconds a text takes from its beginning. */
async function parserOf(): Promise<(text: string) => number> {
  const { default: runtime } = (await import('@vscode/tree-sitter-wasm')) as unknown as { default: typeof import('@vscode/tree-sitter-wasm') };
  await runtime.Parser.init({ locateFile: () => join(WASM, 'tree-sitter.wasm') });
  const parser = new runtime.Parser();
  parser.setLanguage(await runtime.Language.load(join(WASM, 'tree-sitter-typescript.wasm')));
  return (text) => {
    const start = performance.now();
    parser.parse(text)?.delete();
    return performance.now() - start;
  };
}
