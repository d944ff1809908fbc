import type { Outline } from '../outline.ts';
import { commentBefore } from './commentBefore.ts';
import { isManifest, MANIFESTS, readManifest } from './manifests.ts';
import { sharedNames } from './sharedNames.ts';

/** C#: several files make one module, a namespace. */
export const CSHARP_OUTLINE: Outline = {
  id: 'csharp',
  extensions: ['.cs'],
  documents: { csharp: '.cs' },
  commentBefore,
  moduleSpecifiers,
  sharedNames,
  isTestFile,
  isManifest,
  manifests: MANIFESTS,
  readManifest,
};

/** `using A.B;`, `global using static A.B;`, `using C = A.B.C;`. */
function moduleSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const [, name] of text.matchAll(/^[ \t\uFEFF]*(?:global[ \t]+)?using[ \t]+(?:static[ \t]+)?(?:\w+[ \t]*=[ \t]*)?(?:global::)?([A-Za-z_][\w.]*)[ \t]*(?:<[^;\n]*)?;/gm)) found.add(name!);
  return [...found].sort();
}

/** A class of tests names the library that runs it. */
function isTestFile(path: string, text: string): boolean {
  if (/Tests?\.cs$|\.Tests?\//.test(path) || isGenerated(path, text)) return true;
  return /^[ \t]*using[ \t]+(?:Xunit|NUnit\.Framework|Microsoft\.VisualStudio\.TestTools\.UnitTesting)[ \t]*;/m.test(text);
}

/** What a tool writes from a description of an interface only declares what others call. */
function isGenerated(path: string, text: string): boolean {
  return /\.(?:g|g\.i|designer)\.cs$/i.test(path) || /<auto-?generated/i.test(text.slice(0, 2_000));
}
