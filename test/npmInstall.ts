import { spawn } from 'node:child_process';
import { Complaint, npm, npmEnvironment } from '../scripts/setup.mjs';

/**
 * Runs npm in a folder, for what a test needs and the project does not.
 * @param what names the thing in the complaint
 * @throws Complaint when the registry cannot be reached or npm fails
 */
export async function runNpm(what: string, cwd: string, npmArguments: readonly string[]): Promise<void> {
  const { command, args, shell } = npm();
  const child = spawn(command, [...args, ...npmArguments], { cwd, shell, env: npmEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Complaint(`npm could not install ${what}:\n${output}\nIt needs the npm registry once; connect and try again.`);
}
