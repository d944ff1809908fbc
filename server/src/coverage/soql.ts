/** What the text of a query proves about the number of its rows. Text parts that are not known stand as `\0`. */
export interface SoqlFacts {
  limit?: number;
  /** Aggregates, grouped or not, and objects of one row: one page. */
  singleRow: boolean;
  /** Filtered by one Id or one other key. */
  uniqueFilter: boolean;
  /** A part that may hold a clause is unknown. */
  open: boolean;
}

/** One value of a field that tells records apart: an Id, a login, or what is named as another system's key. */
const UNIQUE = /(?:^|\(|\bAND )\s*(?:Id|Username|FederationIdentifier|\w*(?:External_?Id|Ext_?Id|Unique_?(?:Id|Key))\w*__c)\s*=\s*(?:'|:|\0)/i;

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
    uniqueFilter: UNIQUE.test(where) && !/\bOR\b/i.test(where),
    open: !/^SELECT\b/i.test(flat) || /\0\s*$/.test(flat) || /\bFROM\s+\0\s*$/i.test(flat),
  };
}
