import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { retryClass } from '../../server/src/fixes/insert-retry/java/retryClass.ts';
import { startSimulator } from '../../server/src/simulator/simulator.ts';
import { fixAll } from './applyFix.ts';
import { output } from './interpreter.ts';
import { ORG_FAULTS, type OrgFault } from './orgFaults.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, '.cache', `java-${process.pid}`);
const FIXES = path.join(ROOT, 'server/src/fixes');
const STAND_INS = path.join(import.meta.dirname, 'java');

const SOURCE = `import com.sforce.soap.partner.Connector;
import com.sforce.soap.partner.PartnerConnection;
import com.sforce.ws.ConnectionException;
import com.sforce.ws.ConnectorConfig;
import java.util.Arrays;

public class Job {
    static void work(PartnerConnection connection, String[] ids) throws ConnectionException {
        for (String id : ids) {
            connection.retrieve("Id, Name", "Account", new String[] { id });
        }
    }

    public static void main(String[] args) throws ConnectionException {
        ConnectorConfig config = new ConnectorConfig();
        config.setServiceEndpoint(args[0]);
        config.setSessionId(args[1]);
        work(Connector.newConnection(config), Arrays.copyOfRange(args, 2, args.length));
    }
}
`;

const HAS_JAVA = (await output('javac', ['-version'], ROOT)) !== undefined;

/** Shorter waits than a program would make. */
const quick = (text: string): string => text.replace('FIRST_DELAY = 500', 'FIRST_DELAY = 2');

/** The retry as it is inserted in Java, compiled and run; the connector is stood in for by the platform's HTTP client. */
describe('an inserted retry in Java', function () {
  this.timeout(180_000);

  if (!HAS_JAVA) {
    it('is not run: javac is not on this machine', () => undefined);
    return;
  }

  before(async () => {
    await mkdir(FOLDER, { recursive: true });
    await cp(STAND_INS, FOLDER, { recursive: true });
  });

  after(() => rm(FOLDER, { recursive: true, force: true }));

  /** Runs the class in a folder: what it complained of, and how often it asked. */
  async function outcomeOf(folder: string, fault: OrgFault | undefined): Promise<{ error: string | undefined; requests: number }> {
    const sim = await startSimulator();
    try {
      const id = sim.control.addRecord('Account', { Name: 'Target' });
      if (fault?.fault) sim.control.addFault(fault.fault('retrieve'));
      else if (fault) sim.control.expireSessions();
      sim.control.clearRequests();
      const error = await new Promise<string | undefined>((resolve) => {
        execFile('java', ['-Djdk.httpclient.redirects.retrylimit=1', '-cp', folder, 'Job', sim.instanceUrl, sim.accessToken, id], { timeout: 60_000 }, (failed, _out, complaint) => resolve(failed ? complaint.split('\n')[0] : undefined));
      });
      return { error, requests: sim.control.requests().filter(({ operation }) => operation === 'retrieve').length };
    } finally {
      await sim.close();
    }
  }

  it('survives at a read what passes by itself, and nothing else', async () => {
    const fixed = await fixAll({ '/w/Job.java': SOURCE }, '/w/Job.java');
    assert.deepEqual([fixed.applied, fixed.left], [1, []]);
    for (const [version, texts] of [['was', { 'Job.java': SOURCE }], ['is', { 'Job.java': fixed.files['/w/Job.java']!, 'SalesforceRetry.java': quick(fixed.files['/w/SalesforceRetry.java']!) }]] as const) {
      const folder = path.join(FOLDER, version);
      await mkdir(folder);
      for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text);
      await output('javac', ['-Xlint:all,-serial', '-Werror', '-sourcepath', `${folder}${path.delimiter}${FOLDER}`, '-d', folder, path.join(folder, 'Job.java')], FOLDER);
    }
    assert.deepEqual(await outcomeOf(path.join(FOLDER, 'is'), undefined), { error: undefined, requests: 1 });
    for (const fault of ORG_FAULTS) {
      const [was, is] = [await outcomeOf(path.join(FOLDER, 'was'), fault), await outcomeOf(path.join(FOLDER, 'is'), fault)];
      assert.ok(was.error, `${fault.name}: fails without a retry`);
      if (fault.curedBy === 'refusal' || fault.curedBy === 'repeatable') {
        assert.equal(is.error, undefined, `${fault.name}: is cured`);
        continue;
      }
      assert.equal(is.error, was.error, `${fault.name}: the error is the one that came`);
      assert.equal(is.requests, fault.name === 'endless locks' ? 5 : was.requests, `${fault.name}: requests`);
    }
  });

  it('is bounded, tells of each attempt and keeps the error', async () => {
    await writeFile(path.join(FOLDER, 'SalesforceRetry.java'), quick(retryClass(undefined, undefined)));
    await output('javac', ['--release', '8', '-Xlint:-options', '-d', '.', 'CheckHelper.java', 'SalesforceRetry.java'], FOLDER);
    assert.equal(await output('java', ['-cp', '.', 'CheckHelper'], FOLDER), 'well\n');
  });

  it('and the other fixes compile', async () => {
    const folder = path.join(FOLDER, 'fixtures');
    await mkdir(folder);
    const names: string[] = [];
    for (const fix of await readdir(FIXES)) {
      for (const name of await readdir(path.join(FIXES, fix, 'fixtures')).catch(() => [])) {
        if (!name.endsWith('.after.java') || name.startsWith('On')) continue;
        names.push(name.replace('.after', ''));
        await writeFile(path.join(folder, name.replace('.after', '')), await readFile(path.join(FIXES, fix, 'fixtures', name), 'utf8'));
      }
    }
    assert.ok(names.length >= 4);
    await writeFile(path.join(folder, 'SalesforceRetry.java'), retryClass('com.acme.sync', undefined));
    await output('javac', ['-sourcepath', FOLDER, '-d', path.join(folder, 'out'), ...names, 'SalesforceRetry.java'].map((each) => (each.endsWith('.java') ? path.join(folder, each) : each)), FOLDER);
  });
});
