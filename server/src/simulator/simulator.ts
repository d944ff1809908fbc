import { createClock } from './clock.ts';
import type { SimulatorControl } from './control.ts';
import { controlAnswer, controlPath, createControl } from './control.ts';
import type { Fault } from './faults.ts';
import { Faults } from './faults.ts';
import { startHttpServer } from './httpServer.ts';
import type { StartRecords } from './org.ts';
import { Org } from './org.ts';
import type { LimitValue } from './orgLimits.ts';
import { serveRequest } from './orgServer.ts';
import { RequestLog } from './requestLog.ts';
import { randomSecret } from './sessions.ts';

/** How the Demo org starts; everything has a default. */
export interface SimulatorOptions {
  /** Port on 127.0.0.1; any free one without it. */
  port?: number;
  /** Token of the control API, for a test that starts the org through somebody else; random without it. */
  controlToken?: string;
  /** `demo` (default) fills in a small company's records, `empty` only the users. */
  data?: 'demo' | 'empty';
  /** Records to add at the start, by object. */
  records?: StartRecords;
  /** Limits that differ from the usual ones, by name. */
  limits?: Record<string, LimitValue>;
  /** Faults from the start. */
  faults?: Fault[];
  /** Source of the time in milliseconds since 1970; the computer's clock without it. */
  now?: () => number;
}

/** A running Demo org. */
export interface Simulator {
  /** `http://127.0.0.1:PORT`; serves as login URL too. */
  readonly instanceUrl: string;
  /** Token of a session that is open from the start. */
  readonly accessToken: string;
  readonly username: string;
  /** For the logins by SOAP and OAuth; random at each start. */
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly control: SimulatorControl;
  /** Ends every connection at once, frees the port and forgets everything. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Starts a made-up Salesforce org inside this process: an HTTP server on 127.0.0.1 that speaks REST as Salesforce does, over data that lives in
 * memory only. Its tokens are random at each start.
 * @throws Error when an option is not valid or the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const org = new Org(createClock(options.now), options.data ?? 'demo', options.records ?? {});
  const faults = new Faults();
  const log = new RequestLog();
  const token = options.controlToken ?? randomSecret();
  if (token.length < 16) throw new Error('The control token needs at least 16 characters.');
  // The address is known only once the server listens; the first request comes after that.
  const known: { instanceUrl: string; control?: SimulatorControl } = { instanceUrl: '' };
  const server = await startHttpServer(options.port ?? 0, (request) =>
    request.segments[0] === controlPath && known.control
      ? { answer: controlAnswer(known.control, request), manner: 'send', delayMs: 0 }
      : serveRequest(org, faults, log, request, known.instanceUrl));
  const instanceUrl = `http://127.0.0.1:${String(server.port)}`;
  const control = createControl(org, faults, log, { url: `${instanceUrl}/${controlPath}`, token });
  Object.assign(known, { instanceUrl, control });
  try {
    control.setLimits(options.limits ?? {});
    for (const fault of options.faults ?? []) control.addFault(fault);
  } catch (error) {
    await server.close();
    throw error;
  }
  let closed: Promise<void> | undefined;
  return {
    instanceUrl,
    accessToken: org.sessions.open(),
    ...org.sessions.credentials,
    control,
    close: () => (closed ??= server.close()),
  };
}
