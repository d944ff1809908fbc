import spawn from 'cross-spawn';
import type { ChildProcess } from 'node:child_process';
import { kindOfFailure, LimitsProblem } from './limitsProblem.ts';
import type { OrgLimits } from './orgLimits.ts';
import { API_VERSION } from './apiVersion.ts';
import { parseLimitInfo, withApiUsage } from './limitInfo.ts';
import { instanceUrlFrom } from './instanceUrl.ts';
import { parseCliLimits, parseLimitsBody } from './parseLimits.ts';

/** Longest run of the CLI, in milliseconds. A cold start alone takes several seconds. */
const TIME_LIMIT = 60_000;

/** More than this on standard output (bytes) is no list of limits. */
const MOST_OUTPUT = 4 * 1024 * 1024;

/** What a request that the CLI hands on costs: before it the CLI tries whether its session still holds. */
export const REQUESTS_OF_A_REQUEST = 2;

export interface CliCall {
  /** Absolute path of the CLI. */
  executable: string;
  /** Alias or username, checked by `findDefaultOrg`. */
  target: string;
  /** Folder whose default org is meant. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Longest run, in milliseconds; 60 seconds by default. */
  timeLimit?: number;
}

/**
 * Asks the Salesforce CLI for an org's limits. The CLI uses its own login; no token reaches us.
 * @throws LimitsProblem with what the CLI reports of itself.
 */
export async function readLimitsByCli(call: CliCall): Promise<OrgLimits> {
  const answer = jsonOf(await run(call, ['org', 'list', 'limits', '--target-org', call.target, '--json']));
  if (Array.isArray(answer.result)) return parseCliLimits(answer.result);
  throw problemIn(answer);
}

/**
 * Asks the org for its limits through the CLI, which hands on the whole answer: shares of connected apps too, which its own list leaves out. Older CLIs
 * lack the command, and it costs a second request, with which the CLI tries its session.
 * @throws LimitsProblem with what the CLI or the org says.
 */
export async function readWholeLimitsByCli(call: CliCall): Promise<OrgLimits> {
  const { headers, body } = await request(call, 'limits');
  return { ...withApiUsage(parseLimitsBody(body), parseLimitInfo(textOf(objectOf(headers)['sforce-limit-info']))), requests: REQUESTS_OF_A_REQUEST };
}

/**
 * Asks the CLI whether an org is a production org: no sandbox or scratch org, no trial, no Developer Edition. Costs the org two requests.
 * @throws LimitsProblem with what the CLI or the org says, or where the answer does not tell.
 */
export async function isProductionByCli(call: CliCall): Promise<boolean> {
  const { records } = objectOf((await request(call, 'query?q=SELECT+IsSandbox,OrganizationType,TrialExpirationDate+FROM+Organization')).body);
  const { IsSandbox: isSandbox, OrganizationType: edition, TrialExpirationDate: trialEnds } = objectOf(Array.isArray(records) ? records[0] : undefined);
  if (typeof isSandbox !== 'boolean' || typeof edition !== 'string') throw new LimitsProblem('garbage', 'The Salesforce CLI does not tell what kind of org it is.');
  return !isSandbox && typeof trialEnds !== 'string' && edition !== 'Developer Edition';
}

/**
 * Lets the Salesforce CLI open a page of an org in the browser. Its answer holds an address with which anybody could log in: nothing of it is kept.
 * @param page path without a leading slash
 * @throws LimitsProblem with what the CLI reports of itself.
 */
export async function openPageByCli(call: CliCall, page: string): Promise<void> {
  const answer = jsonOf(await run(call, ['org', 'open', '--target-org', call.target, '--path', page, '--json']));
  if (answer.status !== 0) throw problemIn(answer);
}

/**
 * Asks the CLI where an org is. Older CLIs print the org's token beside it: nothing else of the answer is looked at.
 * @throws LimitsProblem with what the CLI reports of itself, or where it names no org of Salesforce.
 */
export async function instanceUrlByCli(call: CliCall): Promise<string> {
  const answer = jsonOf(await run(call, ['org', 'display', '--target-org', call.target, '--json']));
  if (answer.status !== 0) throw problemIn(answer);
  const address = instanceUrlFrom(textOf(objectOf(answer.result).instanceUrl) ?? '');
  if ('fault' in address) throw new LimitsProblem('garbage', 'The Salesforce CLI does not tell where the org is.');
  return address.url;
}

/** The org's own answer to a GET that the CLI sends. @param path below `/services/data/vNN.N/` */
async function request(call: CliCall, path: string): Promise<{ headers: unknown; body: unknown }> {
  const answer = jsonOf(await run(call, ['api', 'request', 'rest', `/services/data/v${API_VERSION}/${path}`, '--target-org', call.target, '--json']));
  const { statusCode, headers, body } = objectOf(answer.result);
  if (statusCode !== 200) throw statusCode === undefined ? problemIn(answer) : refusal(statusCode, body);
  return { headers, body };
}

/** What the org says that has refused: a list of errors. */
function refusal(status: unknown, body: unknown): LimitsProblem {
  const { errorCode, message } = objectOf(Array.isArray(body) ? body[0] : undefined);
  const code = textOf(errorCode) ?? `ERROR_HTTP_${String(status)}`;
  const said = textOf(message);
  return new LimitsProblem(kindOfFailure({ code, ...(said === undefined ? {} : { message: said }) }), [code, said].filter((part) => part !== undefined).join(': '));
}

/** What an answer says that is no success. */
function problemIn(answer: Record<string, unknown>): LimitsProblem {
  const code = textOf(answer.code) ?? textOf(answer.name);
  const name = textOf(answer.name);
  const message = textOf(answer.message);
  if (name === undefined && message === undefined) {
    return new LimitsProblem('garbage', 'The Salesforce CLI answered with JSON that holds neither limits nor an error.');
  }
  const said = [name, message].filter((part) => part !== undefined).join(': ');
  return new LimitsProblem(kindOfFailure({ code: `${code ?? ''} ${name ?? ''}`, message }), `The Salesforce CLI says: ${said}`);
}

/** The environment of the CLI: ours, without our own token, without what would make its Node behave like the editor's, and without chatter. */
export function cliEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const clean: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (!/^(NODE_OPTIONS$|API_GUARD_|ELECTRON_|VSCODE_|FORCE_COLOR$)/i.test(name)) clean[name] = value;
  }
  return { ...clean, SF_AUTOUPDATE_DISABLE: 'true', NO_COLOR: '1' };
}

function run(call: CliCall, args: string[]): Promise<string> {
  const { signal } = call;
  const timeLimit = call.timeLimit ?? TIME_LIMIT;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    // A group of its own, so that the processes that the CLI starts end with it.
    const child = spawn(call.executable, args, {
      cwd: call.cwd,
      env: cliEnvironment(call.env),
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const giveUp = (reason: unknown): void => {
      killTree(child);
      end(() => reject(reason));
    };
    const onAbort = (): void => giveUp(signal?.reason);
    const timer = setTimeout(
      () => giveUp(new LimitsProblem('slow', `The Salesforce CLI did not answer within ${Math.round(timeLimit / 1000)} s.`)),
      timeLimit,
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) giveUp(new LimitsProblem('garbage', 'The Salesforce CLI printed far more than a list of limits.'));
      else chunks.push(chunk);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      end(() => reject(new LimitsProblem('no-cli', `The Salesforce CLI could not be started (${error.code ?? error.name}).`)));
    });
    // A failed command exits with 1 and still prints its JSON: the exit code says nothing that the output does not.
    child.on('close', () => end(() => resolve(Buffer.concat(chunks).toString('utf8'))));
  });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** The JSON document in the output; warnings that a plugin prints before it are passed over. */
function jsonOf(output: string): Record<string, unknown> {
  if (output.trim() === '') throw new LimitsProblem('garbage', 'The Salesforce CLI printed nothing.');
  try {
    const answer: unknown = JSON.parse(output.slice(output.indexOf('{')));
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  } catch {
    // Said below, in words that mean something to a person.
  }
  throw new LimitsProblem('garbage', 'The Salesforce CLI printed something that is not JSON.');
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
