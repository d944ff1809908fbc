import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test, with a stand-in for the Salesforce CLI: a script that does what the test says. */
export class FakeCli {
  readonly folder: string;
  private readonly name: string;

  private constructor(folder: string, name: string) {
    this.folder = folder;
    this.name = name;
  }

  /** @param name of the program: the Salesforce CLI's, or another's */
  static async create(name = 'sf'): Promise<FakeCli> {
    return new FakeCli(await mkdtemp(join(tmpdir(), `fake-${name}-`)), name);
  }

  get executable(): string {
    return join(this.folder, process.platform === 'win32' ? `${this.name}.cmd` : this.name);
  }

  /** @param code CommonJS source; `argv` holds the arguments after the program's name */
  async program(code: string): Promise<string> {
    const script = join(this.folder, 'sf.cjs');
    await writeFile(script, `const argv = process.argv.slice(2);\n${code}\n`);
    await writeFile(this.executable, process.platform === 'win32'
      ? `@"${process.execPath}" "${script}" %*\r\n`
      : `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
    await chmod(this.executable, 0o755);
    return this.executable;
  }

  /** A program that prints a JSON document and exits as the CLI does. */
  async answering(document: unknown, exitCode = 0): Promise<string> {
    return this.program(`process.stdout.write(${JSON.stringify(JSON.stringify(document))}); process.exitCode = ${exitCode};`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
