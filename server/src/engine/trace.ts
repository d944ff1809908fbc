import type { ClientModel } from '../../../catalog/schema/client.ts';
import { clientPackages, clients, clientsOf, generatedTypes, type Language, onceForEntries } from '../../../catalog/index.ts';

const URLS = /\/services\/(?:data|oauth2|Soap|async|apexrest)\b|["'`}]services\/(?:data|async|Soap\/\w)\/v?\d|["'`}]services\/(?:oauth2|apexrest)\/|\.(?:marketingcloudapis|exacttargetapis)\.com|\.exacttarget\.com|\.(?:my|lightning)\.(?:salesforce|force)\.com|\b(?:login|test)\.salesforce\.com|["'`}]\.salesforce\.com\b/i;
/** Names of what holds an org's address, where the address itself stands in another file or in none. */
const ADDRESS_NAMES = /\binstance_url\b|\bgetInstanceUrl\b|(?:salesforce|sfdc|marketing_?cloud|exact_?target|sfmc)[\w.-]{0,24}(?:url|uri|host|domain|endpoint)\b|\bX-SFDC-Session\b|@Config(?:urationProperties|Mapping)\([^)]{0,60}(?:salesforce|sfdc)/i;
const STRONG = /\.sobject\(\s*['"`]/;
/** What stands in every text that one of these three fits: most texts are told from it by one quick look. */
const ANY_OF_THEM = /services\/|marketing_?cloud|exact_?target|sfmc|force|sfdc|instance_?url|\.sobject/i;
/** See `byEvidence`: what has such a name is a connection in a package that has a client library. */
const NAMED = /\b(?:conn|connection|sfConn|sfdcConn|(?:sf|sfdc|salesforce|jsforce)Connection)\s*[!?]?\.\s*\w+\s*[.(<]/i;
/** Names of client libraries in quotes, sub-paths included, by language. */
const packages = onceForEntries(() => new Map<string, RegExp>());

function quoted(language: Language): RegExp {
  const known = packages().get(language);
  if (known) return known;
  const names = clientPackages(language).map((name) => name.replace(/[.*+?^$()[\]{}|\\/]/g, '\\$&'));
  const made = new RegExp(`['"\`](?:${names.join('|')})(?:/[^'"\`]*)?['"\`]`);
  packages().set(language, made);
  return made;
}

/** Whether a text has the name of a class that is generated from a description of an API. */
function namesGenerated(text: string, language: Language): boolean {
  const names = generatedTypes(language);
  if (names.size === 0) return false;
  for (const [word] of text.matchAll(/\b[A-Z]\w*/g)) if (names.has(word)) return true;
  return false;
}

/** Addresses of the schemes in which a language's clients name operations. */
const schemes = onceForEntries(() => new Map<string, RegExp | undefined>());

function endpoints(language: Language): RegExp | undefined {
  if (!schemes().has(language)) {
    const names = clients(language).flatMap((each) => each.endpoints?.scheme ?? []);
    schemes().set(language, names.length === 0 ? undefined : new RegExp(`['"\`](?:${names.join('|')}):\\w`));
  }
  return schemes().get(language);
}

/** Whether a text asks something that is called a connection, as one of a database may be called. */
export function namesConnection(text: string): boolean {
  return NAMED.test(text);
}

/** Uses of what a language's clients are called where nothing else tells what it is: `sf.Account.create(`, `sf.query(`. */
const uses = onceForEntries(() => new Map<string, RegExp | undefined>());

function usesOf(language: Language): RegExp | undefined {
  if (!uses().has(language)) {
    const written = clients(language).flatMap(({ called, types }) => {
      if (!called) return [];
      const { methods = {}, addresses = {} } = types[called.type] ?? {};
      const asked = ['[A-Z]\\w*\\.\\w+\\(', ...Object.keys(methods).map((name) => `${name}\\(`), ...Object.keys(addresses).map((name) => `${name}\\b`)];
      return [`(?:${called.names.join('|')})(?:_(?:${called.affixes?.join('|') ?? ''}))?\\.(?:${asked.join('|')})`];
    });
    uses().set(language, written.length === 0 ? undefined : new RegExp(`(?:^|[^A-Za-z0-9])(?:${written.join('|')})`));
  }
  return uses().get(language);
}

/** Names of the files in which Salesforce describes its services, and of what only these have. */
const WSDL = /\b(?:partner|enterprise|metadata|tooling)[\w.-]*\.(?:wsdl|xml)\b|\b(?:describeSObjects?|describeGlobal|convertLead|executeAnonymous|listMetadata|checkDeployStatus)\b|["'`/]cometd\/[\d"'`]/;

/** Whether a library calls anybody's services, and Salesforce's only where it is given what describes these. */
function isForAny(client: ClientModel): boolean {
  return Object.values(client.types).some((type) => type.exportedFor);
}

/** Whether a module is a client library; where that is one for anybody's services, the text must speak of Salesforce's besides. */
function isLibrary(text: string, module: string, language: Language): boolean {
  return clientsOf(module, language).some((client) => !isForAny(client) || ANY_OF_THEM.test(text) || WSDL.test(text));
}

/** Whether a module's name says that it is built on a client library. */
function isBuiltOn(module: string, language: Language): boolean {
  return clients(language).some(({ called }) => called?.modules.some((word) => module.includes(word)));
}

/**
 * Whether a text has a trace of Salesforce: a client library among the modules that it may import or in quotes, one of its URLs, or a shape that nothing else
 * has. `language`: as the catalogue names it.
 */
export function hasTrace(text: string, modules: readonly string[], language: string): boolean {
  const own = language as Language;
  return quoted(own).test(text) || namesGenerated(text, own) || endpoints(own)?.test(text) === true || modules.some((name) => isLibrary(text, name, own) || isBuiltOn(name, own)) || usesOf(own)?.test(text) === true || (ANY_OF_THEM.test(text) && (URLS.test(text) || ADDRESS_NAMES.test(text) || STRONG.test(text)));
}
