import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { engineOf, type Files } from './applyFix.ts';
import { tryFix } from './trial.ts';
import { typeErrors } from './typeErrors.ts';

const ROOM = path.resolve(import.meta.dirname, '../../server/src/fixes');
const PACKAGE = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.10.0', axios: '^1.7.0' } });

/** What may say which packages a case uses. */
const MANIFESTS = ['package.json', 'tsconfig.json', 'requirements.txt', 'pom.xml', 'w.csproj'];

/** Applies one kind of fix in a file until it is offered no more; each step is looked at. */
async function mended(files: Files, file: string, id: string): Promise<{ text: string; lines: number[] }> {
  let now = files;
  for (let count = 0; count < 60; count++) {
    const engine = await engineOf(now);
    const offered = engine.analyse(file).findings.flatMap((finding) => engine.fixes(finding).filter((fix) => fix.id === id).map((fix) => ({ finding, fix })));
    const [first] = offered;
    if (!first) {
      const lines = engine.analyse(file).findings.filter((finding) => finding.fixes.includes(id)).map(({ start }) => now[file]!.slice(0, start).split('\n').length - 1);
      return { text: now[file]!, lines };
    }
    const { faults, after } = await tryFix(engine, first.finding, first.fix);
    assert.deepEqual(faults, [], `${first.fix.title}: ${now[file]!.slice(first.finding.start - 60, first.finding.end)}`);
    now = { ...now, ...after };
  }
  throw new Error('the fix does not end');
}

describe('fixtures of fixes', () => {
  for (const id of readdirSync(ROOM).filter((name) => existsSync(path.join(ROOM, name, 'fixtures')))) {
    const folder = path.join(ROOM, id, 'fixtures');
    const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
    describe(id, () => {
      for (const name of readdirSync(folder).filter((each) => /(?<!\.after)\.(?:[cm]?[jt]sx?|py|java|cs)$/.test(each))) {
        const after = name.replace(/(?=\.\w+$)/, '.after');
        // Manifests of one case alone have its name before theirs.
        const own = (manifest: string): string | undefined => [`${name.split('.')[0]}.${manifest}`, manifest].map((each) => path.join(folder, each)).filter((each) => existsSync(each)).map((each) => readFileSync(each, 'utf8'))[0];
        const file = `/w/${name}`;
        const manifests = MANIFESTS.flatMap((manifest) => { const found = own(manifest); return found === undefined ? [] : [[`/w/${manifest}`, found]]; });
        const filesOf = (text: string): Files => ({ '/w/package.json': PACKAGE, ...(Object.fromEntries(manifests) as Files), [file]: text });

        it(`${name}: as written, and what is refused is marked`, async () => {
          const { text, lines } = await mended(filesOf(read(name)), file, id);
          assert.equal(text, read(after));
          const marked = text.split('\n').flatMap((line, at) => (/(?:\/\/|#) refused/.test(line) ? [at] : []));
          assert.deepEqual(lines, marked);
        });

        const step = /\.(?:py|java|cs)$/.test(name) ? 4 : 2;
        it(`${name}: the same with other line ends and tabs`, async () => {
          const strange = (text: string): string => text.replaceAll('\n', '\r\n').replaceAll(new RegExp(`^(?: {${step}})+`, 'gm'), (found) => '\t'.repeat(found.length / step));
          assert.equal((await mended(filesOf(strange(read(name))), file, id)).text, strange(read(after)));
        });

        if (/\.[cm]?tsx?$/.test(name)) {
          it(`${name}: without a new error of the compiler`, function () {
            this.timeout(60_000);
            const config = own('tsconfig.json');
            const { options } = ts.convertCompilerOptionsFromJson((config === undefined ? {} : (JSON.parse(config) as { compilerOptions?: unknown }).compilerOptions) ?? {}, '/');
            assert.deepEqual(typeErrors({ [name]: read(after) }, options), typeErrors({ [name]: read(name) }, options));
          });
        }
      }
    });
  }
});
