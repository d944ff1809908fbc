// Makes dist/: one bundle for each thing that is loaded at its own time, the grammars, and the licences of what is inside.
// `node esbuild.mjs` makes what is shipped; `--watch` keeps making it, readable and with source maps.

import { build, context } from 'esbuild';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { faultsOf } from './catalog/schema/files.ts';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Bundles by name. Each may load another with `await import('<its entry point>')`: that becomes a load of the other bundle when it is first needed. */
const entryPoints = {
  client: 'client/src/extension.ts',
  server: 'server/src/server.ts',
  cli: 'server/src/cli.ts',
  explain: 'server/src/explain/main.ts',
  limits: 'server/src/limits/jsforceOrg.ts',
  simulator: 'server/src/simulator/main.ts',
  userCatalog: 'server/src/user-catalog/parseUserCatalog.ts',
};

/** Oldest Node a bundle runs in: the one in VS Code 1.101, or for the command line the oldest that a project's CI may still have. */
const targets = { cli: 'node20', limits: 'node20', userCatalog: 'node20' };

/** Packages that a bundle gets something else for. */
const replaced = { limits: { undici: './server/src/limits/unusedTransport.ts' } };

/** The parser library, a module of its own that can be loaded anew, and its grammars. */
const parser = ['tree-sitter.js', 'tree-sitter.wasm', ...['javascript', 'typescript', 'tsx', 'python', 'java', 'c-sharp'].map((grammar) => `tree-sitter-${grammar}.wasm`)];

/** An `import()` of another bundle's entry point loads that bundle instead of copying its code into this one. */
const separateBundles = {
  name: 'separate-bundles',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path: wanted, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.relative(root, path.resolve(resolveDir, wanted)).replaceAll('\\', '/');
      const name = Object.keys(entryPoints).find((key) => entryPoints[key] === file);
      return name ? { path: `./${name}.cjs`, external: true } : undefined;
    });
  },
};

function optionsFor(name) {
  return {
    absWorkingDir: root,
    entryPoints: { [name]: entryPoints[name] },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: targets[name] ?? 'node22',
    // Some packages' `main` is a UMD file whose requires cannot be followed; their `module` can.
    mainFields: ['module', 'main'],
    conditions: ['node'],
    external: ['vscode'],
    alias: replaced[name] ?? {},
    define: {
      API_GUARD_VERSION: JSON.stringify(version),
      'import.meta.url': 'bundleUrl',
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
    },
    banner: { js: `${name === 'cli' ? '#!/usr/bin/env node\n' : ''}const bundleUrl = require('node:url').pathToFileURL(__filename).href;` },
    plugins: [separateBundles],
    minify: !watch,
    // Some libraries, and our own reports, tell errors apart by the name of their class.
    keepNames: true,
    sourcemap: watch,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // A warning is a mistake in what is shipped, so the build stops at it.
    logOverride: { 'empty-import-meta': 'error' },
  };
}

function copyParser() {
  mkdirSync(path.join(dist, 'wasm'), { recursive: true });
  for (const name of parser) copyFileSync(path.join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm', name), path.join(dist, 'wasm', name));
  // What is shipped beside it is made of ES modules; the library is none.
  writeFileSync(path.join(dist, 'wasm', 'package.json'), '{ "type": "commonjs" }\n');
}

/** Our own data meets its schema here and in the tests, so that the product need not look at it again. */
function checkCatalogue() {
  const catalog = path.join(root, 'catalog');
  const files = readdirSync(catalog, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.json'));
  const faults = files.flatMap((file) => faultsOf(file, JSON.parse(readFileSync(path.join(catalog, file), 'utf8'))));
  if (faults.length > 0) throw new Error(`The catalogue does not follow its schema:\n${faults.join('\n')}`);
}

/** The codes: an index and a file for each family, read when somebody asks for a code of it. */
function copyCodes() {
  const target = path.join(dist, 'codes');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(path.join(root, 'catalog/codes'))) {
    if (name === 'http-statuses.json') continue;
    writeFileSync(path.join(target, name), JSON.stringify(JSON.parse(readFileSync(path.join(root, 'catalog/codes', name), 'utf8'))));
  }
}

/** The licence text of every package that has code in a bundle: most licences ask for that, and readers may want to know what is inside. */
function licences(metafiles) {
  const folders = new Set(['node_modules/@vscode/tree-sitter-wasm']);
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (folder) folders.add(folder);
  }
  const parts = [];
  for (const folder of folders) {
    const { name, version: release, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(path.join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(path.join(root, folder, file), 'utf8').trim() : '(The package carries no licence text of its own.)';
    parts.push(`${name} ${release} (${license ?? 'see below'})\n\n${text.replaceAll('\r\n', '\n')}\n`);
  }
  const line = `\n${'-'.repeat(80)}\n\n`;
  const heading = 'API Guard for Salesforce contains code of the packages below.\n';
  return [heading, ...parts.sort()].join(line);
}

/** Readers of dist/ (a running editor, a check in another terminal) must never see half a file. */
function replaceFile(file, contents) {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, contents);
  renameSync(draft, file);
}

async function once() {
  checkCatalogue();
  const results = await Promise.all(Object.keys(entryPoints).map((name) => build({ ...optionsFor(name), write: false })));
  const warnings = results.flatMap((result) => result.warnings);
  if (warnings.length > 0) throw new Error(`${warnings.length} warning(s) from the bundler, see above.`);
  mkdirSync(dist, { recursive: true });
  for (const file of readdirSync(dist)) {
    if (/\.(map|tmp)$/.test(file)) rmSync(path.join(dist, file), { force: true });
  }
  copyParser();
  copyCodes();
  for (const { path: file, contents } of results.flatMap((result) => result.outputFiles)) replaceFile(file, contents);
  replaceFile(path.join(dist, 'third-party-licences.txt'), licences(results.map((result) => result.metafile)));
}

async function keep() {
  // Whatever this leaves behind is not what is shipped, so the next ordinary build must start afresh.
  rmSync(path.join(dist, '.inputs'), { force: true });
  copyParser();
  copyCodes();
  for (const name of Object.keys(entryPoints)) await (await context(optionsFor(name))).watch();
  console.error('Watching; Ctrl-C ends it.');
}

try {
  await (watch ? keep() : once());
} catch (error) {
  // The bundler has already printed what is wrong with the sources, with their places.
  if (!error.errors) console.error(error.message);
  process.exitCode = 1;
}
