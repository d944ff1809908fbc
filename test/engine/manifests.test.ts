import assert from 'node:assert/strict';
import { readManifest as readJava } from '../../server/src/languages/java/manifests.ts';
import { readManifest } from '../../server/src/languages/python/manifests.ts';
import { readManifest as readProject } from '../../server/src/languages/csharp/manifests.ts';
import { Projects } from '../../server/src/resolve/projects.ts';
import { engineOf, reportOf } from '../fixtures/analyse.ts';
import { randomIntegers } from './random.ts';

const read = (name: string, text: string): Record<string, string> => ({ ...readManifest(name, text) });

describe('manifests of Python', () => {
  it('requirements.txt: names, extras, conditions, markers and comments', () => {
    const text =
      'simple-salesforce==1.12.6  # pinned\nrequests[security]>=2.31,<3 ; python_version > "3.8"\nTenacity ~= 8.2\nurllib3~=1.26.4\nFlask\n-r other.txt\n--hash=x\ngit+https://example.com/x.git\nzope.interface==5.*\n';
    assert.deepEqual(read('requirements.txt', text), {
      'simple-salesforce': '1.12.6', requests: '>=2.31 <3', tenacity: '^8.2', urllib3: '~1.26.4', flask: '*', 'zope-interface': '5.x',
    });
  });

  it('pyproject.toml: lists of the standard and tables of poetry', () => {
    const standard =
      '[project]\nname = "x"\ndependencies = [\n  "simple_salesforce>=1.12",\n  \'requests\', # why\n]\n[project.optional-dependencies]\njobs = ["celery==5.4.0"]\n[tool.black]\nline-length = 88\n';
    assert.deepEqual(read('pyproject.toml', standard), { 'simple-salesforce': '>=1.12', requests: '*', celery: '5.4.0' });
    const poetry =
      '[tool.poetry.dependencies]\npython = "^3.11"\nsimple-salesforce = "^1.12.4"\nrequests = { version = "2.31.0", extras = ["socks"] }\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n[build-system]\nrequires = ["poetry-core"]\n';
    assert.deepEqual(read('pyproject.toml', poetry), { python: '^3.11', 'simple-salesforce': '^1.12.4', requests: '2.31.0', pytest: '*', 'poetry-core': '*' });
  });

  it('setup.cfg and Pipfile', () => {
    assert.deepEqual(read('setup.cfg', '[options]\ninstall_requires =\n    simple-salesforce>=1.11\n    requests\n[flake8]\n'), { 'simple-salesforce': '>=1.11', requests: '*' });
    assert.deepEqual(read('Pipfile', '[packages]\nsimple-salesforce = "==1.12.5"\n[dev-packages]\npytest = "*"\n[requires]\npython_version = "3.11"\n'), { 'simple-salesforce': '1.12.5', pytest: '*' });
  });

  it('garbage gives an answer, in no time', () => {
    const next = randomIntegers(7);
    const pieces = ['[', ']', '"', "'", '=', '>=', '1.2', ',', '\n', ' ', 'a', '{', '}', '#', ';', '[project]', 'dependencies', '\0', '__proto__', '\u2028'];
    const started = performance.now();
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 300 }, () => pieces[next(pieces.length)]!).join('');
      for (const name of ['requirements.txt', 'pyproject.toml', 'setup.cfg', 'Pipfile']) assert.equal(typeof readManifest(name, text), 'object');
    }
    for (const text of ['a>='.repeat(20_000), ' '.repeat(100_000), '['.repeat(100_000), `x ${'1.'.repeat(50_000)}`]) for (const name of ['requirements.txt', 'pyproject.toml', 'setup.cfg']) readManifest(name, text);
    assert.ok(performance.now() - started < 5_000);
  });

  it('the range of the nearest one counts, and a list without versions takes nothing away', () => {
    const projects = new Projects();
    projects.setDependencies('/app/requirements.txt', { 'simple-salesforce': '1.12.6' });
    projects.setDependencies('/app/sub/setup.cfg', { 'simple-salesforce': '*' });
    projects.setDependencies('/app/sub/requirements.txt', { 'simple-salesforce': '>=1.12.8' });
    assert.equal(projects.fits('/app/a.py', 'simple-salesforce', '<1.12.8'), 'yes');
    assert.equal(projects.fits('/app/sub/a.py', 'simple-salesforce', '<1.12.8'), 'no');
    projects.setDependencies('/app/sub/requirements.txt', undefined);
    assert.equal(projects.fits('/app/sub/a.py', 'simple-salesforce', '<1.12.8'), 'maybe');
  });

  it('no grammar is loaded for a language without a trace of Salesforce', async () => {
    const engine = await engineOf([
      { name: 'a.py', text: 'import requests\nrequests.get("https://example.com")\n' },
      { name: 'b.ts', text: "import { Connection } from 'jsforce';\nexport const f = (c: Connection) => c.query('x');\n" },
    ]);
    assert.equal(engine.grammarsLoaded, 1);
    assert.equal(reportOf(engine).calls.length, 1);
  });
});

describe('manifests of JavaScript', () => {
  const fits = (dependencies: Record<string, string>, packageName: string, range: string): string => {
    const projects = new Projects();
    projects.set('/app/package.json', JSON.stringify({ dependencies }));
    return projects.fits('/app/src/a.ts', packageName, range);
  };

  it('the version of a package that none names is known by the one that brings it', () => {
    assert.equal(fits({ '@salesforce/core': '^2.37.1' }, 'jsforce', '<2'), 'yes');
    assert.equal(fits({ '@salesforce/core': '^5.2.10' }, 'jsforce', '>=3'), 'no');
    assert.equal(fits({ '@salesforce/core': '^5.2.10' }, 'jsforce', '>=2'), 'yes');
    assert.equal(fits({ '@salesforce/core': '^8.24.0' }, '@jsforce/jsforce-node', '>=3'), 'yes');
  });

  it('what brings a package says nothing where it spans versions, or where the package itself is named', () => {
    assert.equal(fits({ '@salesforce/core': '>=2' }, 'jsforce', '>=3'), 'maybe');
    assert.equal(fits({ '@salesforce/core': '*' }, 'jsforce', '>=3'), 'maybe');
    assert.equal(fits({ '@salesforce/core': '^5.2.10', jsforce: '^3.6.0' }, 'jsforce', '>=3'), 'yes');
    assert.equal(fits({ '@salesforce/core': '^5.2.10', jsforce: 'github:acme/jsforce' }, 'jsforce', '>=3'), 'maybe');
  });
});

describe('manifests of C#', () => {
  const readCsharp = (name: string, text: string): Record<string, string> => ({ ...readProject(name, text) });

  it('project files: versions in attributes and elements, ranges, and names without a version', () => {
    const text =
      '<Project><ItemGroup>\n<PackageReference Include="DeveloperForce.Force" Version="2.1.0" />\n<PackageReference Include="Polly">\n  <Version>8.5</Version>\n</PackageReference>\n' +
      '<PackageReference Update="RestSharp" Version="[106.0,107.0)" PrivateAssets="all"/><PackageReference Include="Serilog" /><PackageReference Include="NLog" Version="5.*" /><PackageReference Include="A" Version="$(V)" /></ItemGroup></Project>';
    assert.deepEqual(readCsharp('Acme.csproj', text), { 'DeveloperForce.Force': '2.1.0', Polly: '8.5.0', RestSharp: '>=106.0.0 <107.0.0', NLog: '5.0.0', A: '*' });
  });

  it('lists of central versions and packages.config', () => {
    assert.deepEqual(readCsharp('Directory.Packages.props', '<PackageVersion Include="NetCoreForce.Client" Version="5.0.0.1" />'), { 'NetCoreForce.Client': '5.0.0' });
    assert.deepEqual(readCsharp('packages.config', '<packages><package id="DeveloperForce.Force" version="1.0.5" targetFramework="net45" /></packages>'), { 'DeveloperForce.Force': '1.0.5' });
  });

  it('garbage gives an answer, in no time', () => {
    const next = randomIntegers(11);
    const pieces = ['<', '>', '/', '"', '=', 'PackageReference ', 'package ', 'Include="a"', 'Version="1"', '<Version>', '\n', '[1,', ')', '\0', '__proto__', '\u2028'];
    const started = performance.now();
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 300 }, () => pieces[next(pieces.length)]!).join('');
      for (const name of ['A.csproj', 'packages.config']) assert.equal(typeof readProject(name, text), 'object');
    }
    for (const text of ['<PackageReference '.repeat(20_000), '<package>'.repeat(50_000), `<package id="${'a'.repeat(200_000)}`]) readProject('A.csproj', text);
    assert.ok(performance.now() - started < 5_000);
  });
});

describe('manifests of Java', () => {
  const readOne = (name: string, text: string): Record<string, string> => ({ ...readJava(name, text) });

  it('pom.xml: dependencies with versions, properties and none', () => {
    const text =
      '<project><version>1.0</version><properties><wsc.version>58.0.0</wsc.version></properties>\n<dependencies><dependency>\n<groupId>com.force.api</groupId><artifactId>force-partner-api</artifactId><version>${wsc.version}</version></dependency><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId></dependency><dependency><groupId>a</groupId><artifactId>b</artifactId><version>[1.0,2.0)</version></dependency><dependency><groupId>c</groupId></dependency></dependencies></project>';
    assert.deepEqual(readOne('pom.xml', text), { 'com.force.api:force-partner-api': '58.0.0', 'org.slf4j:slf4j-api': '*', 'a:b': '*' });
  });

  it('build.gradle in both languages, and version catalogues', () => {
    const text = "dependencies {\n  implementation 'com.force.api:force-wsc:58.0.1'\n  implementation(\"com.squareup.okhttp3:okhttp:4.12.0\")\n  testImplementation 'junit:junit:4.+'\n  api \"a:b\"\n}";
    assert.deepEqual(readOne('build.gradle', text), { 'com.force.api:force-wsc': '58.0.1', 'com.squareup.okhttp3:okhttp': '4.12.0', 'junit:junit': '4', 'a:b': '*' });
    const versions = '[versions]\nwsc = "57.0.0"\n[libraries]\nwsc = { module = "com.force.api:force-wsc", version.ref = "wsc" }\nok = { module = "com.squareup.okhttp3:okhttp", version = "4.1" }\nnone = { module = "a:b" }\n';
    assert.deepEqual(readOne('libs.versions.toml', versions), { 'com.force.api:force-wsc': '57.0.0', 'com.squareup.okhttp3:okhttp': '4.1', 'a:b': '*' });
  });

  it('any text gives an answer', () => {
    const random = randomIntegers(11);
    const pieces = ['<dependency>', '</dependency>', '<groupId>', '</groupId>', '${', '}', '"a:b:', "'", 'module = "', '\n', '__proto__', '<', '1.0', ':'];
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: 60 }, () => pieces[random(pieces.length)]).join('');
      for (const name of ['pom.xml', 'build.gradle', 'libs.versions.toml']) for (const range of Object.values(readOne(name, text))) assert.match(range, /^(?:\*|\d+(?:\.\d+){0,2})$/);
    }
    const started = performance.now();
    readOne('pom.xml', '<dependency>'.repeat(40_000));
    readOne('build.gradle', "'a:".repeat(100_000));
    assert.ok(performance.now() - started < 2_000);
  });
});
