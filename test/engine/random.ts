/** A small generator of numbers with a fixed seed: the same run every time. @returns a function that answers an integer from 0 below `limit`. */
export function randomIntegers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return state % limit;
  };
}
