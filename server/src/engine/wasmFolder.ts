import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder of the tree-sitter runtime and grammars: `wasm` beside the running bundle, or the development package when run from source.
 * Absolute, for a worker or a changed working folder must find it too. `entry` is the path of the script that was started, links allowed.
 */
export function wasmFolder(entry: string): string {
  const home = path.dirname(realpathSync(entry));
  const packaged = path.join(home, 'wasm');
  return existsSync(packaged) ? packaged : path.resolve(home, '..', '..', 'node_modules', '@vscode', 'tree-sitter-wasm', 'wasm');
}
