import assert from 'node:assert/strict';
import path from 'node:path';
import { Engine } from '../../server/src/engine/engine.ts';
import { fileRole } from '../../server/src/engine/sourceFile.ts';
import { engineOf, reportOf, ROOT, WASM } from '../fixtures/analyse.ts';
import { fixtureFiles } from './allFixtures.ts';
import { randomIntegers } from './random.ts';

type File = { name: string; text: string };

/** Puts one file into an engine, or takes it away. */
function give(engine: Engine, { name, text }: File, present: boolean): void {
  const file = path.join(ROOT, name);
  if (fileRole(name) === 'project') engine.setProjectFile(file, present ? text : undefined);
  else if (present) engine.setFile(file, text);
  else engine.removeFile(file);
}

/** Something that happens to source text while people work: a word changes, a line goes, a guard comes, a brace is half typed. */
function edited(text: string, random: (limit: number) => number): string {
  const lines = text.split('\n');
  const line = random(lines.length);
  switch (random(6)) {
    case 0:
      return lines.filter((_, index) => index !== line).join('\n');
    case 1:
      return text.replace('await ', '');
    case 2:
      return text.replace('console.error(error)', 'throw error');
    case 3:
      return lines.toSpliced(line, 0, '  {').join('\n');
    case 4:
      return text.replaceAll("'jsforce'", "'mysql'");
    default:
      return lines.toSpliced(line, 0, 'export const added = 1;').join('\n');
  }
}

/** What one stroke of a key, or a line put somewhere else, makes of a text. Half of it still parses. */
function typed(text: string, random: (limit: number) => number): string {
  const lines = text.split('\n');
  const line = random(lines.length);
  const at = random(text.length + 1);
  switch (random(6)) {
    case 0:
      return lines.toSpliced(line, 0, lines[random(lines.length)]!).join('\n');
    case 1:
      return lines.filter((_, index) => index !== line).join('\n');
    case 2:
      return `${text.slice(0, at)}a${text.slice(at)}`;
    case 3:
      return text.slice(0, at) + text.slice(at + 1);
    case 4:
      return lines.toSpliced(line, 0, "  // \u{1f4be} later").join('\n');
    default:
      return lines.toSpliced(line, 0, 'const later = `${1}`;').join('\n');
  }
}

describe('the report', function () {
  // Every fixture there is, several times over, on whatever machine.
  this.timeout(120_000);

  it('does not depend on the order in which files come', async () => {
    const files = fixtureFiles();
    const expected = reportOf(await engineOf(files));
    assert.ok(expected.calls.length > 200, 'the world is not empty');
    const random = randomIntegers(7);
    for (let round = 0; round < 4; round++) {
      const shuffled = files.map((file) => ({ file, at: random(1_000_000) })).sort((a, b) => a.at - b.at).map(({ file }) => file);
      assert.deepEqual(reportOf(await engineOf(shuffled)), expected);
    }
  });

  it('after any edits is that of an engine that starts cold', async () => {
    const world = new Map(fixtureFiles().map((file): [string, File] => [file.name, { name: file.name, text: file.text }]));
    const names = [...world.keys()].sort();
    const engine = await engineOf([...world.values()]);
    const random = randomIntegers(20);
    const gone = new Map<string, File>();
    for (let step = 0; step < 60; step++) {
      const name = names[random(names.length)]!;
      const file = world.get(name);
      if (!file) {
        const back = gone.get(name)!;
        world.set(name, back);
        give(engine, back, true);
      } else if (random(5) === 0) {
        world.delete(name);
        gone.set(name, file);
        give(engine, file, false);
      } else {
        const next = { name, text: fileRole(name) === 'project' ? `${file.text} ` : edited(file.text, random) };
        world.set(name, next);
        give(engine, next, true);
      }
      if (random(3) > 0) await engine.prepare();
      if (step % 12 === 11) {
        await engine.prepare();
        assert.deepEqual(reportOf(engine), reportOf(await engineOf([...world.values()])), `differs after ${step + 1} edits`);
      }
    }
  });

  it('after many edits of one file, one upon another, is that of an engine that starts cold', async () => {
    const files = fixtureFiles().filter(({ name }) => fileRole(name) === 'source').slice(0, 12);
    const random = randomIntegers(5);
    for (const first of files.slice(0, 5)) {
      const engine = await engineOf(files);
      const file = { name: first.name, text: first.text };
      for (let step = 1; step <= 24; step++) {
        file.text = random(6) === 0 ? first.text : typed(file.text, random);
        give(engine, file, true);
        await engine.prepare();
        engine.analyse(path.join(ROOT, file.name));
        if (step % 6 === 0) assert.deepEqual(reportOf(engine), reportOf(await engineOf([...files.filter((each) => each !== first), file])), `${file.name} differs after ${step} edits`);
      }
    }
  });

  it('comes back when an edit is taken back', async () => {
    const files = fixtureFiles();
    const engine = await engineOf(files);
    const expected = reportOf(engine);
    for (const file of files.filter(({ name }) => fileRole(name) === 'source').slice(0, 12)) {
      give(engine, { ...file, text: 'export {};' }, true);
      await engine.prepare();
      reportOf(engine);
      give(engine, file, true);
    }
    await engine.prepare();
    assert.deepEqual(reportOf(engine), expected);
  });

  it('of an engine that was asked for nothing in between is the same', async () => {
    const files = fixtureFiles();
    const asked = new Engine({ wasmFolder: WASM });
    for (const file of files) {
      give(asked, file, true);
      await asked.prepare();
      if (fileRole(file.name) === 'source') asked.analyse(path.join(ROOT, file.name));
    }
    assert.deepEqual(reportOf(asked), reportOf(await engineOf(files)));
  });
});
