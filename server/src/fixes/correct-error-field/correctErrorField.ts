import { isCode } from '../../../../catalog/index.ts';
import type { ErrorLook } from '../../coverage/errorLooks.ts';
import type { ErrorShape } from '../../coverage/errorShape.ts';
import type { FileFacts, Span, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { valuesWithin } from '../../facts/positions.ts';
import type { Fix } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { scriptWriterOf } from '../writers.ts';

/** Words that only Salesforce's APIs use, and codes of broken connections. */
const API_CODE = /^[A-Z]{2,}(?:_[A-Z0-9]+)+$/;
const NETWORK_CODE = /^(?:E[A-Z_]{3,}|UND_ERR_\w+)$/;

/** Lets a test look for a code where errors of this client have it. */
export function correctErrorField({ finding, covered, program, path, text }: FixRequest): Fix | undefined {
  const facts = program.get(path);
  const source = text(path);
  const shape = covered.errorShape;
  const look = covered.looks.find((each) => each.path === path && each.at === finding.start && each.to === finding.end);
  if (!facts || source === undefined || !shape || !look || look.how !== 'equals' || !scriptWriterOf(facts)) return undefined;
  const found = memberAt(facts, look);
  const right = found && rightPlace(shape, look);
  if (!found || right === undefined || isTyped(facts, found.error, found.member)) return undefined;
  // How the error's own member is reached stays: `error.code`, `error?.code`.
  const dot = /^\s*\?\./.test(source.slice(facts.values[found.error]!.to)) ? '?.' : '.';
  return {
    id: 'correct-error-field', title: `Look for the code in ${spoken(right)}`, preferred: true, safe: true,
    edits: { [path]: [{ start: facts.values[found.error]!.to, end: look.to, newText: dot + right }] }, creates: {},
  };
}

function spoken(member: string): string {
  return member.replaceAll('?.', '.').replaceAll('.[', '[');
}

/** Where the code stands, as written behind the error; undefined where that is not one place for sure. */
function rightPlace({ code, network, body }: ErrorShape, { member, wanted }: ErrorLook): string | undefined {
  const texts = wanted.filter((each) => typeof each === 'string');
  if (texts.length !== wanted.length || texts.length === 0) return undefined;
  if (texts.every((each) => NETWORK_CODE.test(each) && !API_CODE.test(each))) return network[0]?.replaceAll('.', '?.');
  if (!texts.every((each) => API_CODE.test(each) && isCode(each))) return undefined;
  // Salesforce answers a refused request with a list of errors.
  if (body.some((each) => member === `${each}.errorCode`)) return `${member.slice(0, -'.errorCode'.length).replaceAll('.', '?.')}?.[0]?.errorCode`;
  return code[0] === member ? undefined : code[0];
}

/** The member that a test looks at and the error of which it is one, where nothing but members stand between. */
function memberAt(facts: FileFacts, { at, to, member }: ErrorLook): { error: ValueId; member: ValueId } | undefined {
  const id = valuesWithin(facts, at, to).find((each) => facts.values[each]!.at === at && facts.values[each]!.to === to && facts.values[each]!.k === 'member');
  let error = id;
  for (const name of member.split('.').reverse()) {
    const value = error === undefined ? undefined : facts.values[error]!;
    if (value?.k !== 'member' || value.name !== name) return undefined;
    error = value.object;
  }
  return id === undefined || error === undefined ? undefined : { error, member: id };
}

/** Whether the compiler has a type for the error by which the other member might be unknown. */
function isTyped(facts: FileFacts, error: ValueId, member: ValueId): boolean {
  if (facts.dialect === 'javascript') return false;
  const value = facts.values[error]!;
  if (value.k === 'typed') return !(value.type.k === 'ref' && value.type.name === 'any');
  if (value.k !== 'binding') return true;
  const { type, sources } = facts.bindings[value.binding]!;
  if (type && !(type.k === 'ref' && type.name === 'any')) return true;
  if (sources.some((each) => facts.values[each]!.k === 'typed')) return true;
  // `'code' in error` tells the compiler of that member alone.
  return (indexOf(facts).bindingUses[value.binding] ?? []).some((use) => (indexOf(facts).consumers[use] ?? []).some((consumer) => {
    const parent: (Span & { k: string; op?: string }) | undefined = consumer.k === 'value' && consumer.value !== member ? facts.values[consumer.value] : undefined;
    return parent?.k === 'operator' && (parent.op === 'in' || parent.op === 'instanceof');
  }));
}
