import type { FoundError } from './foundError.ts';

/** An element without elements inside, with or without a namespace prefix. */
const LEAF = /<(?:[\w-]{1,40}:)?(faultcode|faultstring|exceptionCode|exceptionMessage|statusCode|message|ErrorCode|StatusMessage|errorCode|error|Code|error_description|fields|stateMessage)(?:\s[^<>]{0,300})?>([^<]{0,10000})<\//g;

const CODES = new Set(['faultcode', 'exceptionCode', 'statusCode', 'ErrorCode', 'errorCode', 'error']);
const MESSAGES = new Set(['faultstring', 'exceptionMessage', 'message', 'StatusMessage', 'error_description']);

/**
 * The errors inside XML: SOAP faults, save results, bulk errors, REST errors as XML, Marketing Cloud results. Reads leaf by leaf, so that XML cut off in
 * the middle or wrapped in a log line serves too.
 */
export function errorsInXml(text: string): FoundError[] {
  const found: FoundError[] = [];
  let open: FoundError | undefined;
  for (const match of text.matchAll(LEAF)) {
    const [, name = '', raw = ''] = match;
    const value = unescaped(raw).trim();
    if (value === '') continue;
    const at = match.index;
    // Marketing Cloud says in the detail of a fault which of its errors it is; other elements of this name say nothing.
    if (name === 'Code') {
      if (open?.family === 'soap' && /^(?:Server|Client)$/.test(bare(open.code ?? '')) && /^\d+$/.test(value)) Object.assign(open, { code: value, family: 'mc-soap' });
    } else if (CODES.has(name)) {
      // A fault says its code twice: as faultcode and, in its detail, as exceptionCode.
      const same = open?.code !== undefined && bare(open.code) === bare(value);
      if (!same) {
        if (open?.code === undefined && open?.message !== undefined && name !== 'faultcode') open.code = value;
        else found.push((open = { code: value, at }));
      }
      if (open && name === 'statusCode') open.family = 'dml';
      if (open && name === 'ErrorCode') open.family = 'mc-soap';
      if (open && name === 'faultcode') open.family = 'soap';
      if (open && name === 'error') open.family = 'oauth';
    } else if (MESSAGES.has(name)) {
      if (open && open.message === undefined) open.message = value;
      else if (!(open && name === 'exceptionMessage')) found.push((open = { message: value, at }));
    } else if (name === 'stateMessage') found.push((open = { message: value, at, family: 'bulk' }));
    else if (open) open.fields = [...(open.fields ?? []), value];
  }
  return found.filter(({ code, message }) => code !== undefined || (message !== undefined && message.length > 3));
}

function bare(code: string): string {
  return code.replace(/^[\w-]+:/, '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,4}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
