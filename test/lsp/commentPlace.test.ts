import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { commentPlace } from '../../server/src/editor/commentPlace.ts';
import { suppressComment } from '../../server/src/editor/suppressComment.ts';

/** The tree of a text without positions: what a comment must not change. */
function shape(text: string, file: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  const parts: string[] = [];
  const visit = (node: ts.Node): void => {
    // An empty element child with nothing but a comment is what a comment in an element is.
    if (ts.isJsxExpression(node) && !node.expression) return;
    if (ts.isJsxText(node)) {
      if (node.text.trim() !== '') parts.push(node.text.trim().replace(/\s+/g, ' '));
      return;
    }
    parts.push(ts.SyntaxKind[node.kind], ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : '');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return parts.join(' ');
}

const TSX = `import React from 'react';
const pattern = /[/"'\`]{2}/g, half = total / 2 / 3;
const generic = <T,>(value: T) => value;
const other = <T extends object>(value: T) => value;
/* a comment
   of two lines */
export function List({ items, name }: Props) {
  const query = \`
    SELECT Id
    FROM Account WHERE Name = '\${
      escape(name)
    }'
  \`;
  if (items.length < 3 && name > 'a') return null;
  return (
    <div
      className="a
 b"
      onClick={async () => {
        await conn.sobject('Account').create({ name });
      }}
    >
      Don't {name} // not a comment
      {items.map((item) => (
        <Item key={item.id} {...item}>
          text \`with\` "signs" / and
        </Item>
      ))}
      <>
        <br />
        {conn.query(query)}
      </>
    </div>
  );
}
const text = 'a \\
b';
type Pair = Map<string, Array<number>>;
const done = <Item />;
call(a < b, c > d);
`;

describe('place of a comment', () => {
  const check = (text: string, file: string): { code: number; jsx: number; none: number } => {
    const before = shape(text, file);
    const counts = { code: 0, jsx: 0, none: 0 };
    let lineStart = 0;
    for (const line of text.split('\n')) {
      const edit = suppressComment(text, lineStart + line.length, 'floating-call', file);
      if (!edit) counts.none++;
      else {
        counts[edit.newText.includes('{/*') ? 'jsx' : 'code']++;
        assert.equal(edit.start, lineStart);
        const after = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
        assert.equal(shape(after, file), before, `a comment before line "${line}" of ${file} changes the program`);
      }
      lineStart += line.length + 1;
    }
    return counts;
  };

  it('never changes a program with elements, templates and regular expressions, wherever the comment goes', () => {
    const counts = check(TSX, 'list.tsx');
    assert.ok(counts.jsx >= 9, `in elements: ${counts.jsx}`);
    assert.equal(counts.none, 6);
  });

  it('never changes the sources of this project', async () => {
    for (const file of ['editor/commentPlace.ts', 'editor/comparedStatus.ts', 'engine/workspace.ts', 'languages/javascript/expressions.ts']) {
      const source = path.resolve(import.meta.dirname, '../../server/src', file);
      const text = await readFile(source, 'utf8');
      const counts = check(text, source);
      assert.ok(counts.code > counts.none * 10, `${file}: ${JSON.stringify(counts)}`);
    }
  });

  it('keeps indentation and line ending', () => {
    const text = 'async function f() {\r\n\tawait conn.query(q);\r\n}\r\n';
    assert.deepEqual(suppressComment(text, text.indexOf('query'), 'swallowed-failure', 'a.js'), {
      start: 22, end: 22, newText: '\t// api-guard-disable-next-line swallowed-failure\r\n',
    });
    assert.equal(suppressComment('conn.query(q)', 5, 'floating-call', 'a.js')?.newText, '// api-guard-disable-next-line floating-call\n');
  });

  it('answers for broken code and any offset', () => {
    for (const text of ['', '`', '`${', '<', '<a', '<a b="', '/', '/*', '//', "'", '}}}}', '<a>{', '</a>', '\\', '`${`${`', '<T,']) {
      for (let offset = 0; offset <= text.length + 1; offset++) assert.ok(['code', 'jsx-text', 'none'].includes(commentPlace(text, offset, true)), text);
    }
  });
});
