import { clientPackages } from '../../../catalog/index.ts';

const URLS = /\/services\/(?:data|oauth2|Soap|async|apexrest)\b|\.marketingcloudapis\.com|\.(?:my|lightning)\.(?:salesforce|force)\.com|\b(?:login|test)\.salesforce\.com/i;
const STRONG = /\.sobject\(\s*['"`]/;
let packages: RegExp | undefined;

/** Whether a text has a trace of Salesforce: a client library's name in quotes, one of its URLs, or a shape that nothing else has. */
export function hasTrace(text: string): boolean {
  packages ??= new RegExp(`['"\`](?:${clientPackages().map((name) => name.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&')).join('|')})(?:/[^'"\`]*)?['"\`]`);
  return packages.test(text) || URLS.test(text) || STRONG.test(text);
}
