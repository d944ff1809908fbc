import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '..');

describe('catalogue: generated data', () => {
  const generate = (root: string, ...args: string[]): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [join(root, 'scripts/generate.mjs'), ...args], { encoding: 'utf8' });

  it('is up to date with the JSON files', () => {
    const { status, stderr } = generate(ROOT, '--check');
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  it('says in its first line that it is generated and how', () => {
    const [line] = readFileSync(join(HERE, 'data.ts'), 'utf8').split('\n');
    assert.match(line ?? '', /[Gg]enerated by `node scripts\/generate\.mjs`/);
  });

  it('is stale as soon as a file is added, and renewed by the command it names', () => {
    const copy = mkdtempSync(join(tmpdir(), 'catalogue-'));
    try {
      mkdirSync(join(copy, 'scripts'));
      cpSync(join(ROOT, 'scripts/generate.mjs'), join(copy, 'scripts/generate.mjs'));
      mkdirSync(join(copy, 'catalog/codes'), { recursive: true });
      writeFileSync(join(copy, 'catalog/codes/one.json'), '{ "codes": [] }');
      assert.equal(generate(copy).status, 0);
      assert.equal(generate(copy, '--check').status, 0);
      writeFileSync(join(copy, 'catalog/codes/two.json'), '{ "codes": [{ "code": "TWO" }] }');
      const stale = generate(copy, '--check');
      assert.equal(stale.status, 1);
      assert.match(stale.stderr, /catalog\/codes\/index\.json is stale: run `node scripts\/generate\.mjs`/);
      assert.equal(generate(copy).status, 0);
      assert.match(readFileSync(join(copy, 'catalog/codes/index.json'), 'utf8'), /"TWO"/);
      mkdirSync(join(copy, 'catalog/limits'));
      writeFileSync(join(copy, 'catalog/limits/three.json'), '{ "limits": [] }');
      assert.match(generate(copy, '--check').stderr, /catalog\/data\.ts is stale: run `node scripts\/generate\.mjs`/);
      assert.equal(generate(copy).status, 0);
      assert.match(readFileSync(join(copy, 'catalog/data.ts'), 'utf8'), /limits\/three\.json/);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('brings neither the schemas nor zod along at run time', () => {
    const seen = new Set<string>(['./index.ts']);
    for (const name of seen) {
      const imports = readFileSync(join(HERE, name), 'utf8').matchAll(/^(?:import|export)(?<type> type)? [^;]* from '(?<from>[^']+)'/gm);
      for (const { groups } of imports) {
        if (groups?.type || groups?.from?.endsWith('.json') || groups?.from?.startsWith('node:')) continue;
        assert.match(groups?.from ?? '', /^\.\/[A-Za-z]+\.ts$/, `${name} imports ${groups?.from}`);
        seen.add(groups?.from ?? '');
      }
    }
    assert.ok(seen.has('./codeStore.ts') && seen.has('./data.ts'));
  });
});
