import { ownerOfAddress } from './salesforceAddress.ts';

/** More texts than this for one value say nothing. */
export const MOST = 6;
/** Longer texts are no address, in UTF-16 code units. */
const LONGEST = 4000;

/** Of too many, those first that tell whose address they are. */
export function limited(texts: Iterable<string>): string[] {
  const all = [...new Set(texts)].filter((text) => text.length <= LONGEST);
  return all.length <= MOST ? all : [...all.filter(isTelling), ...all.filter((text) => !isTelling(text))].slice(0, MOST);
}

export function isTelling(text: string): boolean {
  return ownerOfAddress(text) !== 'unknown';
}

/** All texts that parts make, one after the other. */
export function joined(parts: readonly (readonly string[])[]): string[] {
  let texts = [''];
  for (const part of parts) texts = limited(texts.flatMap((text) => part.map((each) => text + each)));
  return texts;
}
