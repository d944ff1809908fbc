import { posix } from 'node:path';
import type { FileFacts } from '../../facts/facts.ts';
import type { Insertion } from '../writing/writer.ts';

/** How a file brings in another of its project. */
export interface ImportStyle {
  module: 'es' | 'commonjs';
  typed: boolean;
  /** Extension of a new file beside it. */
  extension: string;
  /** Extension to write in a specifier. */
  written: string;
}

/** Reads a file's own habits; where it has none, the package's module system decides. */
export function importStyle(facts: FileFacts, source: string, path: string, project: { type: 'module' | 'commonjs' }): ImportStyle {
  const typed = facts.dialect !== 'javascript';
  const own = posix.extname(path);
  const requires = facts.imports.some((each) => each.style === 'commonjs');
  const isEs = typed || own === '.mjs' || (own !== '.cjs' && (facts.imports.some((each) => each.style === 'es' && each.value === undefined) || /^\s*export\s/m.test(source) || (project.type === 'module' && !requires)));
  const module = isEs && own !== '.cts' ? 'es' : 'commonjs';
  const extension = own === '.tsx' ? '.ts' : own === '.jsx' ? '.js' : own;
  const relative = facts.imports.filter((each) => each.module.startsWith('.')).map((each) => posix.extname(each.module));
  const habit = relative.find((each) => /^\.[cm]?[jt]s$/.test(each));
  const emitted = extension.replace('t', 'j');
  // Nobody looks for `.mjs` and `.cjs` on their own account.
  const needed = /^\.[mc]/.test(own) || (relative.length === 0 && module === 'es' && project.type === 'module');
  const written = habit ? (/t/.test(habit) ? extension : emitted) : needed ? emitted : '';
  return { module: own === '.cts' ? 'es' : module, typed, extension, written };
}

/** The edit that imports a name from a file, after the other imports; undefined where the file has the import already. */
export function importInsertion(facts: FileFacts, source: string, path: string, target: string, name: string, style: ImportStyle): Insertion | undefined {
  if (facts.bindings.some((each) => each.name === name && each.in === 0)) return undefined;
  const bare = posix.relative(posix.dirname(path), target).replace(/\.[^./]+$/, '');
  const specifier = `${bare.startsWith('.') ? '' : './'}${bare}${style.written}`;
  const quote = (source.match(/"/g)?.length ?? 0) > (source.match(/'/g)?.length ?? 0) ? '"' : "'";
  const semicolon = /;\s*$/m.test(source) || !source.trim() ? ';' : '';
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const line = style.module === 'es' ? `import { ${name} } from ${quote}${specifier}${quote}${semicolon}` : `const { ${name} } = require(${quote}${specifier}${quote})${semicolon}`;
  const after = lastImportEnd(facts, source);
  if (after !== undefined) return { at: after, to: after, text: `${newline}${line}` };
  const top = prologueEnd(source);
  return { at: top, to: top, text: `${line}${newline}` };
}

/** End of the line on which the last top-level import of the leading run ends. */
function lastImportEnd(facts: FileFacts, source: string): number | undefined {
  let end: number | undefined;
  for (const each of facts.imports) {
    if (each.value !== undefined) {
      const call = facts.values[each.value]!;
      if (each.style !== 'commonjs' || call.in !== 0) continue;
      end = Math.max(end ?? 0, lineEnd(source, call.to));
    } else {
      const module = source.indexOf(each.module, each.at);
      if (module < 0) continue;
      end = Math.max(end ?? 0, lineEnd(source, module + each.module.length));
    }
  }
  return end;
}

function lineEnd(source: string, at: number): number {
  const newline = source.indexOf('\n', at);
  if (newline < 0) return source.length;
  return source[newline - 1] === '\r' ? newline - 1 : newline;
}

/** After `#!`, leading comments and directives such as 'use strict'. */
function prologueEnd(source: string): number {
  const found = /^(?:#![^\n]*\n)?(?:\s*(?:\/\/[^\n]*\n|\/\*[\s\S]*?\*\/[^\S\n]*\n|(['"])use [a-z]+\1;?[^\S\n]*\r?\n))*/.exec(source);
  return found ? found[0].length : 0;
}
