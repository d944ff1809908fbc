import type { Simulator } from '../../server/src/simulator/main.ts';
import type { LimitsSnapshot } from './limits/snapshot.ts';
import type { ServerState } from './serverState.ts';

/**
 * What `activate` returns: a view on what the extension shows, for tests and for other extensions. Reading it changes nothing.
 * It never holds a token of a real org.
 */
export interface ApiGuardApi {
  limits: {
    /** The "Org Limits" tree as it is drawn now. */
    snapshot(): LimitsSnapshot;
    /** Resolves with the tree once no reading of limits is under way. */
    settled(): Promise<LimitsSnapshot>;
  };
  server: {
    state(): ServerState;
    /** Process id of the running language server, if one runs. */
    pid(): number | undefined;
  };
  /** The demo org while it runs: a simulated org on this machine, whose token opens nothing else. `control` injects faults. */
  demoOrg(): Pick<Simulator, 'instanceUrl' | 'accessToken' | 'control'> | undefined;
}
