import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ClientError, connect, connectOld, startDemoOrg, type DemoOrg } from '../simulator/demoOrg.ts';
import { type Files, fixAll } from './applyFix.ts';
import { isCured, ORG_FAULTS, type OrgFault } from './orgFaults.ts';
import { type Shape, SHAPES } from './shapes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, '.cache', `survival-${process.pid}`);
const PAGE = path.join(ROOT, 'server/src/fixes/insert-retry/README.md');
const [BEGIN, END] = ['<!-- table of the survival test: begin -->', '<!-- table of the survival test: end -->'];

type Run = (conn: unknown, name: string, id: string, world: object) => Promise<unknown>;
/** What one run came to. */
interface Outcome {
  error?: ClientError;
  requests: number;
  /** Records of its names that are there afterwards. */
  records: number;
  /** Milliseconds that were waited between attempts. */
  waited: number;
}

/** The code that the quick fix makes, with the real client libraries, against the org simulator and every fault. */
describe('Code with inserted retry survives faults', () => {
  let org: DemoOrg;
  let token: string;
  let waited = 0;
  let clock = Date.now();
  let serial = 0;
  const modules = new Map<string, { before: Run; after: Run }>();
  const cells = new Map<string, string>();

  before(async function () {
    this.timeout(120_000);
    org = await startDemoOrg();
    token = org.sim.accessToken;
    for (const version of [3, 1] as const) {
      const folder = path.join(FOLDER, `jsforce${version}`);
      const clock_ = clockFor();
      for (const shape of shapesFor(version)) modules.set(`${version} ${shape.name}`, await prepared(folder, version, shape, clock_));
    }
  });
  after(async () => {
    await org.sim.close();
    await rm(FOLDER, { recursive: true, force: true });
  });

  function clockFor(): object {
    return {
      now: () => clock,
      wait: (delay: number) => {
        waited += delay;
        clock += delay;
        return Promise.resolve();
      },
    };
  }

  /** Writes a shape as it is and as the fix makes it, each into a folder of its own, and loads both. */
  async function prepared(folder: string, version: 1 | 3, shape: Shape, time: object): Promise<{ before: Run; after: Run }> {
    const slug = shape.name.replace(/[^A-Za-z]+/g, '-');
    const files: Files = { '/w/package.json': JSON.stringify({ type: 'module', dependencies: { jsforce: version === 1 ? '^1.11.1' : '^3.10.0' } }), [`/w/shape.${shape.extension}`]: shape.source };
    const fixed = await fixAll(files, `/w/shape.${shape.extension}`, shape.fix);
    assert.equal(fixed.applied, 1, `${shape.name} is fixed in one go`);
    assert.deepEqual(fixed.all, [], `${shape.name} has no finding left`);
    const load = async (kind: string, texts: Files): Promise<Run> => {
      const own = path.join(folder, slug, kind);
      await mkdir(own, { recursive: true });
      // Run from source, Node wants the extension that is on disk.
      const runnable = (text: string): string => text.replace('./salesforceRetry.js', './salesforceRetry.ts').replace(/(from |require\()'jsforce'/g, version === 1 ? "$1'jsforce1'" : "$1'jsforce'");
      for (const [file, text] of Object.entries(texts)) await writeFile(path.join(own, path.basename(file)), runnable(text));
      const helper = Object.keys(texts).find((each) => each.includes('salesforceRetry'));
      if (helper) Object.assign(((await import(pathToFileURL(path.join(own, path.basename(helper))).href)) as { retryDefaults: object }).retryDefaults, time);
      return ((await import(pathToFileURL(path.join(own, `shape.${shape.extension}`)).href)) as { run: Run }).run;
    };
    return { before: await load('before', files), after: await load('after', fixed.files) };
  }

  async function newToken(): Promise<string> {
    const { sim } = org;
    const conn = connect(sim, { loginUrl: sim.instanceUrl });
    await conn.login(sim.username, sim.password);
    token = conn.accessToken!;
    return token;
  }

  async function outcomeOf(run: Run, version: 1 | 3, shape: Shape, fault: OrgFault | undefined, operation: Shape['operation'] = shape.operation): Promise<Outcome> {
    const { control, instanceUrl } = org.sim;
    control.clearFaults();
    const name = `Survivor ${++serial}`;
    const id = control.addRecord('Account', { Name: ['query', 'delete'].includes(operation) ? name : `Target ${serial}` });
    const conn = (version === 1 ? connectOld : connect)(org.sim, { instanceUrl, accessToken: token });
    if (fault?.fault) control.addFault(fault.fault(operation));
    else if (fault) control.expireSessions();
    control.clearRequests();
    waited = 0;
    const error = await Promise.resolve(run(conn, name, id, { instanceUrl, newToken })).then(() => undefined, (thrown: unknown) => thrown as ClientError);
    // Where one of two calls has failed, the other is still on its way.
    if (shape.requests !== undefined) await new Promise((resolve) => setTimeout(resolve, 30));
    const requests = control.requests().filter((each) => each.operation === operation).length;
    const named = control.records('Account').filter((each) => String(each['Name']).startsWith(name)).length;
    // What is deleted has been done when it is gone.
    const records = operation === 'delete' ? 1 - named : named - (operation === 'query' ? 1 : 0);
    if (fault && !fault.fault) await newToken();
    return { requests, records, waited, ...(error === undefined ? {} : { error }) };
  }

  /** `✓` done, `✗` not done and told, `?` done and told as failed; with the number of requests. */
  function cell({ error, requests, records }: Outcome, shape: Shape): string {
    const sign = error === undefined ? '✓' : records > 0 && shape.operation !== 'query' ? '?' : '✗';
    return `${sign}${requests}`;
  }

  for (const version of [3, 1] as const) {
    describe(`with jsforce ${version}`, () => {
      for (const shape of shapesFor(version)) {
        it(shape.name, async function () {
          this.timeout(60_000);
          const { before, after } = modules.get(`${version} ${shape.name}`)!;
          const wanted = shape.requests ?? 1;
          const written = shape.operation === 'query' ? 0 : (shape.records ?? wanted);
          const sends = shape.sends ?? shape.operation;
          const smooth = await outcomeOf(after, version, shape, undefined, sends);
          assert.deepEqual(smooth, { requests: wanted, records: written, waited: 0 }, 'nothing changes where nothing fails');
          for (const fault of ORG_FAULTS) {
            const was = await outcomeOf(before, version, shape, fault);
            const is = await outcomeOf(after, version, shape, fault, sends);
            const about = `${shape.name}, ${fault.name}`;
            cells.set(`${version} ${shape.name} ${fault.name}`, `${cell(was, shape)} → ${cell(is, shape)}`);
            assert.ok(was.error, `${about}: fails without a retry`);
            assert.ok(is.records <= written, `${about}: nothing is written twice`);
            assert.ok(is.waited <= 60_000, `${about}: the time is bounded`);
            if (isCured(fault, shape)) {
              assert.equal(is.error, undefined, `${about}: is cured`);
              assert.equal(is.records, written, `${about}: nothing is lost`);
              continue;
            }
            assert.deepEqual(described(is.error), described(was.error), `${about}: the error is the one that came`);
            assert.equal(is.requests, fault.name === 'endless locks' ? 5 * (shape.fix === 'retry-function' ? 1 : wanted) : was.requests, `${about}: requests`);
            if (fault.applied !== true && wanted === 1) assert.equal(is.records, 0, `${about}: nothing is written that is told as failed`);
          }
        });
      }
    });
  }

  describe('and its page', () => {
    it('says so', async () => {
      const table = tables(cells);
      process.stdout.write(`\n${table}\n`);
      const page = await readFile(PAGE, 'utf8');
      const fresh = `${page.slice(0, page.indexOf(BEGIN) + BEGIN.length)}\n${table}\n${page.slice(page.indexOf(END))}`;
      if (process.env['API_GUARD_WRITE_PAGES']) await writeFile(PAGE, fresh);
      else assert.equal(page, fresh, 'API_GUARD_WRITE_PAGES=1 writes the table into the page');
    });
  });
});

function shapesFor(version: 1 | 3): Shape[] {
  return SHAPES.filter(({ only }) => only === undefined || only === version);
}

/** What a caller can read of an error. */
function described(error: ClientError | undefined): unknown {
  if (error === undefined) return undefined;
  return { name: error.name, message: error.message.replace(/\d{4,}/g, ''), errorCode: error.errorCode, fields: error.fields, data: error.data, code: error.code, cause: error.cause?.code };
}

function tables(cells: ReadonlyMap<string, string>): string {
  const row = (items: readonly string[]): string => `| ${items.join(' | ')} |`;
  const both = ([3, 1] as const).map((version) => [
    `### jsforce ${version}`, '', row(['shape', ...ORG_FAULTS.map(({ name }) => name)]), row(['---', ...ORG_FAULTS.map(() => '---')]),
    ...shapesFor(version).map((shape) => row([shape.name, ...ORG_FAULTS.map((fault) => cells.get(`${version} ${shape.name} ${fault.name}`) ?? '')])),
  ].join('\n'));
  return `\n${both.join('\n\n')}\n`;
}
