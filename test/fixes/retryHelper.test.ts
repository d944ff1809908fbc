import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import type { RetryPackage } from '../../server/src/fixes/insert-retry/helperLoops.ts';
import { type HelperForm, retryHelper } from '../../server/src/fixes/insert-retry/retryHelper.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, '.cache', `helpers-${process.pid}`);

interface Options {
  repeatable?: boolean;
  attempts?: number;
  totalTime?: number;
  signal?: AbortSignal;
  renewSession?: () => Promise<unknown>;
  onRetry?: (error: unknown, attempt: number, delay: number) => void;
}
interface Helper {
  withSalesforceRetry<T>(request: () => PromiseLike<T>, options?: Options): Promise<T>;
  retryDefaults: { firstDelay: number; longestDelay: number; now: () => number; random: () => number; wait: (delay: number, signal?: AbortSignal) => Promise<void> };
}

const LIBRARIES: (RetryPackage | undefined)[] = [undefined, 'p-retry', 'async-retry', 'exponential-backoff', 'cockatiel'];
/** Every way in which the file is written. The one in CommonJS of p-retry is for its version 4, which is not here. */
const FORMS: (HelperForm & { name: string; file: string })[] = LIBRARIES.flatMap((library) => [
  { name: `${library ?? 'no library'}, TypeScript`, file: `${library ?? 'own'}.ts`, typed: true, module: 'es' as const, library },
  { name: `${library ?? 'no library'}, ES module`, file: `${library ?? 'own'}.mjs`, typed: false, module: 'es' as const, library },
  ...(library === 'p-retry' ? [] : [{ name: `${library ?? 'no library'}, CommonJS`, file: `${library ?? 'own'}.cjs`, typed: false, module: 'commonjs' as const, library }]),
]);

const failure = (members: object): Error => Object.assign(new Error('failed'), members);
const LOCK = { errorCode: 'UNABLE_TO_LOCK_ROW' };

describe('Retry helper', () => {
  before(async () => {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(path.join(FOLDER, 'package.json'), '{"type":"module"}');
    for (const form of FORMS) await writeFile(path.join(FOLDER, form.file), retryHelper(form));
  });
  after(() => rm(FOLDER, { recursive: true, force: true }));

  it('compiles as strictly as TypeScript can, JavaScript by its comments', function () {
    this.timeout(60_000);
    const program = ts.createProgram(FORMS.map(({ file }) => path.join(FOLDER, file)), {
      strict: true, noEmit: true, skipLibCheck: true, allowJs: true, checkJs: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true,
      noImplicitReturns: true, noPropertyAccessFromIndexSignature: true, verbatimModuleSyntax: true, isolatedModules: true, erasableSyntaxOnly: true,
      target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ['node'],
    });
    assert.deepEqual(ts.getPreEmitDiagnostics(program).map((each) => `${path.basename(each.file?.fileName ?? '')} ${ts.flattenDiagnosticMessageText(each.messageText, '\n')}`), []);
  });

  it('compiles for compilers and runtimes of old', function () {
    this.timeout(60_000);
    const program = ts.createProgram([path.join(FOLDER, 'own.ts')], {
      noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2017, lib: ['lib.es2017.d.ts'], module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, ignoreDeprecations: '6.0', types: ['node'],
    });
    assert.deepEqual(ts.getPreEmitDiagnostics(program).map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n')), []);
  });

  it('passes the linters’ recommended rules', async function () {
    this.timeout(60_000);
    const lint = new ESLint({
      cwd: FOLDER, overrideConfigFile: true,
      overrideConfig: [
        ...tseslint.configs.recommended.map((each) => ({ ...each, files: ['**/*.ts', '**/*.mjs'] })),
        { rules: { 'no-unused-vars': 'off', 'eqeqeq': 'error', 'prefer-const': 'error', 'no-var': 'error', 'no-throw-literal': 'error', 'no-unsafe-finally': 'error', 'no-useless-catch': 'error', 'no-undef-init': 'error', 'consistent-return': 'error', 'no-shadow': 'error' } },
      ] as ESLint.ConfigData[] as never,
    });
    const results = await lint.lintFiles(FORMS.map(({ file }) => file));
    assert.equal(results.length, FORMS.length);
    assert.deepEqual(results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message }) => `${path.basename(filePath)}:${line} ${ruleId} ${message}`)), []);
  });

  for (const form of FORMS) {
    describe(form.name, () => {
      let helper: Helper;
      let waits: number[];
      let clock: number;
      let wait: Helper['retryDefaults']['wait'];
      before(async () => {
        helper = (await import(pathToFileURL(path.join(FOLDER, form.file)).href)) as Helper;
        ({ wait } = helper.retryDefaults);
        Object.assign(helper.retryDefaults, {
          firstDelay: form.library === undefined ? 500 : 1, longestDelay: form.library === undefined ? 10_000 : 2, random: () => 1, now: () => clock,
          wait: (delay: number) => {
            waits.push(delay);
            clock += delay;
            return Promise.resolve();
          },
        });
      });
      beforeEach(() => {
        waits = [];
        clock = Date.parse('2026-01-01T00:00:00Z');
      });

      /** Runs a request that fails in these ways, one after the other, and then answers 'done'. */
      async function run(failures: unknown[], options?: Options): Promise<{ result?: unknown; error?: unknown; calls: number }> {
        let calls = 0;
        const request = async (): Promise<string> => {
          await Promise.resolve();
          if (calls < failures.length) throw failures[calls++];
          calls++;
          return 'done';
        };
        try {
          return { result: await helper.withSalesforceRetry(request, options), calls };
        } catch (error) {
          return { error, calls };
        }
      }

      it('repeats what was refused, five attempts in all, and then throws the error as it came', async () => {
        assert.deepEqual(await run([failure(LOCK), failure(LOCK), failure({ errorCode: 'SERVER_UNAVAILABLE' })]), { result: 'done', calls: 4 });
        const lasting = failure({ ...LOCK, fields: ['Name'], data: { a: 1 } });
        const { error, calls } = await run(Array.from({ length: 9 }, () => lasting));
        assert.equal(error, lasting);
        assert.equal(calls, 5);
      });

      it('throws at once what a repeat does not cure', async () => {
        for (const members of [{ errorCode: 'REQUIRED_FIELD_MISSING' }, { errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }, { name: 'invalid_grant' }, { cause: { code: 'CERT_HAS_EXPIRED' } }]) {
          const permanent = failure(members);
          assert.deepEqual(await run([permanent], { repeatable: true }), { error: permanent, calls: 1 });
        }
      });

      it('repeats after an unknown outcome only what may be applied twice', async () => {
        for (const members of [{ errorCode: 'ERROR_HTTP_503' }, { code: 'ECONNRESET' }, { cause: { code: 'ECONNRESET' } }, { errorCode: 'UNKNOWN_EXCEPTION' }, { response: { status: 502, data: '<html>' } }]) {
          const lost = failure(members);
          assert.deepEqual(await run([lost]), { error: lost, calls: 1 });
          assert.deepEqual(await run([lost], { repeatable: true }), { result: 'done', calls: 2 });
        }
        assert.deepEqual(await run([failure({ cause: { code: 'ECONNREFUSED' } })]), { result: 'done', calls: 2 });
      });

      it('looks into several errors and into locks that automation met', async () => {
        const several = (...codes: string[]): Error => failure({ errorCode: 'MULTIPLE_API_ERRORS', data: codes.map((errorCode) => ({ errorCode, message: '' })) });
        assert.equal((await run([several('UNABLE_TO_LOCK_ROW', 'UNABLE_TO_LOCK_ROW')])).calls, 2);
        assert.equal((await run([several('UNABLE_TO_LOCK_ROW', 'REQUIRED_FIELD_MISSING')])).calls, 1);
        assert.equal((await run([failure({ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: 'caused by: UNABLE_TO_LOCK_ROW, unable to obtain' })])).calls, 2);
        assert.equal((await run([failure({ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: 'caused by: NullPointerException' })])).calls, 1);
      });

      it('renews the session once', async () => {
        const expired = failure({ errorCode: 'INVALID_SESSION_ID' });
        let renewals = 0;
        const renewSession = async (): Promise<void> => {
          renewals++;
          await Promise.resolve();
        };
        assert.deepEqual(await run([expired], { renewSession }), { result: 'done', calls: 2 });
        assert.equal(renewals, 1);
        assert.deepEqual(await run([expired, expired], { renewSession }), { error: expired, calls: 2 });
        assert.equal(renewals, 2);
        assert.deepEqual(await run([expired]), { error: expired, calls: 1 });
      });

      it('waits as long as the answer asks, and not at all where that is too long', async () => {
        const asked = (after: unknown): Error => failure({ response: { status: 429, headers: typeof after === 'object' ? after : { 'retry-after': after } } });
        // One library waits by the computer's clock, whatever ours says.
        const [first, second] = form.library === 'cockatiel' ? [0.02, 0.03] : [7, 8];
        const told: number[] = [];
        await run([asked(String(first)), asked({ get: (name: string) => (name === 'retry-after' ? String(second) : null) })], { onRetry: (_error, _attempt, delay) => told.push(delay) });
        assert.deepEqual(told, [first * 1000, second * 1000]);
        if (form.library !== 'cockatiel') {
          assert.deepEqual(waits, told);
          clock = Date.parse('2026-01-01T00:00:00Z');
          await run([asked('Thu, 01 Jan 2026 00:00:24 GMT')]);
          assert.equal(waits.at(-1), 24_000);
        }
        const long = asked('120');
        assert.deepEqual(await run([long]), { error: long, calls: 1 });
        assert.equal((await run([asked('soon')])).calls, 2);
      });

      it('tells of each attempt that follows, and stops when it is told to', async () => {
        const told: [unknown, number][] = [];
        const one = failure(LOCK);
        await run([one, one], { onRetry: (error, attempt) => told.push([error, attempt]) });
        assert.deepEqual(told, [[one, 1], [one, 2]]);
        const stop = new AbortController();
        const { error, calls } = await run([one, one, one], { signal: stop.signal, onRetry: () => stop.abort() });
        assert.equal(error, one);
        assert.ok(calls <= 2, `${calls} calls`);
      });

      it('meets any thrown value', async () => {
        for (const thrown of [undefined, null, 'text', 7, {}, [], Object.create(null), failure({ errorCode: 5, message: undefined }), failure({ response: {} }), failure({ response: { data: [null] } }), failure({ errorCode: 'MULTIPLE_API_ERRORS', data: [null, 3] })]) {
          const { calls, error } = await run([thrown, thrown]);
          assert.equal(calls, 1);
          if (thrown instanceof Error) assert.equal(error, thrown);
        }
      });

      if (form.library === undefined) {
        it('waits with full jitter that doubles, within its times', async () => {
          await run(Array.from({ length: 9 }, () => failure(LOCK)), { attempts: 8 });
          assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
          const { calls } = await run(Array.from({ length: 99 }, () => failure(LOCK)), { attempts: 99, totalTime: 8000 });
          assert.equal(calls, 5);
        });

        it('ends its waiting when it is told to', async () => {
          const stop = new AbortController();
          const begun = Date.now();
          setTimeout(() => stop.abort(), 5);
          await wait(60_000, stop.signal);
          await wait(60_000, stop.signal);
          assert.ok(Date.now() - begun < 5000);
        });
      }
    });
  }
});
