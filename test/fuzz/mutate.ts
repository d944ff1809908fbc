/** A source of integers from 0 below a limit. */
export type Random = (limit: number) => number;

/** What is put around a piece of code, again and again. */
const AROUND: readonly (readonly [string, string])[] = [
  ['(', ')'], ['[', ']'], ['{', '}'], ['`${', '}`'], ['if (a) {', '}'], ['try {', '} finally { b(); }'], ['try {', '} catch (e) { throw e; }'], ['try { a(); } catch (e) {', '}'], ['try { if (a) return; } finally {', '}'],
  ['for (const a of b) {', '}'], ['(() => {', '})()'], ['async function f() {', '}'], ['class A { m() {', '} }'], ['a(', ')'], ['a.then(() => ', ')'], ['switch (a) { default: {', '} }'], ['!', ''], ['await ', ''], ['<A>', '</A>'],
];

/** What is written again and again behind one another. */
const AFTER: readonly string[] = [
  ' else if (a === 1) { b(); }', " + 'text'", '.then((a) => a)', ', a', '\ntry { await conn.query(q); } catch (e) { log(e); }', '\nif (a) await conn.query(q);', ' ?? a', ' ? a : b', '\ncase 1:', '\nlet a = a;', '[0]', '!', '\nconn.query(q);', '\nfunction f() { return f(); }',
];

/** Other lengths than these are met by chance; long ones are rare, for they take long. */
const TIMES = [3, 30, 300, 3000];

type Mutation = (text: string, random: Random, other: string) => string;

const MUTATIONS: Record<string, Mutation> = {
  'cut off': (text, random) => text.slice(0, random(text.length + 1)),
  'beginning cut off': (text, random) => text.slice(random(text.length + 1)),
  'piece dropped': (text, random) => withSpan(text, random, () => ''),
  'piece doubled': (text, random) => withSpan(text, random, (piece) => piece + piece),
  'two pieces swapped': (text, random) => {
    const [a, b, c] = [random(text.length + 1), random(text.length + 1), random(text.length + 1)].sort((one, other) => one - other) as [number, number, number];
    return text.slice(0, a) + text.slice(b, c) + text.slice(a, b) + text.slice(c);
  },
  'line deleted': (text, random) => withLines(text, (lines) => lines.toSpliced(random(lines.length), 1 + random(3))),
  'line doubled': (text, random) => withLines(text, (lines) => lines.toSpliced(random(lines.length), 0, lines[random(lines.length)]!)),
  'lines of another file': (text, random, other) => {
    const lines = other.split('\n');
    const from = random(lines.length);
    return withLines(text, (own) => own.toSpliced(random(own.length), 0, ...lines.slice(from, from + 1 + random(40))));
  },
  'sign put in': (text, random) => withSpan(text, random, (piece) => '(){}[]<>`\'"/\\;,.=>?!\n$#@*'[random(25)] + piece),
  'character spoiled': (text, random) => withSpan(text, random, (piece) => String.fromCharCode(random(0x10000)) + piece.slice(1)),
  'nested': (text, random) => {
    const [before, after] = AROUND[random(AROUND.length)]!;
    const times = timesOf(random);
    return withSpan(text, random, (piece) => `${before.repeat(times)}${piece}${after.repeat(times)}`);
  },
  'repeated': (text, random) => {
    const more = AFTER[random(AFTER.length)]!;
    return withSpan(text, random, (piece) => piece + more.repeat(timesOf(random)));
  },
  'function body nested': (text, random) => {
    const opening = text.indexOf('{\n', random(text.length + 1));
    const [before, after] = AROUND[4 + random(7)]!;
    const times = 2 + random(14);
    return opening < 0 ? text : `${text.slice(0, opening + 1)}${before.repeat(times)} await conn.query(q); ${after.repeat(times)}${text.slice(opening + 1)}`;
  },
};

/** One to three of the things that happen to texts: a half-written file, a bad merge, a generator gone wrong. Says what was done, for whoever looks for the cause. */
export function mutate(text: string, random: Random, other: string): { text: string; how: string } {
  const names = Object.keys(MUTATIONS);
  const how: string[] = [];
  let out = text;
  for (let count = 1 + random(3); count > 0; count--) {
    const name = names[random(names.length)]!;
    how.push(name);
    out = MUTATIONS[name]!(out, random, other);
  }
  return { text: out.slice(0, 400_000), how: how.join(', ') };
}

function timesOf(random: Random): number {
  return TIMES[Math.min(random(4), random(4))]!;
}

function withSpan(text: string, random: Random, change: (piece: string) => string): string {
  const from = random(text.length + 1);
  const to = Math.min(text.length, from + random(60));
  return text.slice(0, from) + change(text.slice(from, to)) + text.slice(to);
}

function withLines(text: string, change: (lines: string[]) => string[]): string {
  return change(text.split('\n')).join('\n');
}
