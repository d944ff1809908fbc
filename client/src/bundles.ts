import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Limits from '../../server/src/limits/jsforceOrg.ts';
import type * as Simulator from '../../server/src/simulator/simulator.ts';

/**
 * The bundles that are too big to load before somebody asks for what they do: jsforce for the limits of an org that is reached
 * directly, and the simulator behind the demo org. Each is loaded at its first use and kept by Node.
 */
export class Bundles {
  readonly #require: NodeJS.Require;

  /** @param extensionPath folder of the extension, with `dist` in it */
  constructor(extensionPath: string) {
    this.#require = createRequire(join(extensionPath, 'dist', 'client.cjs'));
  }

  limits(): typeof Limits {
    return this.#require('./limits.cjs') as typeof Limits;
  }

  simulator(): typeof Simulator {
    return this.#require('./simulator.cjs') as typeof Simulator;
  }
}
