/**
 * Module specifiers of a JavaScript or TypeScript text, found by their shape alone: nothing is parsed. One in a comment or a string may be among them; it costs a
 * look-up and nothing else. Sorted.
 */
export function moduleSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n$]+)\1/g)) found.add(match[2]!);
  return [...found].sort();
}
