// `npm run test:salesforce-cli`: the real Salesforce CLI against the simulated org. Apart from `npm test`, for it downloads 300 MB the first time.

import { spawn } from 'node:child_process';
import process from 'node:process';
import { Complaint, fail, root, say } from '../../scripts/setup.mjs';
import { installSalesforceCli } from './install.ts';
import { programVariable } from './program.ts';

try {
  const program = await installSalesforceCli();
  const mocha = ['node_modules/mocha/bin/mocha.js', '--forbid-only', '--forbid-pending', '--timeout', '120000', 'test/salesforce-cli/**/*.test.ts'];
  const child = spawn(process.execPath, mocha, { cwd: root, stdio: 'inherit', env: { ...process.env, [programVariable]: program } });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
} catch (error) {
  if (error instanceof Complaint) say(`${error.message}\nSkipped: without the Salesforce CLI there is nothing to test.`);
  else fail(error);
}
