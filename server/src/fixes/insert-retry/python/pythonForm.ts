import { posix } from 'node:path';
import type { CoveredCall } from '../../../coverage/coveredCall.ts';
import type { FileFacts } from '../../../facts/facts.ts';
import { indexOf } from '../../../facts/fileIndex.ts';
import { indentAt, lineBreak, lineEndAt } from '../../../languages/writing/writeLayout.ts';
import type { Insertion } from '../../../languages/writing/writer.ts';
import type { HelperFile, Repeated, RetryForm, SendOptions, Site } from '../form.ts';
import { isInClassBody } from '../inClassBody.ts';
import type { RefusalReason } from '../refusals.ts';
import { ASYNC_NAME, MODULE, retryModule, SYNC_NAME } from './retryModule.ts';

/** Clients whose errors the module understands. */
const CLIENTS = new Set(['simple-salesforce']);
/** Versions of tenacity that take what is written. */
const TENACITY = '>=6 <10';

/** Retries in Python. */
export const PYTHON_RETRY: RetryForm = {
  names: [SYNC_NAME, ASYNC_NAME],
  helper: helperOf,
  repeated,
  around: ({ repeatable, promised }: SendOptions) => ({ before: `${promised ? ASYNC_NAME : SYNC_NAME}(lambda: `, after: `${repeatable ? ', repeatable=True' : ''})` }),
};

function repeated(facts: FileFacts, _source: string, covered: CoveredCall): Repeated | RefusalReason {
  const { call, record } = covered;
  if (!CLIENTS.has(call.client.id)) return 'client';
  if (record.failure === 'floating') return 'nobody-waits';
  const uses = indexOf(facts).consumers[call.value] ?? [];
  const awaits = uses.filter((each) => each.k === 'value' && facts.values[each.value]!.k === 'await').length;
  if (awaits > 0 && awaits < uses.length) return 'result-used-otherwise';
  // The body of a class is no function: what stands in it is not seen inside one.
  if (isInClassBody(facts, call.value)) return 'effects';
  return { value: call.value, awaited: true, promised: awaits > 0 };
}

function helperOf({ path, facts, source, program }: Site, { call }: CoveredCall): HelperFile {
  const waited = (indexOf(facts).consumers[call.value] ?? []).some((each) => each.k === 'value' && facts.values[each.value]!.k === 'await');
  const name = waited ? ASYNC_NAME : SYNC_NAME;
  const home = posix.dirname(path);
  const top = packageTop(home, program.known);
  // One that is there already in the same package, or beside the file.
  const existing = [...program.known].filter((each) => posix.basename(each) === `${MODULE}.py` && (posix.dirname(each) === home || (top !== undefined && each.startsWith(`${top}/`)))).sort((one, other) => one.length - other.length || (one < other ? -1 : 1))[0];
  const place = existing ?? posix.join(home, `${MODULE}.py`);
  const tenacity = program.projects.rangeOf(path, 'tenacity') !== undefined && program.projects.fits(path, 'tenacity', TENACITY) !== 'no';
  const imports = facts.bindings.some((each) => each.name === name && each.in === 0) ? [] : importOf(facts, source, `from ${moduleName(facts, path, place, top)} import ${name}`);
  return { path: place, imports, ...(existing === undefined ? { made: retryModule(tenacity), ...(tenacity ? { library: 'tenacity' } : {}) } : {}) };
}

/** The folder of the outermost package around a folder; undefined where it is none. */
function packageTop(folder: string, known: ReadonlySet<string>): string | undefined {
  let top: string | undefined;
  for (let at = folder; known.has(posix.join(at, '__init__.py')); at = posix.dirname(at)) top = at;
  return top;
}

/** What the file calls the module: as it calls others of its package, from the top or by dots. */
function moduleName(facts: FileFacts, path: string, place: string, top: string | undefined): string {
  const home = posix.dirname(path);
  const own = facts.imports.map(({ module }) => module);
  // A package need not have an `__init__.py`: that others are imported from the top tells that it is one.
  for (let folder = home; folder !== posix.dirname(folder); folder = posix.dirname(folder)) {
    const name = posix.basename(folder);
    if ((top === undefined || folder === top) && own.some((module) => module === name || module.startsWith(`${name}.`)) && place.startsWith(`${folder}/`)) {
      return [name, ...posix.relative(folder, place).replace(/\.py$/, '').split('/')].join('.');
    }
    if (folder === top) break;
  }
  if (top === undefined) return MODULE;
  const between = posix.relative(home, place).replace(/\.py$/, '').split('/');
  const ups = between.filter((each) => each === '..').length;
  return '.'.repeat(ups + 1) + between.slice(ups).join('.');
}

/** After the imports at the top, else after the module's own text and comments. */
function importOf(facts: FileFacts, source: string, line: string): Insertion[] {
  const newline = lineBreak(source);
  const firstCode = Math.min(...facts.functions.slice(1).map(({ at }) => at), ...facts.classes.map(({ at }) => at), source.length);
  const statements = (facts.statements ?? []).filter(({ at }) => at < firstCode && indentAt(source, at) === '');
  const last = statements.findLast(({ at }) => /^(?:import|from)\b/.test(source.slice(at, at + 6)));
  if (last) {
    const end = lineEndAt(source, last.to);
    return [{ at: end, to: end, text: newline + line }];
  }
  const [first] = statements;
  const doc = first && /^[rRuU]?(?:"""|''')/.test(source.slice(first.at, first.at + 4)) ? lineEndAt(source, first.to) : undefined;
  if (doc !== undefined) return [{ at: doc, to: doc, text: `${newline}${newline}${line}` }];
  const head = /^(?:#[^\n]*\n)*/.exec(source)![0].length;
  return [{ at: head, to: head, text: `${line}${newline}${newline}` }];
}
