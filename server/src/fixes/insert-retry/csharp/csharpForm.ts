import { posix } from 'node:path';
import type { CoveredCall } from '../../../coverage/coveredCall.ts';
import type { FileFacts, ValueId } from '../../../facts/facts.ts';
import { indexOf, partsOf } from '../../../facts/fileIndex.ts';
import { lineBreak, lineEndAt } from '../../../languages/writing/writeLayout.ts';
import type { Insertion } from '../../../languages/writing/writer.ts';
import type { HelperFile, Repeated, RetryForm, Site } from '../form.ts';
import type { RefusalReason } from '../refusals.ts';
import { CLASS_NAME, retryClass } from './retryClass.ts';

/** Clients whose errors the class understands. */
const CLIENTS = new Set(['force-toolkit-net', 'netcoreforce']);

/** Retries in C#. */
export const CSHARP_RETRY: RetryForm = {
  names: [CLASS_NAME],
  helper: helperOf,
  repeated,
  around: ({ repeatable }) => ({ before: `${CLASS_NAME}.RunAsync(() => `, after: `${repeatable ? ', repeatable: true' : ''})` }),
};

function repeated(facts: FileFacts, source: string, { call, record }: CoveredCall): Repeated | RefusalReason {
  if (!CLIENTS.has(call.client.id)) return 'client';
  if (record.failure === 'floating') return 'nobody-waits';
  const uses = indexOf(facts).consumers[call.value] ?? [];
  const awaited = uses.length > 0 && uses.every((each) => each.k === 'value' && facts.values[each.value]!.k === 'await');
  if (!awaited && !/Async$/.test(call.method)) return 'result-used-otherwise';
  if (namesReference(facts, source, call.value)) return 'assigned-again';
  return { value: call.value, awaited, promised: true };
}

/** Whether an expression names a parameter that is a reference, which no lambda may take. */
function namesReference(facts: FileFacts, source: string, root: ValueId): boolean {
  const work = [root];
  for (const id of work) {
    const value = facts.values[id]!;
    const binding = value.k === 'binding' ? facts.bindings[value.binding]! : undefined;
    if (binding?.kind === 'parameter' && /\b(?:ref|out|in)\s+[\w.<>,?[\] ]+\s$/.test(source.slice(Math.max(0, binding.at - 100), binding.at).split(/[(,]/).at(-1) ?? '')) return true;
    work.push(...partsOf(value));
  }
  return false;
}

function helperOf({ path, facts, source, program, text }: Site): HelperFile {
  const home = posix.dirname(path);
  const file = `${CLASS_NAME}.cs`;
  const project = program.projects.nearest(path);
  const beside = posix.join(home, file);
  const existing = program.known.has(beside) ? beside : [...program.known].filter((each) => posix.basename(each) === file && program.projects.nearest(each) === project).sort()[0];
  const namespace = namespaceOf(source);
  if (existing !== undefined) {
    const other = namespaceOf(text(existing) ?? '');
    const isSeen = other === undefined || facts.sees?.includes(other) || facts.imports.some((each) => each.opens && each.module === other);
    return { path: existing, imports: isSeen ? [] : usingOf(source, `using ${other};`) };
  }
  const polly = program.projects.rangeOf(path, 'Polly') ?? program.projects.rangeOf(path, 'Polly.Core');
  const usesPolly = polly !== undefined && (['Polly', 'Polly.Core'].some((each) => program.projects.rangeOf(path, each) !== undefined && program.projects.fits(path, each, '>=8 <9') !== 'no'));
  return { path: beside, imports: [], made: retryClass(namespace, usesPolly), ...(usesPolly ? { library: 'Polly' } : {}) };
}

function namespaceOf(source: string): string | undefined {
  return /^\s*namespace\s+([\w.]+)/m.exec(source)?.[1];
}

/** After the namespaces that are opened at the top. */
function usingOf(source: string, line: string): Insertion[] {
  const newline = lineBreak(source);
  const found = [...source.matchAll(/^using\s+(?:static\s+)?[\w.]+(?:\s*=\s*[\w.<>]+)?\s*;/gm)].at(-1);
  const at = found ? lineEndAt(source, found.index + found[0].length) : 0;
  return [{ at, to: at, text: found ? `${newline}${line}` : `${line}${newline}` }];
}
