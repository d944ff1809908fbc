// `npm run api-guard -- check PATH...` from a checkout: builds when that is needed, then runs the command line as a user would who had it installed.

import path from 'node:path';
import process from 'node:process';
import { ensureBuilt } from './build.mjs';
import { fail, root, runNode, setUp } from './setup.mjs';

try {
  await setUp();
  await ensureBuilt();
  // npm runs scripts in the package's folder and names the folder of the person in INIT_CWD; relative paths are theirs.
  process.exitCode = await runNode([path.join(root, 'dist', 'cli.cjs'), ...process.argv.slice(2)], { cwd: process.env.INIT_CWD });
} catch (error) {
  fail(error);
}
