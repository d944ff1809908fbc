import { isCode } from '../../../../catalog/index.ts';
import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { ErrorLook } from '../../coverage/errorLooks.ts';
import type { ErrorShape } from '../../coverage/errorShape.ts';
import { placed } from '../place.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** Codes of Salesforce's APIs as they stand in an error: words that other systems do not use. */
const API_CODE = /^[A-Z]{2,}(?:_[A-Z0-9]+)+$/;
const NETWORK_CODE = /^(?:E[A-Z_]{3,}|UND_ERR_\w+)$/;
/** Single records and queries, whose platform REST errors come as a list. */
const LIST_KINDS = new Set(['query', 'query-more', 'search', 'retrieve', 'create', 'update', 'upsert', 'delete', 'describe', 'limits']);

/** A test for a code or status that the client never puts where the test looks. */
export const rule: Rule = {
  id: 'wrong-error-field',
  summary: 'A test looks for an error code or a status where this client never puts it, so that it never holds.',
  severity: 'warning',
  check: (calls) => calls.flatMap((call) => wrongLooks(call).slice(0, 1)),
};

function wrongLooks(call: CoveredCall): RuleFinding[] {
  const shape = call.errorShape;
  if (!shape) return [];
  // Whoever tells errors apart by their class knows of errors of other kinds.
  if (call.looks.some((look) => look.how === 'class')) return [];
  return call.looks.flatMap((look) => {
    const why = look.made ? undefined : wrong(call, shape, look);
    if (why === undefined || call.looks.some((other) => other !== look && isAlternative(other, look) && wrong(call, shape, other) === undefined)) return [];
    const code = look.wanted.find((each) => typeof each === 'string');
    const brief = 'This test looks for a code where errors of this client never have it, so that it never holds.';
    return placed(call, look, { message: why, brief, codes: typeof code === 'string' ? [code] : [], severity: 'warning', related: [], fixes: ['correct-error-field'] });
  });
}

/** Looks that may find what another one misses: in the same test, or for the same. */
function isAlternative(other: ErrorLook, look: ErrorLook): boolean {
  return other.test === look.test || other.wanted.some((each) => look.wanted.includes(each));
}

/** What is wrong with a look; undefined where it may find what it looks for. */
function wrong(call: CoveredCall, shape: ErrorShape, look: ErrorLook): string | undefined {
  const [wanted] = look.wanted;
  if (wanted === undefined || look.member === '') return undefined;
  const client = call.call.client.title;
  if (look.answer) return call.call.http && isListTakenForObject(call, look, '') ? listText(look) : undefined;
  const isStatus = look.wanted.every((each) => /^[45]\d\d$/.test(String(each)));
  if (isStatus) {
    if (look.how !== 'equals' || !isAbsent(shape, look.member) || shape.status.includes(look.member) || !isForItAlone(call, look)) return undefined;
    if (call.call.http?.byValue) return `Status ${wanted} comes as an answer, not as a failure of ${client}: this test in the handler never holds.`;
    return shape.code.length > 0 ? `Errors of ${client} have no ${spokenMember(look)}: this test never holds. The code is in ${shape.code[0]}.` : undefined;
  }
  const texts = look.wanted.filter((each) => typeof each === 'string');
  if (texts.length !== look.wanted.length) return undefined;
  if (texts.every((each) => NETWORK_CODE.test(each) && !API_CODE.test(each))) {
    const misses = shape.network.length > 0 && look.how === 'equals' && shape.code.includes(look.member) && !shape.network.includes(look.member);
    return misses && isForItAlone(call, look) ? `A broken connection has its code in ${shape.network[0]}, not in ${spokenMember(look)}: this test for ${wanted} never holds.` : undefined;
  }
  if (!texts.every((each) => API_CODE.test(each) && isCode(each))) return undefined;
  if (call.call.http && shape.body.some((body) => isListTakenForObject(call, look, `${body}.`))) return listText(look);
  const absent = isAbsent(shape, look.member) || (shape.network.includes(look.member) && !shape.code.includes(look.member));
  if (!absent) return undefined;
  if (shape.code.length > 0) return `Errors of ${client} never have ${wanted} in ${spokenMember(look)}: this test never holds. The code is in ${shape.code[0]}.`;
  return call.call.http?.byValue
    ? `A refusal comes as an answer, not as a failure of ${client}: this test for ${wanted} in the handler never holds.`
    : `Errors of ${client} never have ${wanted} in ${spokenMember(look)}: this test never holds. The code is in the answer's body.`;
}

/** Whether a look stands where nothing but Salesforce calls fail. */
function isForItAlone({ ownClause, record }: CoveredCall, { path, at, to }: ErrorLook): boolean {
  return ownClause !== undefined && path === record.path && ownClause.at <= at && to <= ownClause.to;
}

function isAbsent(shape: ErrorShape, member: string): boolean {
  return shape.never.some((each) => member === each || member.startsWith(`${each}.`)) && ![...shape.code, ...shape.body, ...shape.status].some((each) => member === each || member.startsWith(`${each}.`));
}

/** `body.errorCode`, where Salesforce answers with a list. */
function isListTakenForObject(call: CoveredCall, look: ErrorLook, body: string): boolean {
  return look.how === 'equals' && look.member === `${body}errorCode` && call.call.operation.family === 'rest' && LIST_KINDS.has(call.record.kind) && look.wanted.every((each) => API_CODE.test(String(each)));
}

function listText(look: ErrorLook): string {
  return `Salesforce answers with a list of errors: this test for ${look.wanted[0]} never holds. The code is in the errorCode of its first element.`;
}

function spokenMember({ member }: ErrorLook): string {
  return member.length > 30 ? `${member.slice(0, 30)}…` : member;
}
