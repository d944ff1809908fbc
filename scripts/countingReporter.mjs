// Mocha's usual report, and the numbers in a file for whoever sums up several runs.

import { writeFileSync } from 'node:fs';
import process from 'node:process';
import Mocha from 'mocha';

export default class CountingReporter extends Mocha.reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures } = this.stats;
      if (process.env.API_GUARD_COUNTS) writeFileSync(process.env.API_GUARD_COUNTS, JSON.stringify({ passed: passes, failed: failures }));
    });
  }
}
