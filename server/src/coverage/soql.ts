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
  /** Its filter names a value, or a list of them, that few records have; or a part of the filter is unknown. */
  selective: boolean;
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

/**
 * A comparison that few records pass: with a value that is only known when it runs, with an Id, with a name or another key, or with a list. Dates, flags and
 * states leave many.
 */
const SELECTIVE = /=\s*'?[^'\s]*\0|=\s*:|=\s*'[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?'|\b\w*(?:Name|Key|Code|Number|Email|Label|External\w*)(?:__c)?\s*=|\bIN\s*(?:\(|:|\0)|\bLIKE\b|^\s*\0|\b(?:AND|OR|NOT)\s*\(*\s*\0|\(\s*\0/i;

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
    selective: SELECTIVE.test(where),
    unfiltered: where.split(/\bAND\b/i).every((part) => /^\s*(?:\(*\s*(?:\w*Date\w*|SystemModstamp)\s*[<>].*)?$/i.test(part)),
    limited: /\b(?:LIMIT|OFFSET)\b/i.test(flat),
    open: !/^SELECT\b/i.test(flat) || /(?<![<>=]\s*)\0\s*$/.test(flat) || /\bFROM\s+\0\s*$/i.test(flat),
  };
}
