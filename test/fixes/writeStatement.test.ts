import assert from 'node:assert/strict';
import { bodyWrap, codeOnly, constantName, statementSlot } from '../../server/src/languages/javascript/writeStatement.ts';

describe('Statements as they are written', () => {
  it('without comments, strings, templates and patterns', () => {
    for (const [text, code] of [
      ["a('}') // }", "a(' ')     "], ['a /* { */ + b', 'a         + b'], ['x = `{${ f({ a: 1 }) }}` }', 'x = ` ${ f({ a: 1 }) } ` }'], ["x = `a${`b${1}`}'`; '}'", "x = ` ${` ${1}`} `; ' '"],
      ["a = /[/}]'/g.test('{')", "a = /     /g.test(' ')"], ['a = b / c; d = "}" / 2', 'a = b / c; d = " " / 2'], ["'it\\'s }' }", "'       ' }"], ['"open {\n}', '"      \n}'],
    ] as const) assert.equal(codeOnly(text), code);
  });

  it('keep their length and end in time, whatever the text is', () => {
    const pieces = ['`', '${', '}', '{', '/', '//', '/*', '*/', "'", '"', '\\', '\n', '\r\n', '[', ']', '(', ')', 'a', '=', ' ', '\u{1F600}', '\0'];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: random(40) }, () => pieces[random(pieces.length)]!).join('');
      const code = codeOnly(text);
      assert.equal(code.length, text.length, JSON.stringify(text));
      assert.equal(code.replace(/[^\n\r]/g, ''), text.replace(/[^\n\r]/g, ''));
      for (const at of [0, random(text.length + 1), text.length]) {
        const slot = statementSlot(text, at);
        assert.ok(slot === undefined || (slot.at >= 0 && slot.at <= text.length));
        for (const { start, end } of bodyWrap(text, at, 'a', 'b') ?? []) assert.ok(start >= 0 && start <= end && end <= text.length);
      }
    }
    const begun = Date.now();
    for (const piece of ['`${', '{', '/*', '(', "'", 'a/']) {
      codeOnly(piece.repeat(200_000));
      statementSlot(`${piece.repeat(200_000)}\n  await x()`, piece.length * 200_000 + 3);
    }
    assert.ok(Date.now() - begun < 10_000);
  });

  it('have a place before them in a block only', () => {
    const at = (text: string): string | undefined => {
      const slot = statementSlot(text, text.indexOf('await'));
      return slot && `${text.slice(0, slot.at)}|`;
    };
    for (const before of ['a();\n  ', '{\n  ', '}\n  const x = ', 'b()\n  ', "'use strict'\n  return ", 'a();\n\tthis.x = ', 'a();\n  if (', 'if (a) { b(); }\n  ', 'while (a(b)) {\n  let { c, d } = ', '']) assert.ok(at(`${before}await f()`), before);
    for (const before of ['if (a)\n  ', 'for (;;)\n  ', 'else\n  ', 'x =\n  ', 'f(\n  ', 'a ? b :\n  ', 'case 1:\n  ', '() =>\n  ', 'while (', 'if (a) ', 'a(); ', 'f(a, ', 'a && ', 'return a ? ', 'do\n  ', 'const x = a(), y = ']) assert.equal(at(`${before}await f()`), undefined, before);
  });

  it('get names that say what is in them', () => {
    const names = (...taken: string[]) => (name: string) => taken.includes(name);
    for (const [word, name] of [['getAccountRecord', 'accountRecord'], ['ERP_Id__c', 'erp_Id'], ['ID', 'id'], ['#conn', 'conn'], ['get', 'get2'], ['class', 'class2'], ['', 'value'], ['0', 'value'], ['Name', 'name2']] as const) assert.equal(constantName(word, names('get', 'name')), name);
  });
});
