import { failure } from './apiFailure.ts';
import type { ApiFailure } from './apiFailure.ts';

/** A literal of a WHERE clause. Date literals such as TODAY are kept by name. */
export type SoqlLiteral = { kind: 'value'; value: string | number | boolean | null } | { kind: 'date'; text: string };

/** A WHERE clause. */
export type SoqlCondition =
  | { kind: 'and' | 'or'; parts: SoqlCondition[] }
  | { kind: 'not'; part: SoqlCondition }
  | { kind: 'compare'; field: string; operator: string; values: SoqlLiteral[] };

/** A parsed query. */
export interface SoqlQuery {
  /** Field paths as written; empty for COUNT(). */
  fields: string[];
  /** SELECT COUNT(): a number and no rows. */
  count: boolean;
  object: string;
  where?: SoqlCondition;
  orderBy: { field: string; descending: boolean; nullsLast: boolean }[];
  limit?: number;
  offset: number;
}

type Token = { kind: 'word' | 'text' | 'number' | 'date' | 'sign' | 'end'; text: string; at: number };

const tokenPattern = new RegExp([
  /(?<date>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?)/,
  /(?<number>[+-]?\d+(?:\.\d+)?)/,
  /(?<word>[A-Za-z_][\w.]*(?::\d+)?)/,
  /'(?<text>(?:[^'\\]|\\[\s\S])*)'/,
  /(?<sign><=|>=|!=|<>|[=<>(),])/,
].map((part) => `\\s*${part.source}`).join('|'), 'y');

/** Nesting of parentheses and NOT that is accepted: a query of 100,000 brackets must not end the process. */
const maxDepth = 50;

/** A refusal of the query's text, with its code. */
function malformed(message: string): ApiFailure {
  return failure(400, 'MALFORMED_QUERY', message);
}

function tokenize(soql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < soql.length) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(soql);
    if (!match?.groups) {
      const rest = soql.slice(at).trim();
      if (rest === '') break;
      throw malformed(rest.startsWith("'") ? 'unexpected end of string literal' : `line 1:${String(at)} no viable alternative at character '${rest.charAt(0)}'`);
    }
    for (const kind of ['date', 'number', 'word', 'text', 'sign'] as const) {
      const text = match.groups[kind];
      if (text !== undefined) tokens.push({ kind, text, at });
    }
    at = tokenPattern.lastIndex;
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: soql.length });
  return tokens;
}

/**
 * Parses the SOQL that the Demo org knows: SELECT fields or COUNT() FROM one object, WHERE with comparisons, LIKE, IN, AND, OR and NOT,
 * ORDER BY, LIMIT and OFFSET. Sub-queries, aggregates and grouping are refused.
 * @throws ApiFailure MALFORMED_QUERY (400).
 */
export function parseSoql(soql: string): SoqlQuery {
  return new SoqlParser(tokenize(soql)).query();
}

class SoqlParser {
  private readonly tokens: Token[];
  private index = 0;
  private depth = 0;

  constructor(tokens: Token[]) {
    this.tokens = tokens;
  }

  query(): SoqlQuery {
    this.expectWord('SELECT');
    const { fields, count } = this.fieldList();
    this.expectWord('FROM');
    const query: SoqlQuery = { fields, count, object: this.name(), orderBy: [], offset: 0 };
    if (this.takeWord('WHERE')) query.where = this.disjunction();
    if (this.takeWord('ORDER')) {
      this.expectWord('BY');
      do query.orderBy.push(this.ordering());
      while (this.takeSign(','));
    }
    if (this.takeWord('LIMIT')) query.limit = this.wholeNumber();
    if (this.takeWord('OFFSET')) query.offset = this.wholeNumber();
    if (this.peek().kind !== 'end') throw this.unexpected();
    return query;
  }

  private fieldList(): { fields: string[]; count: boolean } {
    const fields: string[] = [];
    do {
      const field = this.name();
      if (this.takeSign('(')) {
        if (field.toUpperCase() !== 'COUNT' || !this.takeSign(')') || fields.length > 0) throw this.unexpected();
        return { fields: [], count: true };
      }
      fields.push(field);
    } while (this.takeSign(','));
    return { fields, count: false };
  }

  private ordering(): SoqlQuery['orderBy'][number] {
    const field = this.name();
    const descending = this.takeWord('DESC');
    if (!descending) this.takeWord('ASC');
    let nullsLast = false;
    if (this.takeWord('NULLS')) {
      nullsLast = this.takeWord('LAST');
      if (!nullsLast) this.expectWord('FIRST');
    }
    return { field, descending, nullsLast };
  }

  private disjunction(): SoqlCondition {
    const first = this.conjunction();
    const parts = [first];
    while (this.takeWord('OR')) parts.push(this.conjunction());
    return parts.length === 1 ? first : { kind: 'or', parts };
  }

  private conjunction(): SoqlCondition {
    const first = this.condition();
    const parts = [first];
    while (this.takeWord('AND')) parts.push(this.condition());
    return parts.length === 1 ? first : { kind: 'and', parts };
  }

  private condition(): SoqlCondition {
    if (++this.depth > maxDepth) throw malformed('the query is nested too deeply');
    try {
      if (this.takeWord('NOT')) return { kind: 'not', part: this.condition() };
      if (!this.takeSign('(')) return this.comparison();
      const inner = this.disjunction();
      this.expectSign(')');
      return inner;
    } finally {
      this.depth--;
    }
  }

  private comparison(): SoqlCondition {
    const field = this.name();
    if (this.takeWord('LIKE')) return { kind: 'compare', field, operator: 'LIKE', values: [this.literal()] };
    const negated = this.takeWord('NOT');
    if (negated) this.expectWord('IN');
    if (negated || this.takeWord('IN')) {
      this.expectSign('(');
      const values: SoqlLiteral[] = [];
      do values.push(this.literal());
      while (this.takeSign(','));
      this.expectSign(')');
      return { kind: 'compare', field, operator: negated ? 'NOT IN' : 'IN', values };
    }
    const sign = this.next();
    if (sign.kind !== 'sign' || !['=', '!=', '<>', '<', '<=', '>', '>='].includes(sign.text)) throw this.unexpected(sign);
    return { kind: 'compare', field, operator: sign.text === '<>' ? '!=' : sign.text, values: [this.literal()] };
  }

  private literal(): SoqlLiteral {
    const token = this.next();
    switch (token.kind) {
      case 'text':
        return { kind: 'value', value: token.text.replace(/\\([\s\S])/g, (_whole, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character) };
      case 'number':
        return { kind: 'value', value: Number(token.text) };
      case 'date':
        return { kind: 'date', text: token.text };
      case 'word': {
        const word = token.text.toLowerCase();
        if (word === 'true' || word === 'false') return { kind: 'value', value: word === 'true' };
        if (word === 'null') return { kind: 'value', value: null };
        if (/^(today|yesterday|tomorrow|(last|next)_n_days:\d+)$/.test(word)) return { kind: 'date', text: word };
        throw this.unexpected(token);
      }
      default:
        throw this.unexpected(token);
    }
  }

  private wholeNumber(): number {
    const token = this.next();
    const number = token.kind === 'number' ? Number(token.text) : NaN;
    if (!Number.isSafeInteger(number) || number < 0) throw this.unexpected(token);
    return number;
  }

  private name(): string {
    const token = this.next();
    if (token.kind !== 'word' || /^(select|from|where|order|limit|offset|and|or|not|in|like)$/i.test(token.text)) throw this.unexpected(token);
    return token.text;
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { kind: 'end', text: '<EOF>', at: 0 };
  }

  private next(): Token {
    const token = this.peek();
    this.index++;
    return token;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    if (token.kind !== 'word' || token.text.toUpperCase() !== word) return false;
    this.index++;
    return true;
  }

  private takeSign(sign: string): boolean {
    const token = this.peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    this.index++;
    return true;
  }

  private expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected();
  }

  private expectSign(sign: string): void {
    if (!this.takeSign(sign)) throw this.unexpected();
  }

  private unexpected(token: Token = this.peek()): ApiFailure {
    return malformed(token.kind === 'end' ? "unexpected token: '<EOF>'" : `unexpected token: '${token.text.slice(0, 100)}' at column ${String(token.at)}`);
  }
}
