import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultOrgFiles, findDefaultOrg } from '../../server/src/limits/defaultOrg.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';

describe('limits: the Salesforce CLI\'s default org', () => {
  let root: string;
  const put = async (path: string, content: unknown): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const find = (env: NodeJS.ProcessEnv = {}) => findDefaultOrg({ folder: join(root, 'project'), home: join(root, 'home'), env });
  const rejects = (promise: Promise<unknown>) => assert.rejects(promise, (error) => error instanceof LimitsProblem && error.kind === 'no-default-org');

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'default-org-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('is none where nothing is configured', () => rejects(find()));

  it('comes from the environment, then the folder, then home, each newer file before its older one', async () => {
    await put('home/.sfdx/sfdx-config.json', { defaultusername: 'old-home' });
    assert.equal((await find()).target, 'old-home');
    await put('home/.sf/config.json', { 'target-org': 'home' });
    assert.equal((await find()).target, 'home');
    await put('project/.sfdx/sfdx-config.json', { defaultusername: 'old-project' });
    assert.equal((await find()).target, 'old-project');
    await put('project/.sf/config.json', { 'target-org': 'project' });
    assert.equal((await find()).target, 'project');
    assert.equal((await find({ SF_TARGET_ORG: 'environment' })).target, 'environment');
  });

  it('knows the username behind an alias', async () => {
    await put('home/.sf/config.json', { 'target-org': 'dev' });
    await put('home/.sfdx/alias.json', { orgs: { dev: 'me@example.com.dev', other: 'x@y.z' } });
    assert.deepEqual(await find(), { target: 'dev', username: 'me@example.com.dev' });
  });

  it('works without a folder', async () => {
    await put('home/.sf/config.json', { 'target-org': 'home' });
    assert.equal((await findDefaultOrg({ folder: undefined, home: join(root, 'home'), env: {} })).target, 'home');
  });

  for (const garbage of ['', '{', 'null', '[]', '"x"', '{"target-org":5}', '{"target-org":""}', '\u0000', 'x'.repeat(300_000)]) {
    it(`passes over a configuration of ${JSON.stringify(garbage.slice(0, 20))}`, async () => {
      await put('project/.sf/config.json', garbage);
      await rejects(find());
      await put('home/.sf/config.json', { 'target-org': 'home' });
      assert.equal((await find()).target, 'home');
    });
  }

  for (const name of ['--help', '-o', 'a b', 'a;b', 'a&calc', '$(id)', '`id`', 'a|b', '../x', 'a\nb', '%PATH%', 'ümlaut']) {
    it(`hands no name like ${JSON.stringify(name)} to a process`, async () => {
      await put('project/.sf/config.json', { 'target-org': name });
      await rejects(find());
    });
  }

  it('reads a file that starts with a byte order mark', async () => {
    await put('project/.sf/config.json', '\uFEFF{"target-org":"dev"}');
    assert.equal((await find()).target, 'dev');
  });

  it('names the files to watch, and no login file among them', () => {
    const files = defaultOrgFiles({ folder: '/p', home: '/h', env: {} }).map(({ folder, file }) => `${folder}/${file}`);
    assert.deepEqual(files, ['/p/.sf/config.json', '/p/.sfdx/sfdx-config.json', '/h/.sf/config.json', '/h/.sfdx/sfdx-config.json', '/h/.sfdx/alias.json']);
  });
});
