import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { nameOfCliOrg, readCliOrg } from '../limits/cliOrgReading.ts';
import { instanceUrlFrom, looksLikeToken } from '../limits/instanceUrl.ts';
import { limitsReport, limitsText } from '../limits/limitsReport.ts';
import { asLimitsProblem } from '../limits/limitsProblem.ts';
import type { OrgLimits } from '../limits/orgLimits.ts';
import { adviceOn } from './limitsAdvice.ts';
import { complain, print } from './output.ts';

/** The one place where the command line takes a token from: an argument would show it to every process of the machine. */
const TOKEN_VARIABLE = 'API_GUARD_ACCESS_TOKEN';

/** What the arguments ask for. */
interface Request {
  org: string | undefined;
  instanceUrl: string | undefined;
  json: boolean;
  failOver: number | undefined;
}

/** `api-guard limits`. @returns the exit code. */
export async function runLimits(args: readonly string[]): Promise<number> {
  const request = requestFrom(args);
  if (typeof request === 'string') return complain(request);
  let name = request.org ?? 'the default org';
  let limits: OrgLimits;
  // The Salesforce CLI runs in a process group of its own: without this an interrupted run would leave it behind.
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interrupted.abort(new Error(`stopped by ${signal}`)));
  try {
    if (request.instanceUrl === undefined) {
      limits = await readCliOrg({
        target: request.org,
        place: { folder: process.cwd(), home: process.env.HOME || homedir(), env: process.env },
        found: (org) => {
          name = nameOfCliOrg(org);
        },
        signal: interrupted.signal,
      });
    } else {
      const way = wayTo(request.instanceUrl);
      if (typeof way === 'string') return complain(way, false);
      name = new URL(way.instanceUrl).host;
      // The client library is big and has a bundle of its own.
      const { readLimits } = await import('../limits/jsforceOrg.ts');
      limits = await readLimits({ ...way, signal: interrupted.signal });
    }
  } catch (error) {
    const { kind, message } = asLimitsProblem(error);
    return complain(`the limits of ${name} could not be read: ${message}\n${adviceOn(kind, request.instanceUrl !== undefined)}`, false);
  }
  const report = limitsReport(name, new Date(), limits, request.failOver);
  const code = report.failOver && report.failOver.reached.length > 0 ? 1 : 0;
  return print(request.json ? `${JSON.stringify(report, undefined, 2)}\n` : limitsText(report), code);
}

/** @returns a complaint where the arguments make no sense. */
function requestFrom(args: readonly string[]): Request | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { org: { type: 'string' }, 'instance-url': { type: 'string' }, format: { type: 'string', default: 'text' }, 'fail-over': { type: 'string' } },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { org, 'instance-url': instanceUrl, format, 'fail-over': threshold } = values;
  if (format !== 'text' && format !== 'json') return `There is no format "${format}"; use text or json.`;
  if (org !== undefined && instanceUrl !== undefined) return 'Name an org of the Salesforce CLI or an instance URL, not both.';
  const failOver = threshold === undefined ? undefined : percentFrom(threshold);
  if (threshold !== undefined && failOver === undefined) return `--fail-over takes a percentage from 1 to 100, not "${threshold}".`;
  return { org, instanceUrl, json: format === 'json', failOver };
}

function percentFrom(text: string): number | undefined {
  const percent = /^\d{1,3}(?:\.\d{1,6})?%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  return percent >= 1 && percent <= 100 ? percent : undefined;
}

/** Where the token goes to. @returns a complaint where address or token cannot be right; it never repeats the token. */
function wayTo(typed: string): { instanceUrl: string; accessToken: string } | string {
  // An org that a person simulates on this machine is theirs: nothing leaves it.
  const address = instanceUrlFrom(typed, true);
  if ('fault' in address && address.fault === 'marketing-cloud') return 'Marketing Cloud tells nobody how much of its limits is used. When it refuses a call with 429, the header Retry-After says how many seconds to wait.';
  if ('fault' in address) return `--instance-url is not the address of an org (${address.fault}). It looks like https://example.my.salesforce.com.`;
  const accessToken = process.env[TOKEN_VARIABLE]?.trim() ?? '';
  if (accessToken === '') return `--instance-url needs an access token in the environment variable ${TOKEN_VARIABLE}; it is never taken from an argument.`;
  if (!looksLikeToken(accessToken)) {
    return `What ${TOKEN_VARIABLE} holds is no access token: one starts with 00D and has an exclamation mark, or is a JSON web token. Newer Salesforce CLIs print "[REDACTED]" in its place; use --org then.`;
  }
  return { instanceUrl: address.url, accessToken };
}
