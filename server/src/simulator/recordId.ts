const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checkAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a 15-character id: three letters more, each coding which of five characters are capitals. */
export function withChecksum(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk++) {
    let bits = 0;
    for (let index = 0; index < 5; index++) {
      const character = id15.charAt(chunk * 5 + index);
      if (character >= 'A' && character <= 'Z') bits |= 1 << index;
    }
    suffix += checkAlphabet.charAt(bits);
  }
  return id15 + suffix;
}

/** The n-th record id (18 characters) of the object with this key prefix (three characters), on one made-up instance. */
export function makeId(keyPrefix: string, number: number): string {
  let rest = number;
  let tail = '';
  for (let index = 0; index < 6; index++) {
    tail = digits.charAt(rest % 62) + tail;
    rest = Math.floor(rest / 62);
  }
  return withChecksum(`${keyPrefix}5g0000${tail}`);
}

/** The 18-character form of a record id in either length; undefined when the text is no id. */
export function normaliseId(text: string): string | undefined {
  if (!/^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/.test(text)) return undefined;
  const id = withChecksum(text.slice(0, 15));
  return text.length === 15 || text.slice(15).toUpperCase() === id.slice(15) ? id : undefined;
}
