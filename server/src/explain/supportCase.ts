import { Collected } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { redact } from './redact.ts';

/** What stands where the text says nothing. */
const ASK = '_(fill in)_';
/** Text taken into the case, in UTF-16 code units: support reads the first screens. */
const LONGEST = 20_000;

/** What is known without the text: of the org that is connected, and the time. */
export interface Surroundings {
  /** Time now and zone, as the case should say it, for example `2026-11-21 04:29 UTC`. */
  now: string;
}

/**
 * What Salesforce Support asks for first, as a Markdown document, taken from a pasted error or log. Secrets are taken out; what the text does not say is
 * left to fill in, with where to find it.
 */
export function supportCase(text: string, { now }: Surroundings): string {
  const collected = new Collected();
  collected.add(text);
  const errors = collected.explanations();
  const main = [...errors].sort((a, b) => b.count - a.count)[0];
  const clean = redact(text);
  const requests = requestsIn(clean);
  const rows: [string, string, string][] = [
    ['Organization id', first(text, /\b00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?\b/) ?? ASK, 'Setup, Company Information; begins with 00D'],
    ['Username of the integration', first(clean, /(?:user(?:name)?["']?\s*[:=]\s*["']?)([^\s"',;&<>]+@[^\s"',;&<>]+)/i, 1) ?? ASK, 'the login that the integration uses'],
    ['API', apiOf(clean, main) ?? ASK, 'REST, SOAP, Bulk, Bulk 2.0, Metadata, Connect, Marketing Cloud'],
    ['API version', first(clean, /\/services\/(?:data\/v|Soap\/[ucm]\/|async\/)(\d{2,3}\.\d)/i, 1) ?? ASK, 'the number in the address'],
    ['Request', requests[0] ?? ASK, 'method and address'],
    ['Error', main ? errorLine(main) : ASK, 'code and message as they came'],
    ['First seen', main?.firstSeen ?? ASK, 'with the time zone; logs without one are often in UTC'],
    ['Last seen', main?.lastSeen ?? main?.firstSeen ?? ASK, ''],
    ['Frequency', main ? frequency(main, requests.length) : ASK, 'for example 8 of 10 requests in 3 minutes'],
    ['Client tool and version', clientOf(clean) ?? ASK, 'library, data loader or middleware, with its version'],
    ['Works from elsewhere', ASK, 'the same request with another user, tool or network'],
    ['Since when, and what changed', ASK, 'a release, a deployment, a new volume of data'],
    ['Effect on the business', ASK, 'who cannot do what; support decides on the priority by it'],
  ];
  const parts = [
    `# Support case: ${main ? errorName(main) : 'Salesforce API error'}`,
    `Prepared ${now}. Tokens, passwords and keys were taken out; read it once more before you send it.`,
    ['| | | where to find it |', '|---|---|---|', ...rows.map(([name, value, where]) => `| ${name} | ${cell(value)} | ${cell(where)} |`)].join('\n'),
  ];
  if (errors.length > 1) parts.push(`## All errors in the text\n\n${errors.map((error) => `- ${cell(errorLine(error))}${error.count > 1 ? `, ${error.count} times` : ''}`).join('\n')}`);
  parts.push(`## Request and response\n\n${fenced(clean.length > LONGEST ? `${clean.slice(0, LONGEST)}\n... (${clean.length - LONGEST} more characters left out)` : clean)}`);
  parts.push('## Steps to reproduce\n\n1. _(fill in)_\n');
  return `${parts.join('\n\n')}\n`;
}

function first(text: string, pattern: RegExp, group = 0): string | undefined {
  return pattern.exec(text)?.[group];
}

/** Requests that the text names: method and address. */
function requestsIn(text: string): string[] {
  return [...text.matchAll(/\b(GET|POST|PUT|PATCH|DELETE|HEAD)\b["']?[ ,:]{1,3}["']?((?:https?:\/\/|\/services\/)[^\s"'<>)]{4,500})/g)].map((match) => `${match[1]} ${match[2]}`);
}

function apiOf(text: string, main: Explanation | undefined): string | undefined {
  if (/\/services\/Soap\/[uc]\/|soap(?:env)?:Envelope|faultcode/i.test(text)) return 'SOAP API';
  if (/\/services\/Soap\/m\//i.test(text)) return 'Metadata API';
  if (/\/services\/async\//i.test(text)) return 'Bulk API';
  if (/\/jobs\/(?:ingest|query)\b/i.test(text)) return 'Bulk API 2.0';
  if (/\/services\/oauth2\//i.test(text)) return 'OAuth';
  if (/\/services\/apexrest\//i.test(text)) return 'Apex REST';
  if (/marketingcloudapis\.com/i.test(text)) return 'Marketing Cloud';
  if (/\/services\/data\//i.test(text)) return 'REST API';
  const family = main?.meanings[0]?.entry.family;
  return family === 'rest' ? 'REST API' : family === 'oauth' ? 'OAuth' : family === 'soap' ? 'SOAP API' : undefined;
}

function clientOf(text: string): string | undefined {
  const agent = /user-agent["']?\s*[:=]\s*["']?([^"'\r\n]{3,120})/i.exec(text)?.[1]?.trim();
  if (agent) return agent;
  const named = /\b(jsforce|simple[-_]salesforce|restforce|nforce|salesforce-bulk|force-wsc|dataloader|mulesoft|boomi|informatica|workato|axios|python-requests|okhttp|curl|postman)\b(?:[/@ -]v?(\d+(?:\.\d+){1,3}))?/i.exec(text);
  return named ? [named[1], named[2]].filter(Boolean).join(' ') : undefined;
}

function errorName({ code, http, message }: Explanation): string {
  return code ?? (http === undefined ? (message ?? 'Salesforce API error').slice(0, 60) : `HTTP ${http}`);
}

function errorLine(error: Explanation): string {
  const message = error.message === undefined || error.message === error.code ? '' : `: ${redact(error.message).slice(0, 300)}`;
  return `${errorName(error)}${message}${error.code !== undefined && error.http !== undefined ? ` (HTTP ${error.http})` : ''}`;
}

function frequency({ count, firstSeen, lastSeen }: Explanation, requests: number): string {
  const of = requests >= count && count > 1 ? `${count} of ${requests} requests` : count === 1 ? 'once' : `${count} times`;
  const minutes = minutesBetween(firstSeen, lastSeen);
  return minutes === undefined ? `${of} in this text` : `${of} in ${minutes < 1 ? 'less than a minute' : `${Math.round(minutes)} minutes`}`;
}

function minutesBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const minutes = (Date.parse(to.replace(',', '.')) - Date.parse(from.replace(',', '.'))) / 60_000;
  return Number.isFinite(minutes) && minutes >= 0 ? minutes : undefined;
}

function cell(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
}

/** A code block that the text inside cannot end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.replace(/\s+$/, '')}\n${fence}`;
}
