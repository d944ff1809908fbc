/** Domains under which Salesforce serves an org's API: commercial, government, China, and the two older ones. */
const SALESFORCE_DOMAINS = ['salesforce.com', 'salesforce.mil', 'sfcrmproducts.cn', 'cloudforce.com', 'database.com'];

/** Domains of Marketing Cloud Engagement's API and of its web pages. */
const MARKETING_CLOUD = /(?:^|\.)(?:marketingcloudapis|marketingcloudapps|exacttarget|exacttargetapis)\.com$/;

/** Why a text is not the address of an org whose limits can be read. `marketing-cloud`: an address of Salesforce, but nothing there tells limits. */
export type InstanceUrlFault = 'not-a-url' | 'not-https' | 'login-host' | 'marketing-cloud' | 'not-salesforce' | 'has-credentials';

/**
 * Makes the origin of an org's API out of what a person typed or pasted: an address from the browser's bar will do. A Lightning or setup
 * address becomes the My Domain address behind it.
 * @param allowLoopback also takes `http://127.0.0.1:port` and `localhost`; for tests only.
 */
export function instanceUrlFrom(text: string, allowLoopback = false): { url: string } | { fault: InstanceUrlFault } {
  const typed = text.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (typed === '' || /\s/.test(typed) || !URL.canParse(address)) return { fault: 'not-a-url' };
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return { fault: 'has-credentials' };
  if (allowLoopback && (url.hostname === '127.0.0.1' || url.hostname === 'localhost')) return { url: url.origin };
  if (url.protocol !== 'https:') return { fault: 'not-https' };
  const host = url.hostname
    .replace(/\.lightning\.force\.com$/, '.my.salesforce.com')
    .replace(/\.(lightning|my)\.salesforce-setup\.com$/, '.my.salesforce.com')
    .replace(/\.lightning\.force\.mil$/, '.my.salesforce.mil');
  if (MARKETING_CLOUD.test(host)) return { fault: 'marketing-cloud' };
  if (url.port !== '' || !SALESFORCE_DOMAINS.some((domain) => host.endsWith(`.${domain}`))) return { fault: 'not-salesforce' };
  // Login hosts hand out tokens and serve no org.
  if (/^(login|test|www|help|developer|trailhead)\.salesforce\.com$/.test(host)) return { fault: 'login-host' };
  return { url: `https://${host}` };
}

/** Whether a text can be an access token: a session id or a JSON web token. What newer CLIs print in its place is neither. */
export function looksLikeToken(text: string): boolean {
  return /^00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?![\w.+/=-]{20,}$/.test(text) || /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(text);
}

/**
 * Whether an address is that of a production org, whose limits real business depends on. Sandboxes, scratch, developer, demo and trial orgs have a word of their own before `my`, or, on
 * older domains, two dashes or `-dev-ed` in their name (Salesforce Help, My Domain URL Formats).
 */
export function isProduction(instanceUrl: string): boolean {
  if (!URL.canParse(instanceUrl)) return false;
  const name = /^([a-z0-9-]+)\.my\.salesforce\.(?:com|mil)$/.exec(new URL(instanceUrl).hostname)?.[1];
  return name !== undefined && !name.includes('--') && !name.endsWith('-dev-ed');
}
