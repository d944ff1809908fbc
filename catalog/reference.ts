/** A place in the reference: the file in `catalog/reference/`, and the heading on it. */
export interface ReferencePlace {
  page: string;
  anchor: string;
}

/** Anchors of headings that differ in case alone from one before them on their page, which renderers count. */
const SECOND_OF_NAME: Readonly<Record<string, string>> = { 'bulk:InvalidXml': 'invalidxml-1' };

/**
 * Where the reference explains an entry of the catalogue. Takes any strings: a family or code without an entry gives a place that does not exist.
 * @param entry family and code; for a status the family `http` and `503` or `HTTP_503`
 */
export function referencePage({ family, code }: { family: string; code: string }): ReferencePlace {
  const page = `${family}.md`;
  return { page, anchor: SECOND_OF_NAME[`${family}:${code}`] ?? headingAnchor(family === 'http' ? code.replace(/^HTTP_/, '') : code) };
}

/** The anchor that Markdown renderers give a heading: lower-cased, without punctuation, a hyphen for each blank. */
export function headingAnchor(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
}
