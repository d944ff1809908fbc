import type { SharedNames } from '../outline.ts';

const DECLARATION = /\b(?:class|struct|interface|record|enum)\s+(?:struct\s+|class\s+)?@?([A-Za-z_]\w*)(?=([^{;]{0,400}))/g;
/** More words than this in one text are those of a generated one. */
const MOST = 20_000;

/**
 * The namespaces in which a text puts names, the types that it declares with what they extend and implement, and the words that may be names of types. By their
 * shape alone: one in a comment may be among them.
 */
export function sharedNames(text: string): SharedNames {
  const modules = [...new Set([...text.matchAll(/^[ \t\uFEFF]*namespace[ \t]+([\w.]+)/gm)].map((match) => match[1]!))];
  const declares = new Set<string>();
  const provides = new Set<string>();
  for (const match of text.matchAll(DECLARATION)) {
    declares.add(match[1]!);
    const colon = match[2]!.indexOf(':');
    if (colon < 0) continue;
    for (const [word] of match[2]!.slice(colon).matchAll(/\b[A-Z]\w*/g)) provides.add(word);
  }
  const everywhere = [...text.matchAll(/^[ \t\uFEFF]*global[ \t]+using[ \t]+(?:static[ \t]+)?([\w.]+)[ \t]*;/gm)].map((match) => match[1]!);
  const uses = new Set<string>();
  for (const [word] of text.matchAll(/\b[A-Z]\w*/g)) {
    if (uses.size >= MOST) break;
    uses.add(word);
  }
  return { modules, declares: [...declares], provides: [...provides], everywhere, uses: [...uses] };
}
