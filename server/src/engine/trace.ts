import { clientPackages, onceForEntries } from '../../../catalog/index.ts';

const URLS = /\/services\/(?:data|oauth2|Soap|async|apexrest)\b|\.marketingcloudapis\.com|\.(?:my|lightning)\.(?:salesforce|force)\.com|\b(?:login|test)\.salesforce\.com/i;
const STRONG = /\.sobject\(\s*['"`]/;
/** Names of client libraries in quotes, sub-paths included. */
const packages = onceForEntries(
  () => new RegExp(`['"\`](?:${clientPackages().map((name) => name.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&')).join('|')})(?:/[^'"\`]*)?['"\`]`),
);

/** Whether a text has a trace of Salesforce: a client library's name in quotes, one of its URLs, or a shape that nothing else has. */
export function hasTrace(text: string): boolean {
  return packages().test(text) || URLS.test(text) || STRONG.test(text);
}
