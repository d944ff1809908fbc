import assert from 'node:assert/strict';
import path from 'node:path';
import { FAILURE_CLASSES } from '../../server/src/report/callRecord.ts';
import { engineOf, reportOf, ROOT } from '../fixtures/analyse.ts';
import { fixtureFiles } from './allFixtures.ts';
import { randomIntegers } from './random.ts';

const IMPORT = "import { Connection } from 'jsforce';\n";
const GOOD = `${IMPORT}export function drop(conn: Connection) {\n  conn.sobject('Account').create({ Name: 'a' });\n}\n`;

/** Analyses a text beside a sound file and demands that the sound file is still read, and that the answer is well formed. */
async function survives(text: string, name = 'garbage.ts'): Promise<string | undefined> {
  const engine = await engineOf([{ name: 'good.ts', text: GOOD }, { name, text }]);
  const report = reportOf(engine);
  assert.equal(report.findings.filter(({ file }) => file === 'good.ts').length, 1, 'the sound file is still judged');
  const lines = text.split('\n').length;
  for (const place of [...report.calls, ...report.findings]) {
    if (place.file !== name) continue;
    assert.ok(place.line >= 1 && place.endLine <= lines && place.column >= 1 && place.endColumn >= place.column, `place ${JSON.stringify(place)}`);
  }
  return engine.analyse(path.join(ROOT, name)).failed;
}

describe('texts that are no programs', () => {
  for (const [what, text] of Object.entries({
    'an empty file': '',
    'only a byte order mark': '\ufeff',
    'NUL characters': `${IMPORT}\0\0\0const a = "\0";`,
    'half a surrogate pair': `${IMPORT}const a = "\ud83d"; const \udc00b = 1;`,
    'control characters': `${IMPORT}${Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('x')}`,
    'an unterminated template': `${IMPORT}const a = \`SELECT \${id FROM Account`,
    'a template in a template in a template, unterminated': `${IMPORT}const a = \`\${\`\${\`\${`,
    'an unterminated string': `${IMPORT}conn.query('SELECT Id FROM Account`,
    'an unterminated comment': `${IMPORT}/* conn.query('x')`,
    'an unterminated regular expression': `${IMPORT}const a = /[/;`,
    'only closing brackets': `${IMPORT}${')]}'.repeat(500)}`,
    'JSX in a file without JSX': `${IMPORT}const a = <div>{conn.query("x")}</div>;`,
    'another language': `${IMPORT}class A { public static void main(String[] args) throws Exception { conn.create(new Account()); } }`,
    'a merge conflict': `${IMPORT}<<<<<<< HEAD\nconn.query('a');\n=======\nconn.query('b');\n>>>>>>> other\n`,
    'JSON': `{"jsforce": "jsforce", "a": ['jsforce']}`,
    'names of the prototype': `${IMPORT}const conn = new Connection({});\nconn.constructor.create({});\nconn['__proto__'].query('x');\nconn.hasOwnProperty('x');\nconn.toString();\nexport default { ['__proto__']: conn };`,
    'imports of names of the prototype': "import { constructor, __proto__, toString } from 'jsforce';\nnew constructor({}).query('x');\n__proto__.create();\nexport { hasOwnProperty } from 'jsforce';",
    'a file that imports itself': "import { a } from './garbage';\nimport 'jsforce';\nexport const a = a;\nexport * from './garbage';",
    'a class that extends itself': `${IMPORT}class A extends A { conn = this.conn; go() { return this.go().conn.query('x'); } }\nclass B extends C {}\nclass C extends B {}`,
    'functions that call each other for ever': `${IMPORT}const a = () => b();\nconst b = () => a();\nconst c = async (conn: Connection) => { try { await c(conn); await conn.query('x'); } catch (e) { await c(conn); throw e; } };`,
  })) {
    it(what, async () => {
      for (const name of ['garbage.ts', 'garbage.js', 'garbage.tsx']) assert.equal(await survives(text, name), undefined);
    });
  }
});

const PYTHON = 'from simple_salesforce import Salesforce\nsf = Salesforce(session_id="x", instance="y")\n';

describe('texts that are no Python', () => {
  for (const [what, text] of Object.entries({
    'an empty file': '',
    'only a byte order mark': '\ufeff',
    'NUL characters': `${PYTHON}\0\0a = "\0"`,
    'half a surrogate pair': `${PYTHON}a = "\ud83d"\n\udc00b = 1`,
    'an unterminated string': `${PYTHON}sf.query("SELECT Id`,
    'an unterminated text of many lines': `${PYTHON}a = """sf.query('x')`,
    'an unterminated f-string': `${PYTHON}a = f"{sf.query(f'{`,
    'formats that fit nothing': `${PYTHON}a = '%s %(x)s %' % ()\nb = '{} {9} {x[0].y} {'.format(1)\nc = '%d' % sf\nd = ','.join([])`,
    'only closing brackets': `${PYTHON}${')]}'.repeat(500)}`,
    'blocks without a body': `${PYTHON}try:\nexcept:\nfinally:\nif x:\nelif:\nelse:\nfor in:\nwhile:\nwith as x:\ndef ():\nclass :\nmatch x:\n  case`,
    'indents at random': `${PYTHON}  a\n      b\n c\n\tdef f():\n  return 1\n        sf.query('x')`,
    'statements out of place': `${PYTHON}return sf\nraise\nbreak\ncontinue\nyield\nglobal sf\nnonlocal sf\nawait sf\nexcept X:\n  pass`,
    'Python 2': `${PYTHON}print "x", sf\nexec "x"\ntry:\n  sf.limits()\nexcept ValueError, e:\n  raise e, None\nprint >>f, \`sf\``,
    'another language': `${PYTHON}class A { public static void main(String[] args) { sf.create(new Account()); } }`,
    'a merge conflict': `${PYTHON}<<<<<<< HEAD\nsf.query('a')\n=======\nsf.query('b')\n>>>>>>> other\n`,
    'names of the prototype': `${PYTHON}sf.constructor.create({})\nsf.__proto__.query('x')\nfrom simple_salesforce import __proto__, toString, constructor\nconstructor().query('x')\ndef f(__proto__=1, **hasOwnProperty): pass\nf(__proto__=sf)\n{'__proto__': sf}['__proto__'].limits()`,
    'imports of all shapes': 'from . import *\nfrom .. import a\nfrom .... import b as c\nfrom .garbage import d\nimport garbage, .x\nimport simple_salesforce.a.b\nfrom simple_salesforce import (\nimport',
    'a class that extends itself': `${PYTHON}class A(A):\n  sf = self.sf\n  def go(self): return self.go().sf.query('x')\nclass B(C): pass\nclass C(B): pass\nC().x.query('y')`,
    'functions that call each other for ever': `${PYTHON}def a(): return b()\ndef b(): return a()\n@c\ndef c(f):\n  try:\n    return c(f)(sf.limits())\n  except X as X:\n    raise X from X\n@c\ndef d(): sf.limits()`,
  })) {
    it(what, async () => assert.equal(await survives(text, 'garbage.py'), undefined));
  }

  for (const [what, text] of Object.entries({
    brackets: `${PYTHON}a = ${'['.repeat(10_000)}${']'.repeat(10_000)}`,
    'member chains': `${PYTHON}a${'.b()'.repeat(10_000)}`,
    parentheses: `${PYTHON}a = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`,
  })) {
    it(`${what}, too deeply nested`, async () => assert.equal(await survives(text, 'garbage.py'), 'nested too deeply to analyse'));
  }
});

const CSHARP = 'using Salesforce.Force;\nclass Crm {\n  readonly ForceClient crm = new ForceClient("x", "y", "z");\n  void F() {\n';

describe('texts that are no C#', () => {
  for (const [what, text] of Object.entries({
    'an empty file': '',
    'only a byte order mark': '\ufeff',
    'NUL characters': `${CSHARP}\0\0 var a = "\0";`,
    'half a surrogate pair': `${CSHARP}var a = "\ud83d"; var \udc00b = 1;`,
    'an unterminated text': `${CSHARP}crm.QueryAsync<object>("SELECT Id`,
    'an unterminated text of many lines': `${CSHARP}var a = @"crm.QueryAsync("`,
    'an unterminated raw text': `${CSHARP}var a = """"crm.QueryAsync("`,
    'a template in a template, unterminated': `${CSHARP}var a = $"{crm.QueryAsync<object>($"{`,
    'formats that fit nothing': `${CSHARP}var a = string.Format("{0} {9} {x} {{ {", 1); a = string.Format(a); a = string.Join(","); a = string.Concat();`,
    'only closing brackets': `${CSHARP}${')]}'.repeat(500)}`,
    'statements without a body': `${CSHARP}try catch when finally if () else for (;;) foreach (var in) while () do switch () { case: default } using () lock () yield return; throw; goto x;`,
    'statements out of place': 'using Salesforce.Force;\nreturn; break; continue; yield return 1; await x; throw; case 1: base.F(); this.G(); value = 1;\ncatch (X) {}',
    'declarations without names': 'using Salesforce.Force;\nusing ;\nusing static ;\nusing = A;\nnamespace {}\nclass {}\nrecord ();\ninterface : IA { int (); }\nenum { , }\nclass A : { A() : base( {} int this[] => ; event ; ~() {} static operator +() {} }',
    'patterns of all shapes': `${CSHARP}_ = crm is not (null or { A: > 1 and < 2, B.C: "x" } y) and var z or [1, .., _] || crm is; var a = crm switch { }; a = crm switch { _ when a => , };`,
    'targets that cannot be assigned to': `${CSHARP}1 = crm; crm.F() = 2; (a, (b, c), _) = crm; new X() += 1; a?.B = 1; out var x; F(out 1, ref, in crm, name:);`,
    'another language': `${CSHARP}def f(x): return lambda: crm.query(x)\n<div>{crm}</div>`,
    'a merge conflict': `${CSHARP}<<<<<<< HEAD\ncrm.QueryAsync<object>("a");\n=======\ncrm.QueryAsync<object>("b");\n>>>>>>> other\n`,
    'conditions of the preprocessor, unfinished': `${CSHARP}#if A\ncrm.DescribeAsync<object>("a");\n#elif B\n}\n#else\n#region\n#if`,
    'names of the prototype': `${CSHARP}crm.constructor(1); crm.__proto__.QueryAsync<object>("x"); var hasOwnProperty = new { __proto__ = crm, toString = 1 }; hasOwnProperty["__proto__"].F(); new __proto__().toString();`,
    'a class that extends itself': 'using Salesforce.Force;\nclass A : A { ForceClient crm = new A().crm; object Go() => Go().crm.QueryAsync<object>("x"); }\nclass B : C {}\nclass C : B {}\npartial class D { void F() => E.G(); }\npartial class D : D {}',
    'functions that call each other for ever': `${CSHARP}} Task A() => B(); Task B() => A(); async Task C(object x) { try { await C(A()); } catch (X e) when (C(e) is null) { await C(crm.UserInfo<object>("x")); throw; } finally { C(B()); } }`,
  })) {
    it(what, async () => assert.equal(await survives(text, 'garbage.cs'), undefined));
  }

  for (const [what, text] of Object.entries({
    brackets: `${CSHARP}var a = ${'['.repeat(10_000)}${']'.repeat(10_000)};`,
    'member chains': `${CSHARP}a${'.B()'.repeat(10_000)};`,
    parentheses: `${CSHARP}var a = ${'('.repeat(10_000)}1${')'.repeat(10_000)};`,
    patterns: `${CSHARP}var a = crm is 1${' or 1'.repeat(10_000)} && crm;`,
  })) {
    it(`${what}, too deeply nested`, async () => assert.equal(await survives(text, 'garbage.cs'), 'nested too deeply to analyse'));
  }
});

describe('classes in many parts', () => {
  it('that extend each other in C# are read in no time', async function () {
    this.timeout(20_000);
    const parts = Array.from({ length: 25 }, (_, id) => `partial class A : B { void M${id}() { this.N${id}(crm); crm.DescribeAsync<object>("a"); } }\npartial class B : A { void N${id}(object x) { this.M${id}(); } }`);
    assert.equal(await survives(`using Salesforce.Force;\n${parts.join('\n')}\npartial class A { ForceClient crm; }`, 'garbage.cs'), undefined);
  });
});

const JAVA = 'package a;\nimport com.sforce.soap.partner.PartnerConnection;\nclass Garbage { PartnerConnection c; void f() throws Exception { c.query("x"); } }\n';

describe('texts that are no Java', () => {
  for (const [what, text] of Object.entries({
    'an empty file': '',
    'only a byte order mark': '\ufeff',
    'NUL characters': `${JAVA}\0\0class B { String a = "\0"; }`,
    'half a surrogate pair': `${JAVA}class B { String a = "\ud83d"; int \udc00b; }`,
    'an unterminated string': `${JAVA}class B { String a = "SELECT Id; }`,
    'an unterminated text block': `${JAVA}class B { String a = """\n c.query("x");`,
    'escapes of all kinds': `${JAVA}class B { String a = "\\uuuu0041\\777\\s\\" + '\\'' + "\\u00"; char b = '`,
    'formats that fit nothing': `${JAVA}class B { String a = String.format("%s %2$s %9$s %", c) + "{0} {9}".formatted() + MessageFormat.format("{0} {x}") + String.format() + String.join(","); }`,
    'only closing brackets': `${JAVA}${')]}'.repeat(500)}`,
    'members without a class': `${JAVA}void f() { return c.query("x"); } int a = c.query("y"); @Override`,
    'statements without a body': `${JAVA}class B { void f() { try { } catch ; finally if () else for (;;) while () do ; switch () { case : default -> } throw ; return yield synchronized { assert ; } break x; continue; } }`,
    'declarations without a name': 'package ;\nimport ;\nimport static ;\nimport static a;\nimport .*;\nclass { } interface { } enum { , } record () { } @interface { }',
    'patterns out of place': `${JAVA}class B { boolean f(Object o) { return o instanceof && o instanceof P( && o instanceof P(var x, P(int y)) z; } Object g(Object o) { return switch (o) { case null -> ; case P(var x) when -> yield x; }; } }`,
    'another language': `${JAVA}const a = async () => { await conn.create({}); };`,
    'a merge conflict': `${JAVA}<<<<<<< HEAD\nclass B {}\n=======\nclass B { void f() { c.query("y"); } }\n>>>>>>> other\n`,
    'names of the prototype': `${JAVA}class B extends Garbage { void constructor() throws Exception { c.constructor(); c.__proto__.query("x"); toString(); c.hasOwnProperty("x"); map.get("__proto__"); hasOwnProperty = c; } int __proto__() { return valueOf; } }`,
    'a file that imports itself': 'package a;\nimport a.Garbage;\nimport a.*;\nimport static a.Garbage.*;\nimport com.sforce.ws.*;\nclass Garbage extends Garbage { Garbage g = g.g; }',
    'classes that extend each other': `${JAVA}class B extends C { void f() { this.f(); super.f(); } } class C extends B { Garbage g() { return g().g(); } } interface D extends D {}`,
    'functions that call each other for ever': `${JAVA}class B { Object a() { return b(); } Object b() { return a(); } Object c(Supplier<Object> f) throws Exception { try { return c(() -> f.get()); } catch (Exception e) { return c(this::a); } } }`,
    'two classes of one name': `${JAVA}class Garbage { class Garbage { Garbage Garbage; } } record Garbage(Garbage Garbage) {}`,
  })) {
    it(what, async () => assert.equal(await survives(text, 'Garbage.java'), undefined));
  }

  for (const [what, text] of Object.entries({
    brackets: `${JAVA}class B { Object a = ${'('.repeat(10_000)}1${')'.repeat(10_000)}; }`,
    'member chains': `${JAVA}class B { Object a = a${'.b()'.repeat(10_000)}; }`,
    'classes in classes': `${JAVA}${'class B { '.repeat(10_000)}${'}'.repeat(10_000)}`,
  })) {
    it(`${what}, too deeply nested`, async () => assert.equal(await survives(text, 'Garbage.java'), 'nested too deeply to analyse'));
  }

  it('long texts are read in a time that grows with them', async function () {
    this.timeout(20_000);
    const appended = `class B { String f(StringBuilder s) { ${'s.append(a).append("b"); '.repeat(4_000)} return s.toString(); } }`;
    assert.equal(await survives(JAVA + appended, 'Garbage.java'), undefined);
    const fields = `class B { ${Array.from({ length: 4_000 }, (_, id) => `Object f${id}; void m${id}() { f${id} = c; m${(id + 1) % 4_000}(); }`).join(' ')} }`;
    assert.equal(await survives(JAVA + fields, 'Garbage.java'), undefined);
  });
});

describe('texts that are nested too deeply', () => {
  for (const [what, text] of Object.entries({
    brackets: `${IMPORT}const a = ${'['.repeat(10_000)}${']'.repeat(10_000)};`,
    parentheses: `${IMPORT}const a = ${'('.repeat(10_000)}1${')'.repeat(10_000)};`,
    blocks: `${IMPORT}${'{'.repeat(10_000)}${'}'.repeat(10_000)}`,
    functions: `${IMPORT}${'() => '.repeat(10_000)}1;`,
    'member chains': `${IMPORT}a${'.b()'.repeat(10_000)};`,
    sums: `${IMPORT}const a = 1${' + 1'.repeat(10_000)};`,
    templates: `${IMPORT}const a = ${'`${'.repeat(5_000)}1${'}`'.repeat(5_000)};`,
    'else if': `${IMPORT}if (a) {}${' else if (a) {}'.repeat(10_000)}`,
    'finally bodies in finally bodies': `${IMPORT}${'try { a(); } finally { '.repeat(60)}b();${' }'.repeat(60)}`,
    'finally bodies that are left early': `${IMPORT}function f() { ${'try { if (a) return 1; } finally { '.repeat(60)}b();${' }'.repeat(60)} }`,
    'type arguments that never end': `${IMPORT}x${'<A>'.repeat(3_000)}`,
    types: `${IMPORT}type A = ${'Array<'.repeat(10_000)}string${'>'.repeat(10_000)};`,
  })) {
    it(`${what}: failed with a reason, or read`, async function () {
      this.timeout(60_000);
      const failed = await survives(text);
      if (failed !== undefined) assert.equal(failed, 'nested too deeply to analyse');
      if (what === 'brackets' || what === 'parentheses') assert.equal(failed, 'nested too deeply to analyse');
    });
  }

  it('addresses that are made of themselves and of one another are read in no time', async function () {
    this.timeout(20_000);
    const functions = Array.from({ length: 60 }, (_, id) => `function u${id}(a) { return u${(id + 1) % 60}(a + base) + u${(id + 7) % 60}(base + a) + '/x'; }`);
    const text = `let base = 'https://a.my.salesforce.com'; base = base + base; base += u0(base);\n${functions.join('\n')}\nexport const go = () => fetch(u0('/services/data/v62.0') + base);\n`;
    assert.equal(await survives(text, 'addresses.js'), undefined);
  });

  it('signs without any sense are given up in time, and the parser goes on to the next file', async function () {
    this.timeout(120_000);
    const random = randomIntegers(3);
    const signs = '(){}[]<>`\'"/\\;,.=>?!\n$#@*abc 1';
    const text = IMPORT + Array.from({ length: 900_000 }, () => signs[random(signs.length)]).join('');
    assert.equal(await survives(text), 'left out: parsing it took longer than 5 s');
    assert.equal(await survives(GOOD, 'next.ts'), undefined);
  });

  it('what exhausts the stack or the memory of the parser does no harm to the files after it', async function () {
    this.timeout(120_000);
    for (const times of [2_500, 4_000, 16_000, 64_000]) {
      const failed = await survives(`${IMPORT}x${'<A>'.repeat(times)}`);
      if (failed !== undefined) assert.equal(failed, 'nested too deeply to analyse');
      assert.equal(await survives(GOOD, 'next.ts'), undefined);
    }
  });

  it('brackets that never close', async () => {
    for (const sign of ['[', '(', '{', '<', '`${']) await survives(`${IMPORT}const a = ${sign.repeat(10_000)}`);
  });

  it('long code on one level is read', async function () {
    this.timeout(60_000);
    const lines = Array.from({ length: 10_000 }, (_, index) => `export const f${index} = async (conn: Connection) => { await conn.query('SELECT Id FROM A${index} LIMIT 1'); };`);
    assert.equal(await survives(IMPORT + lines.join('\n')), undefined);
  });
});

describe('damaged real code', () => {
  /** Cuts, doubles, swaps or spoils a piece of the text. */
  function damaged(text: string, random: (limit: number) => number): string {
    const from = random(text.length + 1);
    const to = Math.min(text.length, from + random(60));
    switch (random(6)) {
      case 0:
        return text.slice(0, from);
      case 1:
        return text.slice(from);
      case 2:
        return text.slice(0, from) + text.slice(to);
      case 3:
        return text.slice(0, to) + text.slice(from);
      case 4:
        return text.slice(0, from) + '(){}[]<>`\'"/\\;,.=>?!\n${}'[random(24)] + text.slice(from);
      default:
        return text.slice(0, from) + String.fromCharCode(random(0x10000)) + text.slice(to);
    }
  }

  it('is read or failed with a reason, never thrown at us', async function () {
    this.timeout(120_000);
    const random = randomIntegers(42);
    const files = fixtureFiles();
    for (let round = 0; round < 40; round++) {
      const world = files.map((file) => (random(3) === 0 ? file : { ...file, text: damaged(file.text, random) }));
      const report = reportOf(await engineOf(world));
      for (const { reason } of report.files.failed) assert.equal(reason, 'nested too deeply to analyse');
      for (const call of report.calls) assert.deepEqual(Object.keys(call.classes as object).filter((name) => !(FAILURE_CLASSES as readonly string[]).includes(name)), []);
    }
  });

  it('gives the same answer for the same damage', async () => {
    const make = () => {
      const random = randomIntegers(3);
      return fixtureFiles().map((file) => ({ ...file, text: damaged(file.text, random) }));
    };
    assert.deepEqual(reportOf(await engineOf(make())), reportOf(await engineOf(make())));
  });
});
