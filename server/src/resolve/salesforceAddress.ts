/** Which Salesforce API an address belongs to: `marketing-cloud`, the `platform` with its REST, SOAP and bulk interfaces, or `other` people's. */
export type AddressOwner = 'platform' | 'marketing-cloud' | 'other' | 'unknown';

/** A path of the platform's, also where what stands before it brings the slash: `host + "services/oauth2/token"`. */
const PATHS = /[/\u0002]services\/(?:data|oauth2|soap|async|apexrest)\b/i;
/** Resources that no other API has, below a host that is not known: `{base}/sobjects/Account`. */
const RESOURCES = /^(?:[a-z]+:\/\/)?\u0001[^\u0002]+\u0002(?:\/(?:[^?#]*\/)?)?(?:sobjects|composite\/(?:tree|sobjects|graph)|tooling\/(?:query|sobjects|executeAnonymous))(?=[/?\u0001]|$)/i;
const PLATFORM_HOST = /^[a-z]*:?\/\/(?:[^/]*[.@])?(?:(?:login|test)\.salesforce\.com|[^/]+\.my\.(?:salesforce|site)\.com|[^/]+\.(?:lightning|develop|sandbox|scratch)\.(?:force|salesforce)\.com|[^/.]+\.(?:salesforce|cloudforce|force)\.com|[^/]+\.database\.com)(?::\d+)?(?=[/?\u0001]|$)/i;
/** Salesforce's own pages, which answer with documents and not with codes. */
const PAGES = /^[a-z]*:?\/\/(?:www|developer|help|trailhead|status|api\.status|trust|appexchange|blog|c1)\.(?:salesforce|force)\.com/i;
const MARKETING_HOST = /\.(?:marketingcloudapis|exacttargetapis|marketingcloudqaapis)\.com|(?:webservice|api)(?:\.\w+)?\.exacttarget\.com/i;
const PLATFORM_NAME = /instance_?(?:url|host(?:name)?)|salesforce|sfdc|(?:^|[^a-z])sf_?(?:url|host|domain|instance|login|api|base|org|endpoint|token|auth|oauth)|my_?domain/i;
const MARKETING_NAME = /marketing_?cloud|exact_?target|(?:^|[^a-z])sfmc|(?:^|[^a-z])mc_?(?:rest|soap|auth|base|url|subdomain|domain)/i;
const LOCAL = /^[a-z]*:?\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\])/i;
/** A whole address in one name says where it goes only by naming Salesforce itself. */
const WHOLE_NAME = /salesforce|sfdc|instance_?url|(?:^|[^a-z])sf_?(?:url|host|domain|instance|login|api|base|org|endpoint|token|auth|oauth)|marketing_?cloud|exact_?target|sfmc/i;

/**
 * Whose an address is. Holes of the text are named after what stands there (see `textsOf`), and a name such as `instanceUrl` at the place of the host
 * tells. An address within one's own site, `/api/salesforce/query`, is one's own.
 */
export function ownerOfAddress(text: string): AddressOwner {
  const host = hostOf(text);
  if (LOCAL.test(text) || PAGES.test(text)) return 'other';
  if (MARKETING_HOST.test(text)) return 'marketing-cloud';
  if (PATHS.test(text) || RESOURCES.test(text)) return 'platform';
  if (PLATFORM_HOST.test(text)) return 'platform';
  if (host === undefined) return 'unknown';
  if (/\u0001/.test(host)) {
    const names = host.replace(/[\u0001\u0002]/g, ' ');
    const whole = !/[/?]/.test(text.replace(/^[a-z]+:\/\//i, ''));
    if (MARKETING_NAME.test(names)) return 'marketing-cloud';
    if (whole ? WHOLE_NAME.test(names) : PLATFORM_NAME.test(names)) return 'platform';
    return 'unknown';
  }
  return /\./.test(host) ? 'other' : 'unknown';
}

/** Whether an address names the API itself by its path or its host, and not only by what its holes are called. */
export function namesApi(text: string): boolean {
  return PATHS.test(text) || RESOURCES.test(text) || MARKETING_HOST.test(text);
}

/** The part of an address before its path, holes included; undefined for an address within one's own site. */
function hostOf(text: string): string | undefined {
  const absolute = /^[a-z]+:\/\/([^/?#]*)/i.exec(text);
  if (absolute) return absolute[1];
  return text.startsWith('\u0001') ? (/^[^/?#]*/.exec(text)?.[0] ?? '') : undefined;
}
