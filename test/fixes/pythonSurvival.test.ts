import assert from 'node:assert/strict';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { retryModule } from '../../server/src/fixes/insert-retry/python/retryModule.ts';
import { startSimulator } from '../../server/src/simulator/simulator.ts';
import { fixAll } from './applyFix.ts';
import { output } from './interpreter.ts';
import { ORG_FAULTS, type OrgFault } from './orgFaults.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, '.cache', `python-${process.pid}`);
const HELPERS = path.join(import.meta.dirname, 'python');

const SHAPES = [
  { name: 'create', operation: 'create', call: 'sf.Account.create({"Name": name})' },
  { name: 'update by Id', operation: 'update', call: 'sf.Account.update(key, {"Name": name})' },
] as const;

const HAS_PYTHON = (await output('python3', ['--version'], ROOT)) !== undefined;
const HAS_TENACITY = HAS_PYTHON && (await output('python3', ['-c', 'import tenacity'], ROOT).then(() => true, () => false));

interface Outcome {
  error: { type: string; text: string } | null;
  waits: number[];
  requests: number;
  records: number;
}

/** The retry as it is inserted in Python, run by the interpreter of this machine; simple-salesforce is stood in for by the standard library's HTTP client. */
describe('an inserted retry in Python', function () {
  this.timeout(120_000);

  if (!HAS_PYTHON) {
    it('is not run: python3 is not on this machine', () => undefined);
    return;
  }

  before(async () => {
    await mkdir(FOLDER, { recursive: true });
    for (const name of ['simple_salesforce.py', 'run.py', 'check_helper.py']) await copyFile(path.join(HELPERS, name), path.join(FOLDER, name));
  });

  after(() => rm(FOLDER, { recursive: true, force: true }));

  async function outcomeOf(module: string, operation: 'create' | 'update', fault: OrgFault | undefined): Promise<Outcome> {
    const sim = await startSimulator();
    try {
      const key = sim.control.addRecord('Account', { Name: 'Target' });
      if (fault?.fault) sim.control.addFault(fault.fault(operation));
      else if (fault) sim.control.expireSessions();
      sim.control.clearRequests();
      const printed = await output('python3', ['run.py', module, sim.instanceUrl, sim.accessToken, 'Survivor', key], FOLDER);
      const requests = sim.control.requests().filter((each) => each.operation === operation).length;
      const records = sim.control.records('Account').filter(({ Name }) => Name === 'Survivor').length;
      return { ...(JSON.parse(printed!) as Pick<Outcome, 'error' | 'waits'>), requests, records };
    } finally {
      await sim.close();
    }
  }

  for (const { name, operation, call } of SHAPES) {
    it(`survives at a ${name} what passes by itself, and nothing else`, async () => {
      const source = `from simple_salesforce import Salesforce\n\n\ndef work(sf: Salesforce, name, key):\n    return ${call}\n`;
      const fixed = await fixAll({ '/w/requirements.txt': 'simple-salesforce==1.12.6\n', '/w/job.py': source }, '/w/job.py');
      assert.deepEqual([fixed.applied, fixed.left], [1, []]);
      await writeFile(path.join(FOLDER, 'job_before.py'), source);
      await writeFile(path.join(FOLDER, 'job_after.py'), fixed.files['/w/job.py']!);
      await writeFile(path.join(FOLDER, 'salesforce_retry.py'), fixed.files['/w/salesforce_retry.py']!);
      assert.deepEqual(await outcomeOf('job_after', operation, undefined), { error: null, waits: [], requests: 1, records: 1 });
      for (const fault of ORG_FAULTS) {
        const [was, is] = [await outcomeOf('job_before', operation, fault), await outcomeOf('job_after', operation, fault)];
        assert.ok(was.error, `${fault.name}: fails without a retry`);
        assert.ok(is.records <= 1, `${fault.name}: nothing is written twice`);
        if (fault.curedBy === 'refusal' || (fault.curedBy === 'repeatable' && operation === 'update')) {
          assert.deepEqual([is.error, is.records], [null, 1], `${fault.name}: is cured`);
          continue;
        }
        assert.deepEqual(is.error, was.error, `${fault.name}: the error is the one that came`);
        assert.equal(is.requests, fault.name === 'endless locks' ? 5 : was.requests, `${fault.name}: requests`);
        assert.ok(is.waits.reduce((sum, each) => sum + each, 0) <= 60, `${fault.name}: the time is bounded`);
      }
    });
  }

  for (const tenacity of [false, true]) {
    if (tenacity && !HAS_TENACITY) {
      it('is not run on tenacity: python3 does not have it', () => undefined);
      continue;
    }
    it(`is bounded, tells of each attempt and keeps the error${tenacity ? ', on tenacity' : ''}`, async () => {
      await writeFile(path.join(FOLDER, 'salesforce_retry.py'), retryModule(tenacity));
      assert.equal(await output('python3', ['check_helper.py'], FOLDER), 'well\n');
    });
  }
});
