/** Whether one word becomes another by at most `most` letters put in, taken out or replaced. */
export function isWithin(one: string, other: string, most: number): boolean {
  if (Math.abs(one.length - other.length) > most) return false;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    let least = at;
    for (let index = 1; index <= other.length; index++) {
      const cost = Math.min(row[index]! + 1, next[index - 1]! + 1, row[index - 1]! + (one[at - 1] === other[index - 1] ? 0 : 1));
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return false;
    row = next;
  }
  return row[other.length]! <= most;
}
