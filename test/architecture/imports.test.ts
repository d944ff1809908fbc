import assert from 'node:assert/strict';
import { importsOf, sourceFiles } from './sourceTree.ts';

/**
 * Which room may look into which. A room may always look into itself. What is not listed is forbidden; `fixes` sees of the languages only what
 * writes text, the client sees of the server only what has no analysis in it.
 */
const ROOMS: Record<string, { files: RegExp; mayImport: RegExp[] }> = {
  catalog: { files: /^catalog\//, mayImport: [] },
  facts: { files: /^server\/src\/facts\//, mayImport: [] },
  report: { files: /^server\/src\/report\//, mayImport: [] },
  suppress: { files: /^server\/src\/suppress\//, mayImport: [] },
  languages: { files: /^server\/src\/languages\//, mayImport: [/^server\/src\/facts\//] },
  resolve: { files: /^server\/src\/resolve\//, mayImport: [/^server\/src\/(?:facts|report)\//, /^catalog\//] },
  coverage: { files: /^server\/src\/coverage\//, mayImport: [/^server\/src\/(?:facts|resolve|report)\//, /^catalog\//] },
  rules: { files: /^server\/src\/rules\//, mayImport: [/^server\/src\/(?:coverage|report|suppress)\//, /^catalog\//] },
  fixes: { files: /^server\/src\/fixes\//, mayImport: [/^server\/src\/(?:coverage|resolve|facts|report)\//, /^server\/src\/languages\/[a-z]+\/write[A-Za-z]*\.ts$/, /^catalog\//] },
  engine: { files: /^server\/src\/engine\//, mayImport: [/^server\/src\/(?:languages|facts|resolve|coverage|rules|fixes|suppress|report)\//, /^catalog\//] },
  explain: { files: /^server\/src\/explain\//, mayImport: [/^server\/src\/user-catalog\//, /^server\/src\/limits\/(?:figures|limitInfo)\.ts$/, /^catalog\//] },
  'user catalog': { files: /^server\/src\/user-catalog\//, mayImport: [/^server\/src\/report\//, /^catalog\//] },
  editor: { files: /^server\/src\/editor\//, mayImport: [/^server\/src\/(?:engine|fixes|report|explain|user-catalog)\//, /^server\/src\/limits\/figures\.ts$/, /^catalog\//] },
  cli: { files: /^server\/src\/cli\//, mayImport: [/^server\/src\/(?:engine|report|explain|user-catalog|limits)\//, /^catalog\//] },
  limits: { files: /^server\/src\/limits\//, mayImport: [/^catalog\//] },
  simulator: { files: /^server\/src\/simulator\//, mayImport: [/^catalog\//] },
  'entry points': { files: /^server\/src\/(?:server|cli)\.ts$/, mayImport: [/^server\/src\/(?:editor|cli|engine|report)\//] },
  client: { files: /^client\//, mayImport: [/^server\/src\/(?:limits|explain)\//, /^catalog\/reference\.ts$/, /^server\/src\/user-catalog\/projectFileName\.ts$/, /^server\/src\/editor\/protocol\.ts$/, /^server\/src\/simulator\/main\.ts$/] },
};

const ALL = sourceFiles('catalog', 'server', 'client');
const isOurs = (name: string): boolean => /^(?:catalog|server|client|test|scripts)\//.test(name);

function strangers(files: RegExp, allowed: (imported: string) => boolean): string[] {
  return ALL.filter((file) => files.test(file)).flatMap((file) => importsOf(file).filter((imported) => !allowed(imported)).map((imported) => `${file} imports ${imported}`));
}

describe('imports', () => {
  it('are seen at all', () => {
    assert.ok(ALL.length > 100);
    assert.ok(importsOf('server/src/engine/engine.ts').includes('server/src/coverage/coverage.ts'));
    assert.ok(importsOf('client/src/extension.ts').includes('vscode'));
  });

  it('of every file belong to a room', () => {
    const homeless = ALL.filter((file) => !Object.values(ROOMS).some(({ files }) => files.test(file)));
    assert.deepEqual(homeless, []);
  });

  for (const [room, { files, mayImport }] of Object.entries(ROOMS)) {
    it(`of ${room} go one way`, () => {
      assert.ok(ALL.some((file) => files.test(file)), 'the room is not empty');
      assert.deepEqual(strangers(files, (imported) => !isOurs(imported) || files.test(imported) || mayImport.some((each) => each.test(imported))), []);
    });
  }
});

describe('packages', () => {
  it('of the language server protocol stay in the editor room and the server’s entry', () => {
    assert.deepEqual(strangers(/^(?!server\/src\/(?:editor\/|server\.ts)|client\/)/, (imported) => !imported.startsWith('vscode-languageserver')), []);
  });

  it('of VS Code stay in the client', () => {
    assert.deepEqual(strangers(/^(?!client\/)/, (imported) => imported !== 'vscode' && !imported.startsWith('vscode-languageclient')), []);
  });

  it('are not needed to understand code: what a version range means is the one exception', () => {
    // node:path only reckons with names.
    const core = /^server\/src\/(?:facts|resolve|coverage|rules|fixes|suppress|report)\//;
    assert.deepEqual(strangers(core, (imported) => isOurs(imported) || imported === 'semver' || imported === 'node:path'), []);
    assert.deepEqual(ALL.filter((file) => core.test(file) && importsOf(file).includes('semver')), ['server/src/resolve/projects.ts']);
  });

  it('of the catalogue are for its schema only, never for its look-ups', () => {
    assert.deepEqual(strangers(/^catalog\/(?!schema\/|lint\/|codeStore\.ts)/, isOurs), []);
    assert.deepEqual(strangers(/^catalog\/(?!codeStore\.ts)/, (imported) => isOurs(imported) || imported === 'zod'), []);
  });

  it('that read files are in the catalogue for its codes only, which are too many to be part of a program', () => {
    assert.deepEqual(importsOf('catalog/codeStore.ts').filter((imported) => !isOurs(imported)), ['node:fs']);
  });
});

describe('the analysis', () => {
  it('touches neither files, network nor processes', () => {
    const pure = /^(?:catalog\/(?!codeStore\.ts)|server\/src\/(?:facts|languages\/(?!parserLibrary\.ts)|resolve|coverage|rules|fixes|suppress|report)\/|server\/src\/engine\/engine\.ts)/;
    const outside = /^node:(?!path$)/;
    assert.deepEqual(strangers(pure, (imported) => !outside.test(imported)), []);
  });

  it('loads its parser from files, and nothing else', () => {
    assert.deepEqual(importsOf('server/src/languages/parserLibrary.ts').filter((imported) => imported.startsWith('node:')), ['node:fs/promises', 'node:module', 'node:path']);
  });

  it('is not in the client, nor in the limits view, nor in the simulator', () => {
    const analysis = /^server\/src\/(?:facts|languages|resolve|coverage|rules|fixes|suppress|engine)\//;
    assert.deepEqual(strangers(/^(?:client\/|server\/src\/(?:limits|simulator)\/)/, (imported) => !analysis.test(imported)), []);
  });
});
