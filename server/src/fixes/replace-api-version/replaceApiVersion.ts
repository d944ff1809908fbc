import { retirementOf } from '../../../../catalog/index.ts';
import { constructionsOf } from '../../coverage/constructions.ts';
import type { FileFacts, ValueId } from '../../facts/facts.ts';
import { lastName, partsOf } from '../../facts/fileIndex.ts';
import { valuesWithin } from '../../facts/positions.ts';
import type { Fix, TextEdit } from '../edit.ts';
import type { FileFixRequest } from '../fixes.ts';
import { writerOf } from '../writers.ts';

/** A version in an address. */
const IN_ADDRESS = /(\/services\/(?:data\/v|Soap\/[a-zA-Z]\/|async\/))(\d{1,3})(?=\.\d|[/?]|$)/gi;
/** A version that stands by itself. */
const ALONE = /^(v?)(\d{1,3})(?=\.\d$|$)/;

/** Puts the oldest version that has no date of retirement in the place of a retired one, everywhere in the file. */
export function replaceApiVersion({ finding, path, program, types, calls, text }: FileFixRequest): Fix | undefined {
  const facts = program.get(path);
  const source = text(path);
  const version = versionIn(finding.message);
  if (!facts || source === undefined || version === undefined || !writerOf(facts)) return undefined;
  const instead = oldestThatStays(version);
  const roots = [
    ...constructionsOf(types, path).filter((each) => each.version === version).map(({ record }) => argumentsOf(facts, record.start, record.end)),
    ...calls.filter(({ apiVersion }) => apiVersion?.version === version).map(({ call }) => [...call.args]),
  ];
  const edits = new Map<number, TextEdit>();
  for (const root of roots) {
    const found = editsWithin(facts, source, root, version, instead);
    // A version that is written elsewhere would stay.
    if (found.length === 0) return undefined;
    for (const edit of found) edits.set(edit.start, edit);
  }
  if (edits.size === 0) return undefined;
  return {
    id: 'replace-api-version', title: `Replace API version ${version}.0 by ${instead}.0, the oldest that is not going away`, preferred: finding.severity === 'error',
    edits: { [path]: [...edits.values()].sort((one, other) => one.start - other.start) }, creates: {},
  };
}

function versionIn(message: string): number | undefined {
  const found = /^API version (\d{1,3})\.0 /.exec(message);
  return found ? Number(found[1]) : undefined;
}

function oldestThatStays(version: number): number {
  let next = version + 1;
  while (['rest', 'soap', 'bulk'].some((family) => retirementOf(next, family as Parameters<typeof retirementOf>[1]))) next++;
  return next;
}

/** What the call is given whose callee stands at a place. */
function argumentsOf(facts: FileFacts, start: number, end: number): ValueId[] {
  const call = facts.values.find((each) => each.k === 'call' && facts.values[each.callee]!.at === start && facts.values[each.callee]!.to === end);
  return call?.k === 'call' ? [...call.args] : [];
}

/** Edits of the texts of which some values are made, in this file. */
function editsWithin(facts: FileFacts, source: string, roots: readonly ValueId[], version: number, instead: number): TextEdit[] {
  const edits = new Map<number, TextEdit>();
  const seen = new Set<ValueId>();
  const work = roots.map((id) => ({ id, named: false }));
  for (const { id, named } of work) {
    if (seen.has(id) || seen.size > 1000) continue;
    seen.add(id);
    const value = facts.values[id]!;
    if (value.k === 'literal' || value.k === 'template') {
      for (const edit of inText(source.slice(value.at, value.to), value.at, value.k === 'literal' && named, version, instead)) edits.set(edit.start, edit);
    }
    if (value.k === 'binding') {
      const { name, sources } = facts.bindings[value.binding]!;
      for (const each of sources) work.push({ id: each, named: /version/i.test(name) });
    } else if (value.k === 'object') for (const { key, value: each } of value.props) work.push({ id: each, named: /version/i.test(key) });
    else if (value.k === 'member') {
      work.push({ id: value.object, named: false });
    } else if (value.k !== 'function') for (const each of partsOf(value)) work.push({ id: each, named: named || isVersionPart(facts, each) });
  }
  return [...edits.values()];
}

/** `/services/data/${'v30.0'}` and its like: the name tells what stands in the hole. */
function isVersionPart(facts: FileFacts, id: ValueId): boolean {
  return /version/i.test(lastName(facts, id) ?? '') && valuesWithin(facts, facts.values[id]!.at, facts.values[id]!.to).length < 4;
}

function inText(written: string, at: number, named: boolean, version: number, instead: number): TextEdit[] {
  const edit = (start: number, old: string): TextEdit => ({ start: at + start, end: at + start + old.length, newText: String(instead) });
  if (named) {
    const quote = /^['"`]/.test(written) ? 1 : 0;
    const alone = ALONE.exec(written.slice(quote, written.length - quote));
    return alone && Number(alone[2]) === version ? [edit(quote + alone[1]!.length, alone[2]!)] : [];
  }
  return [...written.matchAll(IN_ADDRESS)].filter((match) => Number(match[2]) === version).map((match) => edit(match.index + match[1]!.length, match[2]!));
}
