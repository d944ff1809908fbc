import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { npm, npmEnvironment, root } from '../../scripts/setup.mjs';
import { ABOUT_RULES } from '../../server/src/rules/index.ts';
import type { PackagedExtension } from '../vscode/host/package.ts';
import { packagedExtension } from '../vscode/host/package.ts';

/** Everything that a user installs. A new file here is a decision: what loads it, and when? */
const shipped = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/cli.cjs',
  'dist/client.cjs',
  'dist/codes/bulk.json',
  'dist/codes/bulk2.json',
  'dist/codes/client.json',
  'dist/codes/composite.json',
  'dist/codes/dml.json',
  'dist/codes/index.json',
  'dist/codes/login-status.json',
  'dist/codes/mc-rest.json',
  'dist/codes/mc-soap.json',
  'dist/codes/metadata.json',
  'dist/codes/oauth.json',
  'dist/codes/rest.json',
  'dist/codes/soap.json',
  'dist/explain.cjs',
  'dist/limits.cjs',
  'dist/server.cjs',
  'dist/simulator.cjs',
  'dist/third-party-licences.txt',
  'dist/userCatalog.cjs',
  'dist/wasm/package.json',
  'dist/wasm/tree-sitter-c-sharp.wasm',
  'dist/wasm/tree-sitter-java.wasm',
  'dist/wasm/tree-sitter-javascript.wasm',
  'dist/wasm/tree-sitter-python.wasm',
  'dist/wasm/tree-sitter-tsx.wasm',
  'dist/wasm/tree-sitter-typescript.wasm',
  'dist/wasm/tree-sitter.js',
  'dist/wasm/tree-sitter.wasm',
  'catalog/reference/README.md',
  'catalog/reference/bulk.md',
  'catalog/reference/bulk2.md',
  'catalog/reference/client.md',
  'catalog/reference/composite.md',
  'catalog/reference/dml.md',
  'catalog/reference/http.md',
  'catalog/reference/limits.md',
  'catalog/reference/login-status.md',
  'catalog/reference/mc-rest.md',
  'catalog/reference/mc-soap.md',
  'catalog/reference/messages.md',
  'catalog/reference/metadata.md',
  'catalog/reference/oauth.md',
  'catalog/reference/rest.md',
  'catalog/reference/retirements.md',
  'catalog/reference/soap.md',
  'catalog/schema/project-file.schema.json',
  'catalog/schema/user-catalog.schema.json',
  'client/media/activity-bar.svg',
  'client/media/icon.png',
  'package.json',
  'package.nls.json',
  ...ABOUT_RULES.map(({ id }) => `server/src/rules/${id}/README.md`),
];

/** The packager writes these names its own way. */
const renamed: Record<string, string> = { 'CHANGELOG.md': 'changelog.md', LICENSE: 'LICENSE.txt', 'README.md': 'readme.md' };

describe('package contents', function () {
  this.timeout(120_000);
  let extension: PackagedExtension;

  before(async () => {
    extension = await packagedExtension();
  });

  it('the .vsix has these files and no others', () => {
    const files = readdirSync(extension.folder, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => statSync(path.join(extension.folder, file)).isFile());
    assert.deepEqual(files.sort(), shipped.map((file) => renamed[file] ?? file).sort());
  });

  it('the .vsix has at most 4 MB', () => {
    const { size } = statSync(extension.vsix);
    assert.ok(size <= 4 * 1024 * 1024, `${size} bytes`);
  });

  it('the npm package has the same files', () => {
    const { command, args, shell } = npm();
    const listing = execFileSync(command, [...args, 'pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, shell, env: npmEnvironment() });
    const [packed] = Object.values(JSON.parse(listing.toString()) as Record<string, { files: { path: string }[] }>);
    assert.deepEqual(packed!.files.map((file) => file.path).sort(), [...shipped].sort());
  });

  it('asks for no package at run time', () => {
    const manifest = JSON.parse(readFileSync(path.join(extension.folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.equal(manifest.dependencies, undefined);
    assert.equal(manifest.optionalDependencies, undefined);
  });

  it('the bundles load each other and Node, nothing else; only the client loads the editor', () => {
    const dist = path.join(extension.folder, 'dist');
    for (const bundle of readdirSync(dist).filter((file) => file.endsWith('.cjs'))) {
      const loaded = new Set([...readFileSync(path.join(dist, bundle), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map((match) => match[1]!));
      const foreign = [...loaded].filter((name) => !name.startsWith('node:') && !name.startsWith('./') && !isBuiltin(name));
      assert.deepEqual(foreign, bundle === 'client.cjs' ? ['vscode'] : [], bundle);
    }
  });

  it('jsforce is in the bundle that is loaded at the first reading of limits, and in no other', () => {
    const dist = path.join(extension.folder, 'dist');
    // Its way to say that a connection has no refresh token; kept by every minifier, for it is a text.
    const trace = 'No refresh token found in the connection';
    const bundles = readdirSync(dist).filter((file) => file.endsWith('.cjs') && readFileSync(path.join(dist, file), 'utf8').includes(trace));
    assert.deepEqual(bundles, ['limits.cjs']);
  });

  it('names the licence of every package in the bundles', () => {
    const text = readFileSync(path.join(extension.folder, 'dist', 'third-party-licences.txt'), 'utf8');
    const named = new Set([...text.matchAll(/^-{80}\n\n(\S+) \d+\./gm)].map((match) => match[1]));
    for (const name of ['jsforce', 'vscode-languageclient', 'vscode-languageserver', '@vscode/tree-sitter-wasm']) {
      assert.ok(named.has(name), `${name} is missing`);
    }
  });
});
