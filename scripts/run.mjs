// `node scripts/run.mjs FILE ARGS...`: runs a script under the project's Node, after set-up.

import process from 'node:process';
import { fail, onProjectNode, root, runNode } from './setup.mjs';

await onProjectNode(import.meta.url);
process.exitCode = await runNode(process.argv.slice(2), { cwd: root }).catch(fail);
