import {
  FAILURE_CLASSES,
  type CallRecord,
  type ClassRecord,
  type End,
  type Failure,
  type FailureClass,
  type Paging,
  type Partial,
  type Retry,
  type Upstream,
} from '../report/callRecord.ts';
import { code, plain } from '../explain/wording.ts';

/** What the catalogue says of a call's operation, as far as the hover shows it. */
export interface OperationText {
  title: string;
  /** What to know before repeating the operation. */
  repeatNote?: string;
  /** Codes that the operation can fail with, by class, most telling first. */
  codes: { [K in FailureClass]?: string[] };
}

/** At most this many codes stand beside a class. */
const CODES_SHOWN = 3;

const FAILURE_TEXT: Record<Failure, string> = {
  floating: 'nobody waits for it',
  propagates: 'leaves this function',
  swallowed: 'is swallowed here',
  generic: 'is reported here, whatever it is',
  discriminated: 'is told apart here',
  unknown: 'unknown',
};

const END_TEXT: Record<End, string> = {
  swallowed: 'a caller swallows it',
  visible: 'a caller reports it',
  discriminated: 'a caller tells it apart',
  process: 'ends the program',
  unknown: 'beyond what was analysed',
};

const UPSTREAM_TEXT: Record<Upstream, string> = {
  swallowed: 'a caller swallows it',
  generic: 'a caller reports it',
  discriminated: 'a caller tells it apart',
  none: 'no caller catches it',
  unknown: 'its callers are not all known',
};

const RETRY_TEXT: Record<Retry, string> = {
  explicit: 'repeated by this project',
  library: 'repeated by the client library',
  none: 'not repeated',
  unknown: 'unknown',
};

const PARTIAL_TEXT: Record<Exclude<Partial, 'na'>, string> = {
  checked: 'Some records can fail while the call succeeds, and the results are looked at.',
  unchecked: 'Some records can fail while the call succeeds, and nothing looks at the results.',
  unknown: 'Some records can fail while the call succeeds; whether the results are looked at is unknown.',
};

const PAGING_TEXT: Record<Exclude<Paging, 'na'>, string> = {
  complete: 'Every row that the code needs is read.',
  capped: 'Pages are read up to a limit of the client; rows beyond it are left out.',
  truncated: 'Only the first page is read; rows beyond it are left out.',
  unknown: 'Whether every page is read is unknown.',
};

/** What a Salesforce call can fail with and what this code does about it, in Markdown. */
export function hoverOfCall(record: CallRecord, operation: OperationText | undefined): string {
  const parts = [`**Salesforce call**: ${plain(operation?.title ?? record.operation)} (${plain(record.client)})`];
  const whole: ClassRecord = { failure: record.failure, end: record.stops, retry: record.retry };
  // Classes that meet the same fate stand together: what differs is what a reader looks for.
  const groups = new Map<string, string[]>();
  for (const name of FAILURE_CLASSES) {
    const codes = operation?.codes[name] ?? [];
    if (!record.classes[name] && codes.length === 0) continue;
    const own = record.classes[name] ?? whole;
    const told = codes.slice(0, CODES_SHOWN).map(code).join(', ') + (codes.length > CODES_SHOWN ? ', …' : '');
    const key = `${fate(own, record)}; ${RETRY_TEXT[own.retry]}`;
    groups.set(key, [...(groups.get(key) ?? []), `  - **${name}**${told ? `: ${told}` : ''}`]);
  }
  if (groups.size > 0) parts.push(`When it fails, the failure\n\n${[...groups].map(([key, rows]) => [`- ${key}`, ...rows].join('\n')).join('\n')}`);
  else parts.push(`A failure ${fate(whole, record)}; ${RETRY_TEXT[record.retry]}.`);
  const notes = [
    ...(record.partial === 'na' ? [] : [PARTIAL_TEXT[record.partial]]),
    ...(record.paging === 'na' ? [] : [PAGING_TEXT[record.paging]]),
    ...(operation?.repeatNote ? [`Before repeating: ${plain(operation.repeatNote)}`] : []),
  ];
  if (notes.length > 0) parts.push(notes.map((note) => `- ${note}`).join('\n'));
  return parts.join('\n\n');
}

function fate(own: ClassRecord, record: CallRecord): string {
  const here = FAILURE_TEXT[own.failure];
  if (own.failure !== 'propagates') return here;
  if (own.end && own.end !== 'unknown') return `${here}; ${END_TEXT[own.end]}`;
  return record.upstream ? `${here}; ${UPSTREAM_TEXT[record.upstream]}` : here;
}
