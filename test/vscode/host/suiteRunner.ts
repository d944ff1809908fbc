// Runs inside the extension host of a real VS Code: Mocha, with its results written to a file that the process outside follows.

import { appendFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import process from 'node:process';
import type MochaClass from 'mocha';
import type { SuiteEvent } from './suiteEvents.ts';
import { mochaVariable, resultsVariable } from './suiteEvents.ts';

/**
 * Runs the tests that `load` defines.
 * @throws Error when a test fails, which is how an editor learns that its test run failed
 */
export async function runSuite(load: () => Promise<unknown>): Promise<void> {
  const results = required(resultsVariable);
  const tell = (event: SuiteEvent): void => appendFileSync(results, `${JSON.stringify(event)}\n`);
  try {
    const { default: Mocha } = (await import(pathToFileURL(required(mochaVariable)).href)) as { default: typeof MochaClass };
    // An editor answers within seconds, but a busy machine with two cores may let it wait.
    const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, forbidOnly: true, forbidPending: true, reporter: Mocha.reporters.Base });
    mocha.suite.emit('pre-require', globalThis, '', mocha);
    await load();
    const failures = await new Promise<number>((resolve) => {
      const runner = mocha.run(resolve);
      runner.on('test', (test) => tell({ event: 'start', title: test.fullTitle() }));
      runner.on('pass', (test) => tell({ event: 'pass', title: test.fullTitle(), duration: test.duration ?? 0 }));
      runner.on('fail', (test, error: Error) => tell({ event: 'fail', title: test.fullTitle(), reason: error.stack ?? String(error) }));
    });
    tell({ event: 'end' });
    if (failures > 0) throw new Error(`${failures} failed`);
  } catch (error) {
    tell({ event: 'end', crash: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    throw error;
  }
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set.`);
  return value;
}
