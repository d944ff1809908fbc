import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a program and gives what it prints; undefined where it is not on this machine. Fails with what it complains of. */
export async function output(program: string, args: readonly string[], folder: string): Promise<string | undefined> {
  try {
    return (await run(program, args, { cwd: folder, timeout: 60_000 })).stdout;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw new Error(`${program} ${args.join(' ')}: ${(error as { stderr?: string }).stderr ?? String(error)}`);
  }
}
