import assert from 'node:assert/strict';
import { applied, engineOf, type Files } from './applyFix.ts';

const JOB = 'from simple_salesforce import Salesforce\n\n\ndef add(sf: Salesforce, row):\n    sf.Account.create(row)\n';
const ORDERS = (namespace: string, name: string): string => `using System.Threading.Tasks;
using Salesforce.Force;

namespace ${namespace}
{
    public class ${name}
    {
        private readonly IForceClient client;

        public ${name}(IForceClient client) => this.client = client;

        public async Task Add(object order) => await client.CreateAsync("Order", order);
    }
}
`;
const READS = (packageName: string): string => `package ${packageName};

import com.sforce.soap.partner.Connector;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;

public class Reads {
    public static void main(String[] ids) throws ConnectionException {
        ConnectorConfig config = new ConnectorConfig();
        config.setSessionId(ids[0]);
        PartnerConnection connection = Connector.newConnection(config);
        for (String id : ids) {
            connection.retrieve("Id", "Account", new String[] { id });
        }
    }
}
`;

/** The files after the retry fix of one of them, and the files that it made. */
async function mended(files: Files, path: string): Promise<{ files: Files; made: string[] }> {
  const engine = await engineOf(files);
  const fix = engine.analyse(path).findings.flatMap((finding) => engine.fixes(finding)).find(({ id }) => id === 'insert-retry');
  assert.ok(fix, path);
  return { files: applied(files, fix), made: Object.keys(fix.creates) };
}

/** The helper is made once and imported from then on, as the language and the project do it. */
describe('the retry helper of other languages', () => {
  it('is a module of the package in Python, imported by dots or from the top', async () => {
    const packaged: Files = { '/w/shop/__init__.py': '', '/w/shop/jobs/__init__.py': '', '/w/shop/jobs/add.py': JOB, '/w/shop/web.py': JOB, '/w/shop/absolute.py': `import shop.jobs.add\n${JOB}` };
    const first = await mended(packaged, '/w/shop/jobs/add.py');
    assert.deepEqual(first.made, ['/w/shop/jobs/salesforce_retry.py']);
    assert.match(first.files['/w/shop/jobs/add.py']!, /^from \.salesforce_retry import with_salesforce_retry$/m);
    const second = await mended(first.files, '/w/shop/web.py');
    assert.deepEqual(second.made, []);
    assert.match(second.files['/w/shop/web.py']!, /^from \.jobs\.salesforce_retry import with_salesforce_retry$/m);
    const third = await mended(first.files, '/w/shop/absolute.py');
    assert.match(third.files['/w/shop/absolute.py']!, /^from shop\.jobs\.salesforce_retry import with_salesforce_retry$/m);
  });

  it('stands beside a script in Python', async () => {
    const { files, made } = await mended({ '/w/scripts/add.py': JOB }, '/w/scripts/add.py');
    assert.deepEqual(made, ['/w/scripts/salesforce_retry.py']);
    assert.match(files['/w/scripts/add.py']!, /^from salesforce_retry import/m);
  });

  it('is a class of the package in Java, imported elsewhere', async () => {
    const files: Files = { '/w/pom.xml': '<project></project>', '/w/src/main/java/a/Reads.java': READS('a'), '/w/src/main/java/b/Reads.java': READS('b') };
    const first = await mended(files, '/w/src/main/java/a/Reads.java');
    assert.deepEqual(first.made, ['/w/src/main/java/a/SalesforceRetry.java']);
    assert.match(first.files['/w/src/main/java/a/SalesforceRetry.java']!, /^package a;$/m);
    assert.doesNotMatch(first.files['/w/src/main/java/a/Reads.java']!, /^import .*SalesforceRetry/m);
    const second = await mended(first.files, '/w/src/main/java/b/Reads.java');
    assert.deepEqual(second.made, []);
    assert.match(second.files['/w/src/main/java/b/Reads.java']!, /^import a\.SalesforceRetry;$/m);
  });

  it('is a class of the namespace in C#, opened elsewhere', async () => {
    const files: Files = { '/w/w.csproj': '<Project />', '/w/Sync/Orders.cs': ORDERS('Acme.Sync', 'Orders'), '/w/Web/Pages.cs': ORDERS('Acme.Web', 'Pages') };
    const first = await mended(files, '/w/Sync/Orders.cs');
    assert.deepEqual(first.made, ['/w/Sync/SalesforceRetry.cs']);
    assert.match(first.files['/w/Sync/SalesforceRetry.cs']!, /^namespace Acme\.Sync$/m);
    assert.equal(first.files['/w/Sync/Orders.cs']!.match(/^using/gm)?.length, 2);
    const second = await mended(first.files, '/w/Web/Pages.cs');
    assert.deepEqual(second.made, []);
    assert.match(second.files['/w/Web/Pages.cs']!, /^using Acme\.Sync;$/m);
  });

  it('is not taken for what has its name and is something else', async () => {
    const taken = await engineOf({ '/w/add.py': JOB, '/w/salesforce_retry.py': 'TIMES = 3\n' });
    assert.deepEqual(taken.analyse('/w/add.py').findings.flatMap((finding) => taken.refusals(finding)).map(({ fix, reason }) => [fix, reason]), [['insert-retry', 'helper-taken']]);
  });
});
