import type { ModulePlaces, Outline } from '../outline.ts';
import { commentBefore } from './commentBefore.ts';
import { isManifest, MANIFESTS, readManifest } from './manifests.ts';

/** Python 3; what Python 2 wrote otherwise is read as far as the grammar does. */
export const PYTHON_OUTLINE: Outline = {
  id: 'python',
  extensions: ['.py'],
  documents: { python: '.py' },
  commentBefore,
  moduleSpecifiers,
  placesOf,
  isIndex: (path) => path.endsWith('/__init__.py'),
  isTestFile: (path) => /(?:^|\/)(?:test_[^/]*|[^/]*_tests?|conftest|tests?)\.py$/i.test(path),
  isManifest,
  manifests: MANIFESTS,
  readManifest,
};

/**
 * `import a.b, c as d` and `from .a import (b, c)`. What is imported from a module may be a module itself, so it stands among them.
 */
function moduleSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*(\(?)([^\n#]*)/gm)) {
    const [, module, open, rest] = match;
    if (!module) continue;
    found.add(module);
    const names = open ? listAt(text, text.indexOf('(', match.index) + 1) : rest!;
    for (const [name] of names.matchAll(/(?<!\bas\s+)\b(?!as\b)[A-Za-z_]\w*/g)) found.add(module.endsWith('.') ? module + name : `${module}.${name}`);
  }
  for (const [, list] of text.matchAll(/^[ \t]*import[ \t]+([\w., \t]+)/gm)) for (const each of list!.split(',')) if (/^\s*[\w.]+/.test(each)) found.add(/[\w.]+/.exec(each)![0]);
  return [...found].sort();
}

/** A list of names up to its closing parenthesis, if it is no longer than such lists are. */
function listAt(text: string, at: number): string {
  const piece = text.slice(at, at + 4_000);
  const close = piece.indexOf(')');
  return close < 0 ? '' : piece.slice(0, close).replace(/#[^\n]*/g, '');
}

/** `.a.b` is `a/b.py` or the package `a/b` beside the file; each further dot is a folder up. Other names begin in a folder of the search path. */
function placesOf(specifier: string): ModulePlaces {
  const [, dots, name] = /^(\.*)(.*)$/.exec(specifier)!;
  const path = name!.replaceAll('.', '/');
  const paths = path ? [`${path}.py`, `${path}/__init__.py`] : ['__init__.py'];
  return dots ? { up: dots.length - 1, paths } : { paths: [...paths, ...paths.map((each) => `src/${each}`)] };
}
