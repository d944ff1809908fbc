import assert from 'node:assert/strict';
import { suppressComment } from '../../server/src/editor/suppressComment.ts';
import { TestClient } from './client.ts';
import { TestFolder } from './folder.ts';

const SWALLOWED = `import logging

from app.connection import sf


def save(rows):
    for row in rows:
        try:
            sf.Account.create(row)
        except Exception as error:
            logging.error(error)
`;

const CONNECTION = 'from simple_salesforce import Salesforce\n\nsf = Salesforce(session_id="x", instance="y")\n';

describe('language server: Python', () => {
  let client: TestClient;
  let folder: TestFolder;

  before(async () => {
    folder = await TestFolder.create({ 'requirements.txt': 'simple-salesforce==1.12.6\n', 'app/connection.py': CONNECTION, 'app/jobs.py': SWALLOWED });
    client = await TestClient.start({ folders: [folder.root] });
  });

  after(async () => {
    await client.stop();
    await folder.remove();
  });

  it('judges a document by what it imports, is silenced by a comment and offers no fix of another language', async () => {
    const file = folder.path('app/jobs.py');
    await client.open(file, SWALLOWED, 'python');
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.some(({ code }) => code === 'swallowed-failure'));
    assert.ok(found);
    const actions = await client.actions(file, found.range, [found]);
    assert.deepEqual(actions.filter(({ title }) => /retry/i.test(title)), []);
    assert.ok(actions.length > 0);
    await client.replace(file, '            sf.Account', '            # api-guard-disable-next-line swallowed-failure -- rows are checked later\n            sf.Account');
    assert.deepEqual(await client.diagnostics(file, (diagnostics) => diagnostics.length === 0), []);
  });

  it('says what happens when a call fails', async () => {
    const file = folder.path('app/other.py');
    await client.open(file, `${CONNECTION}\nsf.Account.create({})\n`, 'python');
    assert.match(await client.hoverText(file, 'create'), /simple-salesforce|record/i);
  });
});

describe('a comment before a line of Python', () => {
  const comment = (text: string, line: string): string | undefined => suppressComment(text, text.indexOf(line), 'missing-retry', 'a.py')?.newText;

  it('has the sign of the language and the indentation of the line', () => {
    assert.equal(comment('def f():\n    sf.limits()\n', 'sf.limits'), '    # api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('a = "#"\r\n\tsf.limits()\r\n', 'sf.limits'), '\t# api-guard-disable-next-line missing-retry\r\n');
    assert.equal(comment("# it's\nsf.limits()\n", 'sf.limits'), '# api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('f(\n  sf.limits())\n', 'sf.limits'), '  # api-guard-disable-next-line missing-retry\n');
  });

  it('is not put into a text of many lines or between lines that are one', () => {
    assert.equal(comment('a = """\nsf.limits()\n"""', 'sf.limits'), undefined);
    assert.equal(comment("a = f'''\n{\nsf.limits()}'''", 'sf.limits'), undefined);
    assert.equal(comment('a = 1 + \\\n  sf.limits()\n', 'sf.limits'), undefined);
    assert.equal(comment('a = """x"""\nsf.limits()\n', 'sf.limits'), '# api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('a = """\\"""\nsf.limits()"""', 'sf.limits'), undefined);
    assert.equal(comment('a = "never closed\nsf.limits()', 'sf.limits'), '# api-guard-disable-next-line missing-retry\n');
  });
});
