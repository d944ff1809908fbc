/** A piece of JSON inside a text. */
export interface Fragment {
  value: unknown;
  start: number;
  end: number;
}

/** A body longer than this is not looked through, in UTF-16 code units. */
const LONGEST = 262_144;
/** Members that answers with errors have; a bracket without one close behind it begins something else. */
const SIGNS = /"(?:errorCode|errorcode|ErrorCode|statusCode|exceptionCode|error|errors|message|compositeResponse|results|httpStatusCode|hasErrors|success)"\s*:/;
/** How far behind a bracket such a member stands at the latest. */
const NEAR = 400;
/** Reading stops when this many times the text's length has been looked at, so that a text full of brackets costs no more. */
const EFFORT = 4;

/** The JSON objects and lists in a text that look like answers of an API, in order, none inside another. */
export function jsonFragments(text: string): Fragment[] {
  const fragments: Fragment[] = [];
  let budget = text.length * EFFORT + LONGEST;
  for (let start = nextBracket(text, 0); start >= 0 && budget > 0; ) {
    let after = start + 1;
    if (SIGNS.test(text.slice(start, start + NEAR))) {
      const end = closingBracket(text, start, Math.min(text.length, start + LONGEST));
      budget -= (end < 0 ? LONGEST : end - start) + NEAR;
      const value = end < 0 ? undefined : parsed(text.slice(start, end));
      if (value !== undefined) {
        fragments.push({ value, start, end });
        after = end;
      }
    } else budget -= NEAR / 8;
    start = nextBracket(text, after);
  }
  return fragments;
}

function nextBracket(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x7b || character === 0x5b) return at;
  }
  return -1;
}

/** The offset behind the bracket that closes the one at `start`; -1 where there is none before `limit`. */
function closingBracket(text: string, start: number, limit: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < limit; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
