import assert from 'node:assert/strict';
import { suppressComment } from '../../server/src/editor/suppressComment.ts';
import { TestClient } from './client.ts';
import { TestFolder } from './folder.ts';

const SWALLOWED = `package app;

import com.sforce.soap.partner.sobject.SObject;
import com.sforce.ws.ConnectionException;
import org.slf4j.Logger;

class Jobs {
    private static Logger log;

    public static void main(String[] args) {
        for (String name : args) {
            try {
                Connections.open().create(new SObject[] {new SObject(name)});
            } catch (ConnectionException error) {
                log.error("not saved", error);
            }
        }
    }
}
`;

const CONNECTION = `package app;

import com.sforce.soap.partner.PartnerConnection;

class Connections {
    private static PartnerConnection current;

    static PartnerConnection open() {
        return current;
    }
}
`;

describe('language server: Java', () => {
  let client: TestClient;
  let folder: TestFolder;

  before(async () => {
    folder = await TestFolder.create({ 'src/main/java/app/Connections.java': CONNECTION, 'src/main/java/app/Jobs.java': SWALLOWED });
    client = await TestClient.start({ folders: [folder.root] });
  });

  after(async () => {
    await client.stop();
    await folder.remove();
  });

  it('judges a document by the classes of its package, is silenced by a comment and offers no fix of another language', async () => {
    const file = folder.path('src/main/java/app/Jobs.java');
    await client.open(file, SWALLOWED, 'java');
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.some(({ code }) => code === 'unchecked-partial-success'));
    assert.ok(found);
    const actions = await client.actions(file, found.range, [found]);
    assert.ok(actions.length > 0);
    for (const { title } of actions) assert.match(title, /^(?:Disable|Turn off|Show|Explain|Silence|Open)/i, title);
    assert.match(await client.hoverText(file, 'create'), /Web Service Connector|record/i);
    await client.replace(file, '                Connections.open', '                // api-guard-disable-next-line unchecked-partial-success -- rows are checked elsewhere\n                Connections.open');
    const left = await client.diagnostics(file, (diagnostics) => !diagnostics.some(({ code }) => code === 'unchecked-partial-success'));
    assert.ok(!left.some(({ code }) => code === 'unchecked-partial-success'));
  });
});

describe('a comment before a line of Java', () => {
  const comment = (text: string, line: string): string | undefined => suppressComment(text, text.indexOf(line), 'missing-retry', 'A.java')?.newText;

  it('has the sign of the language and the indentation of the line', () => {
    assert.equal(comment('class A {\n    int a = c.query();\n}', 'c.query'), '    // api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('String a = "/*";\r\n\tc.query();\r\n', 'c.query'), '\t// api-guard-disable-next-line missing-retry\r\n');
    assert.equal(comment("// it's /* not\nc.query();\n", 'c.query'), '// api-guard-disable-next-line missing-retry\n');
    assert.equal(comment("char a = '\"';\nc.query();\n", 'c.query'), '// api-guard-disable-next-line missing-retry\n');
  });

  it('is not put into a text block or a comment', () => {
    assert.equal(comment('String a = """\nc.query();\n""";', 'c.query'), undefined);
    assert.equal(comment('/*\nc.query();\n*/', 'c.query'), undefined);
    assert.equal(comment('/* never closed\nc.query();', 'c.query'), undefined);
    assert.equal(comment('String a = """\n\\""" x\nc.query();\n""";', 'c.query'), undefined);
    assert.equal(comment('String a = """x""";\nc.query();', 'c.query'), '// api-guard-disable-next-line missing-retry\n');
  });
});
