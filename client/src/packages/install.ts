import spawn from 'cross-spawn';

/** What is kept of what a package manager prints, in characters from its end. */
const KEPT = 4_000;

/**
 * Runs a package manager and waits for its end.
 * @param executable absolute path
 * @returns whether it did its work, and the end of what it printed
 */
export function install(executable: string, args: string[], cwd: string, signal: AbortSignal): Promise<{ done: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(executable, args, { cwd, signal, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-KEPT)));
    child.on('error', (error) => resolve({ done: false, output: `${output}${error.message}` }));
    child.on('close', (code) => resolve({ done: code === 0, output }));
  });
}
