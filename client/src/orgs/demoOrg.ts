import * as vscode from 'vscode';
import { LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import type { Simulator } from '../../../server/src/simulator/main.ts';
import type { OrgSource } from './orgSource.ts';

/** The demo org: a simulated Salesforce org on this machine's loopback address. It starts at its first reading. */
export class DemoOrg implements OrgSource, vscode.Disposable {
  readonly id = 'demo';
  readonly kind = 'demo';
  readonly name = vscode.l10n.t('Demo org');
  /** It begins anew each time, and so does its history. */
  readonly key = undefined;
  #starting: Promise<Simulator> | undefined;
  #running: Simulator | undefined;

  /** The simulated org while it runs. */
  get running(): Simulator | undefined {
    return this.#running;
  }

  async read(signal: AbortSignal): Promise<OrgLimits> {
    const { instanceUrl, accessToken } = await this.#start();
    const { readLimits } = await import('../../../server/src/limits/jsforceOrg.ts');
    return readLimits({ instanceUrl, accessToken, signal });
  }

  /** Ends the simulated org; what was written into it is gone. */
  async stop(): Promise<void> {
    const starting = this.#starting;
    this.#starting = undefined;
    this.#running = undefined;
    await (await starting?.catch(() => undefined))?.close();
  }

  dispose(): void {
    void this.stop();
  }

  #start(): Promise<Simulator> {
    this.#starting ??= this.#launch();
    return this.#starting;
  }

  async #launch(): Promise<Simulator> {
    try {
      // The simulator is a bundle of its own that only this line loads.
      const { startSimulator } = await import('../../../server/src/simulator/main.ts');
      const simulator = await startSimulator();
      this.#running = simulator;
      return simulator;
    } catch (error) {
      this.#starting = undefined;
      throw new LimitsProblem('unknown', `The demo org did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
