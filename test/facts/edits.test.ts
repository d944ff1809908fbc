import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { languageOf } from '../../server/src/languages/index.ts';
import { Parsers } from '../../server/src/languages/parsers.ts';
import { fixtureFiles } from '../engine/allFixtures.ts';
import { randomIntegers } from '../engine/random.ts';
import { WASM } from '../fixtures/analyse.ts';

const CODE = `import { Connection } from 'jsforce';
import * as helpers from './helpers';
let last;
/** @param {Connection} conn @returns {number} */
export function count(conn) {
  last = conn;
  const total = \`\${conn.total} of all\`;
  return conn.query('SELECT Id FROM Account').then((found) => { seen = found; return total; });
}
export class Store extends helpers.Base {
  size = 0;
  find = async (id: string) => this.conn.sobject('Account').retrieve(id);
  constructor(private readonly conn: Connection, rest = () => last) { super(rest); }
  /** Nothing but a getter. */
  @memo() get all() { return require('./all').of(this.conn); }
  static async save(rows: Row[]): Promise<void> {
    for (const row of rows) {
      try { await conn.create(row); } catch (error) { if (isLock(error)) throw error; function inner() { return row; } } finally { last = rows.map((each) => { return each.id; }); }
    }
  }
}
const isLock = (error: any) => error.code === 'UNABLE_TO_LOCK_ROW';
module.exports.wrap = function (make) {
  var made = class { run() { return make(made, isLock); } };
  return () => { interface Row { id: string } while (made) { for (const x of last) yes(x); } };
};
setTimeout(() => { later = () => count(last); }, 10);
`;

/** By what is edited, the words that are replaced and what stands there then. */
const EDITS: Record<string, readonly [string, string]> = {
  'a value in a body': ["'UNABLE_TO_LOCK_ROW'", "'OTHER'"],
  'more in a body': ['last = conn;', 'last = conn; const more = [1, 2].map((each) => each + 1);'],
  'a signature': ['rows: Row[]', 'rows: Account[], strict = false'],
  'the head of a class': ['extends helpers.Base', 'extends Other'],
  'an import': ["import * as helpers from './helpers';", "import { first, second } from './helpers';"],
  'a name that others use': ['let last;', 'let first;'],
  'a name that nothing declared': ['seen = found', 'unseen = found'],
  'the very beginning': ["import { Connection } from 'jsforce';", "\n\nimport { Connection } from 'jsforce';"],
  'the very end': ['}, 10);\n', '}, 10);\nfunction end() { return last; }'],
  'a comment before a function': ['@param {Connection} conn', '@param {Session} conn'],
  'a comment far from any': ['let last;', '// Remember.\nlet last;'],
  'a template': ['${conn.total} of all', '${conn.total} of ${conn.all}'],
  'a template that goes on': ['of all`', 'of all'],
  'a brace': ['async save(rows: Row[]): Promise<void> {', 'async save(rows: Row[]): Promise<void> {{'],
  'the ends of lines': ['\n', '\r\n'],
  'a decorator': ['@memo() get all', '@other() get all'],
  'a parameter that is a field': ['private readonly conn', 'public conn'],
  'a word that makes an arrow async': ['find = async (id', 'find = (id'],
  'where a function stands': ['const isLock', 'const other = () => { return 1; };\nconst isLock'],
};

/** One stroke of a key, a line that comes or goes, half of it broken. */
function typed(text: string, first: string, random: (limit: number) => number): string {
  const lines = text.split('\n');
  const line = random(lines.length);
  const at = random(text.length + 1);
  switch (random(9)) {
    case 0:
      return first;
    case 1:
      return lines.toSpliced(line, 0, lines[random(lines.length)]!).join('\n');
    case 2:
      return lines.toSpliced(line, 1).join('\n');
    case 3:
      return `${text.slice(0, at)}a${text.slice(at)}`;
    case 4:
      return text.slice(0, at) + text.slice(at + 1);
    case 5:
      return lines.toSpliced(line, 0, 'last = () => { \u{1f4be} = last; };').join('\n');
    case 6:
      return lines.toSpliced(line, 0, '/** @param {Connection} conn */').join('\n');
    case 7:
      return `import { conn } from './conn';\n${text}`;
    default:
      return lines.toSpliced(line, 0, 'const later = `${1}`;').join('\n');
  }
}

describe('the facts of a file that is edited', function () {
  this.timeout(60_000);
  const lower = (parsers: Parsers, name: string, text: string): ReturnType<Parsers['lower']> => parsers.lower(languageOf(name)!, name, text);

  for (const [what, [words, others]] of Object.entries(EDITS)) {
    it(`are those of the text that it has become: ${what}`, async () => {
      assert.ok(CODE.includes(words), 'the words are there');
      const parsers = new Parsers(WASM);
      const edited = CODE.replaceAll(words, others);
      // There and back, twice: the first time nothing is kept yet.
      for (const text of [CODE, edited, CODE, edited, `${edited} `, CODE]) assert.deepEqual(await lower(parsers, 'edited.ts', text), await lower(new Parsers(WASM), 'edited.ts', text));
    });
  }

  it('are those of the text that it has become, whatever is typed', async () => {
    const random = randomIntegers(11);
    const files = fixtureFiles().filter(({ name }) => languageOf(name));
    assert.ok(files.length > 200, 'there is something to type in');
    const before = new Parsers(WASM);
    for (const { name, text: first } of [{ name: 'edited.ts', text: CODE }, { name: 'edited.js', text: CODE.replaceAll('\n', '\r\n') }, ...files.filter((_, index) => index % 9 === 0)]) {
      let text = first;
      for (let step = 0; step < 15; step++) {
        text = typed(text, first, random);
        assert.deepEqual(await lower(before, name, text), await lower(new Parsers(WASM), name, text), `${name} after ${step + 1} edits`);
      }
    }
    assert.ok(before.functionsLoweredAgain > 0);
  });

  it('are taken over but for the function that was edited', async () => {
    const parsers = new Parsers(WASM);
    const text = (note: string): string => Array.from({ length: 200 }, (_, id) => `export async function save${id}(conn, rows) {\n  const note = ${id === 100 ? note : "''"};\n  return rows.map((row) => conn.sobject('Account').create({ ...row, note }));\n}`).join('\n');
    const counts: number[] = [];
    for (const note of ["'a'", "'ab'", "'abc'", "'abcd'", "f('abcd')", "f('abcd', 3)", '[note]', "''"]) {
      const lowered = parsers.functionsLoweredAgain;
      await lower(parsers, 'large.js', text(note));
      counts.push(parsers.functionsLoweredAgain - lowered);
    }
    const [first, second, ...others] = counts;
    assert.deepEqual([first, second], [0, 400], 'a file that is read once keeps nothing, and what is read again is read as a whole once');
    // The function itself, the one in it, and the next, before which the edit stands. How much of a tree the parser builds anew is the parser's business.
    assert.ok(others.filter((each) => each === 4).length >= others.length / 2, `${others.join(', ')} functions`);
    assert.ok(others.every((each) => each <= 200), `${others.join(', ')} functions`);
  });

  it('keep nothing of the texts before the last fifty, and little of those', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const parsers = new Parsers(WASM);
    const text = (at: number): string => Array.from({ length: 200 }, (_, id) => `export async function save${id}(conn, rows) {\n  const note = ${id === at ? `'edit ${at}'` : "''"};\n  return rows.map((row) => conn.sobject('Account').create({ ...row, note }));\n}`).join('\n');
    const used: number[] = [];
    for (let edit = 0; edit < 40; edit++) {
      await lower(parsers, 'large.js', text(edit * 5));
      if (edit % 35 !== 4) continue;
      collect();
      used.push(process.memoryUsage().heapUsed / 2 ** 20);
    }
    const [first, last] = used;
    assert.ok(last! - first! < 10, `${first} MiB, then ${last} MiB`);
  });
});
