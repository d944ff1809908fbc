/** Text looked at before a `case` for its `switch`, and of that `switch` itself, in characters. */
const REACH = 20_000;
const HEAD_REACH = 400;

/**
 * Whether a `case` at an offset belongs to a `switch` whose head matches: the switch is where the nearest unclosed brace opens. A brace in a string or
 * comment may mislead; then the answer is no.
 * @param head matched against the text that ends right before that brace
 */
export function isSwitchedOn(text: string, offset: number, head: RegExp): boolean {
  let depth = 0;
  for (let index = offset - 1; index >= 0 && index > offset - REACH; index--) {
    const character = text[index];
    if (character === '}') depth++;
    else if (character === '{' && depth-- === 0) return head.test(text.slice(Math.max(0, index - HEAD_REACH), index));
  }
  return false;
}
