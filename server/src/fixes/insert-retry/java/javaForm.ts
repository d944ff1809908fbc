import { posix } from 'node:path';
import type { CoveredCall } from '../../../coverage/coveredCall.ts';
import type { FileFacts, ValueId } from '../../../facts/facts.ts';
import { partsOf } from '../../../facts/fileIndex.ts';
import { lineBreak, lineEndAt } from '../../../languages/writing/writeLayout.ts';
import type { Insertion } from '../../../languages/writing/writer.ts';
import type { Program } from '../../../resolve/program.ts';
import type { HelperFile, Repeated, RetryForm, SendOptions, Site } from '../form.ts';
import type { RefusalReason } from '../refusals.ts';
import { CLASS_NAME, type JavaRetryLibrary, retryClass } from './retryClass.ts';

/** Clients whose errors the class understands. */
const CLIENTS = new Set(['force-wsc']);
/** Libraries that the class can stand on, with the versions that have what is written. */
const LIBRARIES: readonly { name: JavaRetryLibrary; packages: readonly string[]; versions: string }[] = [
  { name: 'resilience4j', packages: ['io.github.resilience4j:resilience4j-retry', 'io.github.resilience4j:resilience4j-all', 'io.github.resilience4j:resilience4j-spring-boot2', 'io.github.resilience4j:resilience4j-spring-boot3'], versions: '>=1.6 <3' },
  { name: 'Failsafe', packages: ['dev.failsafe:failsafe'], versions: '>=3 <4' },
];

/** Retries in Java. */
export const JAVA_RETRY: RetryForm = { names: [CLASS_NAME], helper: helperOf, repeated, around };

function around({ repeatable }: SendOptions): { before: string; after: string } {
  return { before: `${CLASS_NAME}.${repeatable ? 'runRepeatable' : 'run'}(() -> `, after: ')' };
}

function repeated(facts: FileFacts, _source: string, { call, record }: CoveredCall): Repeated | RefusalReason {
  if (!CLIENTS.has(call.client.id)) return 'client';
  if (record.failure === 'floating') return 'nobody-waits';
  if (!takesOnlyFinals(facts, call.value)) return 'assigned-again';
  return { value: call.value, awaited: true, promised: false };
}

/** Whether a lambda may take every variable that an expression names: those that are assigned once. */
function takesOnlyFinals(facts: FileFacts, root: ValueId): boolean {
  const work = [root];
  for (const id of work) {
    const value = facts.values[id]!;
    if (value.k === 'binding') {
      const { kind, sources } = facts.bindings[value.binding]!;
      if ((kind === 'variable' || kind === 'parameter') && sources.length > 1) return false;
    }
    work.push(...partsOf(value));
  }
  return true;
}

function helperOf({ path, facts, source, program, text }: Site): HelperFile {
  const home = posix.dirname(path);
  const file = `${CLASS_NAME}.java`;
  const project = program.projects.nearest(path);
  const beside = posix.join(home, file);
  const existing = program.known.has(beside) ? beside : [...program.known].filter((each) => posix.basename(each) === file && program.projects.nearest(each) === project && !/\/test\//.test(each)).sort()[0];
  const packageName = packageOf(source);
  if (existing !== undefined) {
    const other = packageOf(text(existing) ?? '');
    const isSeen = other === packageName || other === undefined || facts.imports.some((each) => each.imported === CLASS_NAME);
    return { path: existing, imports: isSeen ? [] : importOf(source, `import ${other}.${CLASS_NAME};`) };
  }
  const library = libraryOf(program, path);
  return { path: beside, imports: [], made: retryClass(packageName, library), ...(library === undefined ? {} : { library }) };
}

function libraryOf(program: Program, path: string): JavaRetryLibrary | undefined {
  return LIBRARIES.find(({ packages, versions }) => packages.some((each) => program.projects.rangeOf(path, each) !== undefined && program.projects.fits(path, each, versions) !== 'no'))?.name;
}

function packageOf(source: string): string | undefined {
  return /^\s*package\s+([\w.]+)\s*;/m.exec(source)?.[1];
}

/** After the imports, else after the package. */
function importOf(source: string, line: string): Insertion[] {
  const newline = lineBreak(source);
  const found = [...source.matchAll(/^(?:import|package)\s+(?:static\s+)?[\w.*]+\s*;/gm)].at(-1);
  const at = found ? lineEndAt(source, found.index + found[0].length) : 0;
  return [{ at, to: at, text: found ? `${newline}${found[0].startsWith('package') ? newline : ''}${line}` : `${line}${newline}` }];
}
