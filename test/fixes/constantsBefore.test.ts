import assert from 'node:assert/strict';
import { constantName } from '../../server/src/languages/javascript/writeStatement.ts';
import { engineOf } from './applyFix.ts';

/** A file in which a create stands behind some text; `NEXT()` has an effect. */
const fileWith = (before: string, after = ''): string => `import { Connection } from 'jsforce';\nexport async function f(c: Connection, x: any, a: boolean, g: (...more: unknown[]) => any, NEXT: () => string) {\n${before}await c.create('Account', { Name: NEXT() })${after}\n}\n`;

async function isOffered(text: string): Promise<boolean> {
  const engine = await engineOf({ '/w/package.json': JSON.stringify({ dependencies: { jsforce: '^3.10.0' } }), '/w/a.ts': text });
  const findings = engine.analyse('/w/a.ts').findings.filter(({ fixes }) => fixes.includes('insert-retry'));
  assert.equal(findings.length, 1, text);
  return engine.fixes(findings[0]!).some(({ id }) => id === 'insert-retry');
}

describe('Constants before a statement', () => {
  for (const [before, after] of [
    ['  g();\n  '], ['  const y = '], ["  'use strict';\n  return "], ['  x.y = '], ['  if (', ') return 1;'], ['  if (a) { g(); }\n  '], ['  if (g(a)) {\n  let { d, e } = ', '\n  }'], ['  const y = /[/}]\'/g.test(`}`)\n  '],
    ['  if (a) return /* ( */\n  '], ['  switch (x) {\n  case 1:\n    ', ';\n    break;\n  }'],
  ] as const) {
    it(`can stand after ${JSON.stringify(before)}`, async () => assert.equal(await isOffered(fileWith(before, after)), true));
  }

  for (const [before, after] of [
    ['  if (a)\n  '], ['  for (;;)\n  '], ['  if (a) g(); else\n  '], ['  g(g(), ', ')'], ['  return a ? ', ' : 0'], ['  do\n  ', '\n  while (a)'], ['  while (', ') g()'], ['  if (a) '], ['  g(); '], ['  return a && '], ['  const y = g(), z = '],
    ['  const y = async () => ', ';\n  await y()'], ['  if (a) g(); else if (', ') g()'], ['  for (const y of [', ']) g()'],
  ] as const) {
    it(`cannot stand after ${JSON.stringify(before)}`, async () => assert.equal(await isOffered(fileWith(before, after)), false));
  }

  it('have names that say what is in them', () => {
    const taken = (name: string): boolean => name === 'get' || name === 'name';
    for (const [word, name] of [['getAccountRecord', 'accountRecord'], ['ERP_Id__c', 'erp_Id'], ['ID', 'id'], ['#conn', 'conn'], ['get', 'get2'], ['class', 'class2'], ['', 'value'], ['0', 'value'], ['Name', 'name2']] as const) assert.equal(constantName(word, taken), name);
  });

  it('meet broken text without harm', async () => {
    const pieces = ['`', '${', '}', '{', '/', '//', '/*', "'", '(', ')', 'await c.create("Account", { Name: NEXT() })', 'if (', '=>', 'const x = ', ';', '\n'];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let round = 0; round < 60; round++) {
      const text = fileWith(Array.from({ length: random(8) }, () => pieces[random(pieces.length)]!).join(' '), Array.from({ length: random(8) }, () => pieces[random(pieces.length)]!).join(' '));
      const engine = await engineOf({ '/w/package.json': JSON.stringify({ dependencies: { jsforce: '^3.10.0' } }), '/w/a.ts': text });
      for (const fix of engine.analyse('/w/a.ts').findings.flatMap((each) => engine.fixes(each))) {
        for (const { start, end } of Object.values(fix.edits).flat()) assert.ok(start >= 0 && start <= end && end <= text.length);
      }
    }
  });
});
