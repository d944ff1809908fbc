import assert from 'node:assert/strict';
import { suppressComment } from '../../server/src/editor/suppressComment.ts';
import { TestClient } from './client.ts';
import { TestFolder } from './folder.ts';

const SESSION = `using Salesforce.Force;

namespace Acme.Crm
{
    public class Session
    {
        public IForceClient Client { get; } = new ForceClient("https://acme.my.salesforce.com", "token", "v60.0");
    }
}
`;

const SWALLOWED = `using System;
using System.Threading.Tasks;
using Acme.Crm;
using Microsoft.Extensions.Logging;

namespace Acme.Sync
{
    public class Orders
    {
        private readonly Session session;
        private readonly ILogger<Orders> logger;

        public Orders(Session session, ILogger<Orders> logger)
        {
            this.session = session;
            this.logger = logger;
        }

        public async Task SaveAsync(object order)
        {
            try
            {
                await session.Client.CreateAsync("Order", order);
            }
            catch (Exception error)
            {
                logger.LogError(error, "not saved");
            }
        }
    }
}
`;

const PROJECT = '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="DeveloperForce.Force" Version="2.1.0" /></ItemGroup></Project>\n';

describe('language server: C#', () => {
  let client: TestClient;
  let folder: TestFolder;

  before(async () => {
    folder = await TestFolder.create({ 'Acme.csproj': PROJECT, 'Crm/Session.cs': SESSION, 'Sync/Orders.cs': SWALLOWED });
    client = await TestClient.start({ folders: [folder.root] });
  });

  after(async () => {
    await client.stop();
    await folder.remove();
  });

  it('judges a document by the namespaces that it opens, is silenced by a comment and offers no fix of another language', async () => {
    const file = folder.path('Sync/Orders.cs');
    await client.open(file, SWALLOWED, 'csharp');
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.some(({ code }) => code === 'swallowed-failure'));
    assert.ok(found);
    const actions = await client.actions(file, found.range, [found]);
    assert.deepEqual(actions.filter(({ title }) => /retry/i.test(title)), []);
    assert.ok(actions.length > 0);
    await client.replace(file, '                await session', '                // api-guard-disable-next-line swallowed-failure -- orders are checked later\n                await session');
    assert.deepEqual(await client.diagnostics(file, (diagnostics) => diagnostics.length === 0), []);
  });

  it('says what happens when a call fails', async () => {
    const file = folder.path('Sync/Other.cs');
    await client.open(file, 'using Salesforce.Force;\nclass Other { void Save(IForceClient crm) { crm.CreateAsync("Order", this).Wait(); } }\n', 'csharp');
    assert.match(await client.hoverText(file, 'CreateAsync'), /Force\.com Toolkit|record/i);
  });
});

describe('a comment before a line of C#', () => {
  const comment = (text: string, line: string): string | undefined => suppressComment(text, text.indexOf(line), 'missing-retry', 'A.cs')?.newText;

  it('has the sign of the language and the indentation of the line', () => {
    assert.equal(comment('void F()\n{\n    crm.Save();\n}\n', 'crm.Save'), '    // api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('var a = "/*";\r\n\tcrm.Save();\r\n', 'crm.Save'), '\t// api-guard-disable-next-line missing-retry\r\n');
    assert.equal(comment("// it's\nvar quote = '\"';\ncrm.Save();\n", 'crm.Save'), '// api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('var a = @"C:\\";\ncrm.Save();\n', 'crm.Save'), '// api-guard-disable-next-line missing-retry\n');
  });

  it('is not put into a text or a comment of many lines', () => {
    assert.equal(comment('var a = @"\ncrm.Save();\n";', 'crm.Save'), undefined);
    assert.equal(comment('var a = $@"""\ncrm.Save();";', 'crm.Save'), undefined);
    assert.equal(comment('var a = """\ncrm.Save();\n""";', 'crm.Save'), undefined);
    assert.equal(comment('/*\ncrm.Save();\n*/', 'crm.Save'), undefined);
    assert.equal(comment('/* never closed\ncrm.Save();', 'crm.Save'), undefined);
    assert.equal(comment('var a = """x""";\ncrm.Save();\n', 'crm.Save'), '// api-guard-disable-next-line missing-retry\n');
    assert.equal(comment('var a = "never closed\ncrm.Save();', 'crm.Save'), '// api-guard-disable-next-line missing-retry\n');
  });
});
