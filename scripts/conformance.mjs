// The conformance table: server/src/languages/README.md, made of the fixtures. It shows which facts, rules and fixes each language supports: what a fixture
// shows is full; what none shows, or not all of it, has its reason in conformanceReasons.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUserEntries } from '../catalog/index.ts';
import { Engine } from '../server/src/engine/engine.ts';
import { isFix } from '../server/src/fixes/fixes.ts';
import { languageOf } from '../server/src/languages/index.ts';
import { OUTLINES } from '../server/src/languages/outlines.ts';
import { Parsers } from '../server/src/languages/parsers.ts';
import { RULES } from '../server/src/rules/index.ts';
import { acmeClients, acmeLibraries } from '../test/facts/acme.ts';
import { NOT_IN, PARTIAL, UNSHOWN } from './conformanceReasons.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WASM = join(root, 'node_modules/@vscode/tree-sitter-wasm/wasm');

const TITLES = { javascript: 'JavaScript, TypeScript', python: 'Python', java: 'Java', csharp: 'C#' };
export const LANGUAGES = OUTLINES.map(({ id }) => id);

const some = (list, test) => list.some(test);
const kinds = (facts, kind, test = () => true) => some(facts.values, (each) => each.k === kind && test(each));
const steps = (facts, test) => some(facts.functions, (fn) => some(fn.blocks, (block) => test(block)));

/** Facts, each with the question whether a file has it. @type {Record<string, (facts: import('../server/src/facts/facts.ts').FileFacts) => boolean>} */
export const FACTS = {
  'calls, members, literals': (facts) => kinds(facts, 'call') && kinds(facts, 'member') && kinds(facts, 'literal'),
  'arguments by name': (facts) => kinds(facts, 'call', ({ named }) => named !== undefined),
  'waiting for a result': (facts) => steps(facts, ({ steps: list }) => some(list, ({ k }) => k === 'await')),
  'functions as values': (facts) => kinds(facts, 'function'),
  'classes, methods, `this`': (facts) => some(facts.classes, ({ methods }) => methods.length > 0) && kinds(facts, 'this'),
  'parents of classes': (facts) => some(facts.classes, (each) => each.extends !== undefined),
  'types of variables and parameters': (facts) => some(facts.bindings, ({ type }) => type !== undefined),
  'decorators, annotations, attributes': (facts) => some(facts.functions, ({ decorators }) => decorators.length > 0),
  'errors that functions declare': (facts) => some(facts.functions, (fn) => fn.throws !== undefined),
  'catch clauses': (facts) => some(facts.functions, ({ handlers }) => handlers.length > 0),
  'classes of catch clauses': (facts) => some(facts.functions, ({ handlers }) => some(handlers, (each) => each.classes !== undefined)),
  'filters of catch clauses': (facts) => some(facts.functions, ({ handlers }) => some(handlers, (each) => each.filter !== undefined)),
  'what runs in any case (`finally`)': (facts) => steps(facts, ({ next }) => next.k === 'resume'),
  'loops over elements': (facts) => some(facts.functions, ({ loops }) => some(loops, ({ kind }) => kind === 'each')),
  'loops that count': (facts) => some(facts.functions, ({ loops }) => some(loops, ({ kind }) => kind === 'count')),
  'other loops': (facts) => some(facts.functions, ({ loops }) => some(loops, ({ kind }) => kind === 'while')),
  'generators': (facts) => some(facts.functions, ({ generator }) => generator),
  'texts with holes': (facts) => kinds(facts, 'template'),
  'tests of classes': (facts) => kinds(facts, 'operator', ({ op }) => op === 'instanceof'),
  'functions that are called later, or for each element': (facts) => kinds(facts, 'call', ({ protocol }) => protocol !== undefined),
  'imports and exports': (facts) => facts.imports.length > 0 && facts.exports.length > 0,
  'modules that several files make': (facts) => (facts.sees ?? []).length > 1,
  'statements beside which others can be put': (facts) => (facts.statements ?? []).length > 0,
};

/** Fixture files of a language: path to text, with the manifests of their cases. */
function fixturesOf(language) {
  const rooms = ['server/src/languages', 'server/src/rules', 'server/src/fixes'].flatMap((room) => readdirSync(join(root, room)).map((name) => join(root, room, name, 'fixtures'))).filter((folder) => existsSync(folder));
  const folders = [...rooms, join(root, 'server/src/coverage/fixtures'), join(root, 'test/engine/fixtures')];
  return folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.after\.\w+$/.test(entry.name) && languageOf(entry.name)?.id === language)
    .map((entry) => join(entry.parentPath, entry.name))).sort();
}

/** Which facts the fixtures of a language show. */
export async function shownFacts(language) {
  const parsers = new Parsers(WASM);
  const all = [];
  const integration = readdirSync(join(root, 'test/facts/integration')).filter((name) => languageOf(name)?.id === language).map((name) => join(root, 'test/facts/integration', name));
  for (const file of [...fixturesOf(language), ...integration]) all.push(await parsers.lower(languageOf(file), file, readFileSync(file, 'utf8')));
  return new Set(Object.keys(FACTS).filter((name) => all.some(FACTS[name])));
}

/** Which rules speak in the fixtures of a language, each in a folder of its own, and in the careless integration. */
export async function shownRules(language) {
  const shown = new Set();
  const careless = join(root, 'test/facts/careless');
  const note = async (files, together = false) => {
    const engine = new Engine({ wasmFolder: WASM });
    files.forEach((file, at) => {
      const number = together ? 0 : at;
      for (const manifest of ['package.json', 'requirements.txt', 'pom.xml', 'w.csproj']) {
        const found = [join(dirname(file), `${basename(file).split('.')[0]}.${manifest}`), join(dirname(file), manifest)].find((each) => existsSync(each));
        if (found) engine.setProjectFile(`/w/${number}/${manifest}`, readFileSync(found, 'utf8'));
      }
      engine.setFile(`/w/${number}/${basename(file)}`, readFileSync(file, 'utf8'));
    });
    await engine.prepare();
    for (const file of engine.paths()) for (const { rule } of engine.analyse(file).findings) shown.add(rule);
  };
  const fixtures = fixturesOf(language);
  await note(fixtures);
  // Some rules look at a whole program, which a case of several files is.
  const cases = Map.groupBy(fixtures, (file) => dirname(file));
  for (const { id } of RULES) {
    for (const [folder, files] of cases) if (!shown.has(id) && dirname(folder) === join(root, 'server/src/rules', id, 'fixtures')) await note(files, true);
  }
  setUserEntries({ codes: [], clients: acmeClients(), libraries: acmeLibraries() });
  try {
    await note(readdirSync(careless).filter((each) => languageOf(each)?.id === language).map((name) => join(careless, name)));
  } finally {
    setUserEntries(undefined);
  }
  return shown;
}

/** Which fixes have a fixture in a language; the retry of JavaScript is held by tests of its own. */
export function shownFixes(language) {
  const room = join(root, 'server/src/fixes');
  const made = readdirSync(room).filter((name) => existsSync(join(room, name, 'fixtures')) && readdirSync(join(room, name, 'fixtures')).some((file) => /\.after\.\w+$/.test(file) && languageOf(file.replace('.after', ''))?.id === language));
  return new Set(language === 'javascript' ? [...made, 'insert-retry', 'retry-function', 'start-request', 'upsert-instead'] : made);
}

/** The names of all fixes: what rules name and what there is. */
export function fixNames() {
  return [...new Set([...readdirSync(join(root, 'server/src/fixes')).filter((name) => isFix(name)), 'start-request', 'upsert-instead', 'retry-function'])].sort();
}

/** What stands in one cell of the table: `full`, or a word and its reason. */
export function cellOf(kind, name, language, shown) {
  const none = NOT_IN[kind]?.[name]?.[language];
  if (none !== undefined) return { word: 'none', reason: none };
  const partial = PARTIAL[kind]?.[name]?.[language];
  if (shown.has(name) && partial === undefined) return { word: 'full' };
  const reason = partial ?? UNSHOWN[kind];
  return { word: reason === undefined ? 'none' : 'partial', reason };
}

/** The page, as a file from the root of the project. */
export async function conformanceFile() {
  const parts = [
    '# What each language supports',
    'Generated by `node scripts/generate.mjs` from the fixtures; edit those, and the reasons in `scripts/conformanceReasons.mjs`. `full`: a fixture shows it. `partial` and `none` have their reasons below each table.',
  ];
  const rows = { facts: Object.keys(FACTS), rules: RULES.map(({ id }) => id).sort(), fixes: fixNames() };
  const shownBy = { facts: shownFacts, rules: shownRules, fixes: shownFixes };
  for (const [kind, names] of Object.entries(rows)) {
    const shown = new Map();
    for (const language of LANGUAGES) shown.set(language, await shownBy[kind](language));
    const notes = [];
    const lines = names.map((name) => {
      const cells = LANGUAGES.map((language) => {
        const { word, reason } = cellOf(kind, name, language, shown.get(language));
        if (reason === undefined) return word;
        if (!notes.includes(reason)) notes.push(reason);
        return `${word} (${notes.indexOf(reason) + 1})`;
      });
      return `| ${kind === 'facts' ? name : `\`${name}\``} | ${cells.join(' | ')} |`;
    });
    parts.push(
      `## ${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
      [`| | ${LANGUAGES.map((language) => TITLES[language]).join(' | ')} |`, `| --- |${' --- |'.repeat(LANGUAGES.length)}`, ...lines].join('\n'),
      notes.map((note, at) => `${at + 1}. ${note}`).join('\n'),
    );
  }
  return { path: 'server/src/languages/README.md', text: `${parts.filter((part) => part !== '').join('\n\n')}\n` };
}
