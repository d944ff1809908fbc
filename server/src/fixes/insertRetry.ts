import { posix } from 'node:path';
import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, partsOf } from '../facts/fileIndex.ts';
import type { Fix, TextEdit } from './edit.ts';
import type { FixRequest } from './fixes.ts';
import * as javascript from '../languages/javascript/writeImport.ts';
import { HELPER_NAME, retryHelper } from './retryHelper.ts';

/** How imports are written, by language. Where a language is not here, nothing can be inserted. */
const WRITERS: Record<string, typeof javascript> = { javascript };

/**
 * Wraps an awaited request in the retry helper, adding the helper file and its import where they are missing. Offered only where the repeat is safe to insert:
 * the call is awaited where it stands, and what is repeated with it has no effect of its own.
 */
export function insertRetry({ covered, program, text }: FixRequest): Fix | undefined {
  const { path, value } = covered.call;
  const facts = program.get(path);
  const source = text(path);
  if (!facts || source === undefined) return undefined;
  const awaited = awaitedValue(facts, value);
  if (awaited === undefined || !isRepeatableText(facts, awaited) || losesNarrowing(facts, source, awaited)) return undefined;
  const writer = Object.hasOwn(WRITERS, facts.language) ? WRITERS[facts.language] : undefined;
  if (!writer) return undefined;
  const { importInsertion, importStyle } = writer;
  const style = importStyle(facts, source, path, program.projects.of(path));
  const helper = helperPlace(path, program.projects.of(path).folder, style.extension, program.known);
  const existing = text(helper);
  if (existing !== undefined && !existing.includes(HELPER_NAME)) return undefined;
  const { at, to } = facts.values[awaited]!;
  const options = isRepeatable(covered.call.operation) ? ', { repeatable: true }' : '';
  const edits: TextEdit[] = [
    { start: at, end: at, newText: `${HELPER_NAME}(() => ` },
    { start: to, end: to, newText: `${options})` },
  ];
  const bring = importInsertion(facts, source, path, helper, HELPER_NAME, style);
  if (bring) edits.unshift({ start: bring.at, end: bring.at, newText: bring.text });
  return {
    id: 'insert-retry',
    title: options ? 'Insert retry after failures that pass by themselves' : 'Insert retry, only after failures that surely applied nothing',
    preferred: true,
    edits: { [path]: edits },
    creates: existing === undefined ? { [helper]: withLineEnds(retryHelper({ typed: style.typed, module: style.module }), source) } : {},
  };
}

/** The expression that is awaited, if the call's promise is awaited directly: the call, or the chain that it begins. */
function awaitedValue(facts: FileFacts, value: ValueId): ValueId | undefined {
  const index = indexOf(facts);
  for (let at = value; ; ) {
    const consumers = (index.consumers[at] ?? []).filter((each) => each.k === 'value').map((each) => each.value);
    if (consumers.length !== 1) return undefined;
    const parent = facts.values[consumers[0]!]!;
    if (parent.k === 'await') return at;
    if (parent.k !== 'member' || parent.object !== at || ['then', 'catch', 'finally'].includes(parent.name)) return undefined;
    const call = (index.consumers[consumers[0]!] ?? []).find((each) => each.k === 'value');
    const next = call?.k === 'value' ? facts.values[call.value] : undefined;
    if (call?.k !== 'value' || next?.k !== 'call' || next.callee !== consumers[0]) return undefined;
    at = call.value;
  }
}

/** Everything inside the expression would run again: another call, an await or a function with effects must not be among it. */
function isRepeatableText(facts: FileFacts, root: ValueId): boolean {
  const chain = new Set<ValueId>();
  for (let at: ValueId | undefined = root; at !== undefined; ) {
    chain.add(at);
    const value: FileFacts['values'][number] = facts.values[at]!;
    at = value.k === 'call' ? value.callee : value.k === 'member' ? value.object : undefined;
  }
  const work = [root];
  const seen = new Set<ValueId>();
  while (work.length > 0) {
    const id = work.pop()!;
    if (seen.has(id)) continue;
    seen.add(id);
    const value = facts.values[id]!;
    if (value.k === 'await' || value.k === 'yield' || value.k === 'assign') return false;
    if (value.k === 'operator' && (value.op === '++' || value.op.endsWith('='))) {
      if (!['==', '===', '!=', '!==', '<=', '>='].includes(value.op)) return false;
    }
    if (value.k === 'call' && !chain.has(id) && !isPure(facts, value.callee)) return false;
    work.push(...partsOf(value));
  }
  return true;
}

const PURE = /^(?:toISOString|toString|stringify|trim|join|map|filter|slice|replace|toLowerCase|toUpperCase|String|Number|Boolean|Date|encodeURIComponent|format|get)$/;

function isPure(facts: FileFacts, callee: ValueId): boolean {
  const value = facts.values[callee]!;
  return (value.k === 'member' && PURE.test(value.name)) || (value.k === 'global' && PURE.test(value.name));
}

/** TypeScript forgets inside a function what it knew of a variable that may change or of a field: a receiver that may be undefined would not compile there. */
function losesNarrowing(facts: FileFacts, source: string, root: ValueId): boolean {
  if (facts.dialect === 'javascript') return false;
  for (let at: ValueId | undefined = root; at !== undefined; ) {
    const value: FileFacts['values'][number] = facts.values[at]!;
    const name = value.k === 'binding' && !facts.bindings[value.binding]!.constant ? facts.bindings[value.binding]!.name : value.k === 'member' ? value.name : undefined;
    if (name !== undefined && new RegExp(`\\b${escape(name)}\\s*(?:\\?\\s*:|:[^;=,){\\n]*\\b(?:undefined|null)\\b)`).test(source)) return true;
    at = value.k === 'call' ? value.callee : value.k === 'member' ? value.object : undefined;
  }
  return false;
}

function escape(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A delete that is repeated after an unknown outcome would fail although it is done, so it counts as not repeatable here. */
function isRepeatable(operation: { repeatable: string; kind: string }): boolean {
  return operation.repeatable === 'yes' && operation.kind !== 'delete';
}

/** The helper stands at the top of the package's sources; one that is there already anywhere up the way is used. */
function helperPlace(path: string, packageFolder: string, extension: string, known: ReadonlySet<string>): string {
  for (let folder = posix.dirname(path); folder.startsWith(packageFolder) && packageFolder !== ''; folder = posix.dirname(folder)) {
    const candidate = posix.join(folder, `salesforceRetry${extension}`);
    if (known.has(candidate)) return candidate;
    if (folder === packageFolder) break;
  }
  const inside = packageFolder === '' ? '' : path.slice(packageFolder.length + 1);
  const top = packageFolder === '' ? posix.dirname(path) : inside.startsWith('src/') ? posix.join(packageFolder, 'src') : packageFolder;
  return posix.join(top, `salesforceRetry${extension}`);
}

function withLineEnds(text: string, like: string): string {
  return like.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
