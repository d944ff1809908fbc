import { createRequire } from 'node:module';
import jsforce from 'jsforce';
import type { Connection } from 'jsforce';
import { startSimulator } from '../../server/src/simulator/simulator.ts';
import type { Simulator, SimulatorOptions } from '../../server/src/simulator/simulator.ts';

/** What the tests use of jsforce 1, which has no types of its own; its promises are not native but can be awaited. */
export interface OldConnection {
  accessToken: string;
  instanceUrl: string;
  limitInfo: { apiUsage?: { used: number; limit: number } };
  login(username: string, password: string): PromiseLike<{ id: string; organizationId: string }>;
  logout(): PromiseLike<void>;
  identity(): PromiseLike<Record<string, unknown>>;
  limits(): PromiseLike<Record<string, { Max: number; Remaining: number }>>;
  query(soql: string, options?: object): PromiseLike<{ records: Record<string, unknown>[]; totalSize: number; done: boolean; nextRecordsUrl?: string }>;
  queryMore(locator: string): PromiseLike<{ records: Record<string, unknown>[]; done: boolean; nextRecordsUrl?: string }>;
  retrieve(type: string, ids: string | string[]): PromiseLike<Record<string, unknown> & Record<string, unknown>[]>;
  create(type: string, records: object): PromiseLike<SaveResultShape & SaveResultShape[]>;
  update(type: string, records: object): PromiseLike<SaveResultShape & SaveResultShape[]>;
  upsert(type: string, records: object, key: string): PromiseLike<SaveResultShape & SaveResultShape[]>;
  destroy(type: string, ids: string | string[]): PromiseLike<SaveResultShape & SaveResultShape[]>;
}

/** A save result as it is on the wire: `statusCode`, whatever the client's types say. */
export interface SaveResultShape {
  id: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

interface OldLibrary {
  Connection: new (options: object) => OldConnection;
}

const oldJsforce = createRequire(import.meta.url)('jsforce1') as OldLibrary;

/** A started org with a connection of each jsforce to it. */
export interface DemoOrg {
  sim: Simulator;
  /** jsforce 3 with the access token only. */
  conn: Connection;
  /** jsforce 1 with the access token only. */
  old: OldConnection;
}

/** Starts an org and connects both libraries with its access token. */
export async function startDemoOrg(options: SimulatorOptions = {}): Promise<DemoOrg> {
  const sim = await startSimulator(options);
  return { sim, conn: connect(sim), old: connectOld(sim) };
}

/** A jsforce 3 connection; by access token unless other options are given. */
export function connect(sim: Simulator, options: object = { instanceUrl: sim.instanceUrl, accessToken: sim.accessToken }): Connection {
  return new jsforce.Connection(options);
}

/** A jsforce 1 connection; by access token unless other options are given. */
export function connectOld(sim: Simulator, options: object = { instanceUrl: sim.instanceUrl, accessToken: sim.accessToken }): OldConnection {
  // Else it prints every network failure.
  return new oldJsforce.Connection({ ...options, logLevel: 'FATAL' });
}

/** What a client threw. Fails when it threw nothing. */
export async function failureOf(work: PromiseLike<unknown>): Promise<ClientError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error as ClientError;
    throw new Error(`Something that is no Error was thrown: ${String(error)}`);
  }
  throw new Error('The call was expected to fail and did not');
}

/** Members that the client libraries put on their errors, or do not. */
export interface ClientError extends Error {
  errorCode?: string;
  data?: unknown;
  content?: unknown;
  fields?: unknown;
  code?: string;
  status?: unknown;
  statusCode?: unknown;
  response?: unknown;
  cause?: { code?: string };
}
