import type { ModulePlaces, Outline } from '../outline.ts';
import { commentBefore } from './commentBefore.ts';
import { isManifest, MANIFESTS, readManifest } from './manifests.ts';
import { isPlatformClass } from './platform.ts';

/** Java. */
export const JAVA_OUTLINE: Outline = {
  id: 'java',
  extensions: ['.java'],
  documents: { java: '.java' },
  commentBefore,
  moduleSpecifiers,
  placesOf,
  isTestFile: (path) => !/\/src\/main\//.test(path) && (/(?:^|\/)(?:Test[A-Z]\w*|\w*(?:Tests?|IT|TestCase))\.java$/.test(path) || /\/(?:src\/)?(?:test|tests|it|androidTest|integrationTest|testFixtures)\/(?:.*\/)?[^/]*\.java$/.test(path)),
  isManifest,
  manifests: MANIFESTS,
  readManifest,
};

/** Packages of the platform, in which no file of a workspace stands. */
const PLATFORM = /^(?:java|javax|jdk|sun)\./;

/**
 * `import a.b.C;`, `import static a.b.C.name;`, `import a.b.*;`. A word like a class's may mean one of the file's own package, or of a package whose classes
 * can all be named, so these stand among them.
 */
function moduleSpecifiers(text: string): string[] {
  const found = new Set<string>();
  const open = new Set<string>();
  const own = /^[ \t]*package[ \t]+([\w.]+)[ \t]*;/m.exec(text)?.[1];
  if (own !== undefined) open.add(own);
  const imported = new Set<string>();
  for (const [, isStatic, name, all] of text.matchAll(/^[ \t]*import[ \t]+(static[ \t]+)?([\w.]+?)(\.\*)?[ \t]*;/gm)) {
    found.add(name!);
    imported.add(name!.slice(name!.lastIndexOf('.') + 1));
    if (isStatic !== undefined) found.add(name!.slice(0, Math.max(0, name!.lastIndexOf('.'))));
    else if (all !== undefined && !PLATFORM.test(name!)) open.add(name!);
  }
  for (const [word] of text.matchAll(/\b[A-Z]\w*\b/g)) {
    if (imported.has(word) || isPlatformClass(word)) continue;
    if (own === undefined) found.add(word);
    for (const each of open) found.add(`${each}.${word}`);
  }
  for (const [name] of text.matchAll(/\b[a-z]\w*(?:\.[a-z]\w*)+\.[A-Z]\w*\b/g)) found.add(name);
  found.delete('');
  return [...found].sort();
}

/** `a.b.C` is the file `a/b/C.java` below a source folder, of whatever part of the project. */
function placesOf(specifier: string): ModulePlaces {
  return { anywhere: true, paths: specifier === '' ? [] : [`${specifier.replaceAll('.', '/')}.java`] };
}
