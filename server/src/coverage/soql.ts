/**
 * How many records a filter leaves: `few` where it names a value that few records have, `unknown` where it names a list of those, whose length is not known, or where a part of it is not known,
 * `many` else.
 */
export type Narrowing = 'few' | 'unknown' | 'many';

/** What the text of a query proves about the number of its rows. Text parts that are not known stand as `\0`. */
export interface SoqlFacts {
  limit?: number;
  /** Aggregates, grouped or not, and objects of one row: one page. */
  singleRow: boolean;
  /** Filtered by one Id or one other key. */
  uniqueFilter: boolean;
  /** A part that may hold a clause is unknown. */
  open: boolean;
  /** The object it reads, as far as it is known. */
  object: string | undefined;
  /** How far its filter goes. */
  narrowing: Narrowing;
  /** It has no filter, or one by dates alone. */
  unfiltered: boolean;
  /** It names a limit or an offset, whatever they are. */
  limited: boolean;
}

/** Fields that tell records apart: an Id, a login, a name of metadata, or what is named as another system's key. */
const KEY = /^(?:Id|Username|FederationIdentifier|DeveloperName|QualifiedApiName|DurableId|\w*(?:External_?Id|Ext_?Id|Unique_?(?:Id|Key))\w*__c|\w*_(?:Id|UUID|GUID|Key)__c)$/i;

/** Objects of which each has a name of its own. */
const NAMED = /\bFROM\s+(?:ApexClass|ApexTrigger|ApexPage|ApexComponent|Profile|PermissionSet|PermissionSetGroup|UserRole|StaticResource|CustomPermission|ConnectedApplication|NamedCredential)\b/i;

/** A field compared with one text. */
const COMPARED = /(?:^|\(|\bAND )\s*(\w+)\s*=\s*(?:'|:|\0)/gi;

/** Whether at most one record has a value of this field, by its name. */
export function isKeyField(name: string): boolean {
  return KEY.test(name);
}

/** Fields by whose value records fall into a few heaps, of which one holds many: states, kinds, countries, and a parent that has members by the thousand. */
const HEAP = /^(?:RecordType\.\w+|\w*(?:Status|Stage|StageName|Type|TypeId|State|StateCode|Country|CountryCode|Industry|Rating|Priority|Origin|LeadSource|Category|Region|CurrencyIsoCode|Pricebook2?Id)(?:__c)?|(?:Is|Has)[A-Z_]\w*|\w*Active\w*|CampaignId)$/i;
/** Fields that name a parent, of which each may have many children. */
const PARENT = /^(?!Id$)\w*Id$/i;
/** Fields whose value few records share. */
const NAMES = /(?:^|[._a-z])(?:Name|Key|Code|Number|Email|Label|External\w*)(?:__c)?$/i;
const CONDITION = /^(?:NOT\s+)?([A-Za-z][\w.]*)\s*(!=|<>|<=|>=|<|>|=|NOT\s+IN\b|IN\b|LIKE\b|INCLUDES\b|EXCLUDES\b)\s*(.*)$/is;

/** How many records a comparison leaves: few with one Id, name or other key, or with a value that is only known when it runs. Dates, flags, kinds and states leave many. */
function narrowingOf(condition: string): Narrowing {
  const [, field, operator, value] = CONDITION.exec(condition.replace(/^[\s(]+|[\s)]+$/g, '')) ?? [];
  if (field === undefined || operator === undefined || value === undefined) return condition.trim() === '' ? 'many' : 'unknown';
  const names = NAMES.test(field) || isKeyField(field);
  if (/^(?:!=|<>|NOT\s+IN|EXCLUDES|INCLUDES)$/i.test(operator) || HEAP.test(field)) return 'many';
  if (/^[<>]/.test(operator)) return names ? 'few' : 'many';
  if (/^LIKE$/i.test(operator)) return 'unknown';
  // A list of parents brings the children of all of them.
  if (/^IN$/i.test(operator)) return value !== '' && (!PARENT.test(field) || isKeyField(field)) ? 'unknown' : 'many';
  if (names) return 'few';
  return /\0|^:/.test(value) || /^'[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?'$/.test(value) ? 'unknown' : 'many';
}

/** Reads the clauses of a query that bound its rows. Any text gives an answer. */
export function readSoql(text: string): SoqlFacts {
  // What stands in parentheses bounds a subquery, not the rows.
  let flat = text.replace(/\s+/g, ' ').trim();
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\(\s*SELECT\b[^()]*\)/gi, '');
  }
  const limit = /\bLIMIT\s+(\d+)\b(?!.*\bLIMIT\b)/i.exec(flat);
  const select = /^SELECT\s+(.*?)\s+FROM\b/i.exec(flat)?.[1] ?? '';
  const where = /\bWHERE\s+(.*?)(?:\s+(?:ORDER BY|GROUP BY|LIMIT|OFFSET|WITH|FOR)\b|$)/i.exec(flat)?.[1] ?? '';
  const aggregate = /\b(?:COUNT|SUM|AVG|MIN|MAX|COUNT_DISTINCT)\s*\(/i.test(select) || /\bGROUP BY\b/i.test(flat);
  return {
    ...(limit ? { limit: Number(limit[1]) } : {}),
    singleRow: aggregate || /\bFROM\s+Organization\b/i.test(flat),
    uniqueFilter: !/\bOR\b/i.test(where) && [...where.matchAll(COMPARED)].some(([, field]) => isKeyField(field!) || (field!.toLowerCase() === 'name' && NAMED.test(flat))),
    object: /\bFROM\s+([^\s,)]+)/i.exec(flat)?.[1],
    narrowing: fewest(where.split(/\b(?:AND|OR)\b/i).map(narrowingOf)),
    unfiltered: where.split(/\bAND\b/i).every((part) => /^\s*(?:\(*\s*(?:\w*Date\w*|SystemModstamp)\s*[<>].*)?$/i.test(part)),
    limited: /\b(?:LIMIT|OFFSET)\b/i.test(flat),
    open: !/^SELECT\b/i.test(flat) || /(?<!(?:[<>=]|\b(?:WHERE|AND|OR))\s*)\0\s*$/i.test(flat) || /\bFROM\s+\0\s*$/i.test(flat),
  };
}

/** The narrowest of several; `many` where there is none. */
export function fewest(narrowings: readonly Narrowing[]): Narrowing {
  return narrowings.includes('few') ? 'few' : narrowings.includes('unknown') ? 'unknown' : 'many';
}
