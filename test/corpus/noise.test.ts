import assert from 'node:assert/strict';
import { languageOf } from '../../server/src/languages/index.ts';
import { Parsers } from '../../server/src/languages/parsers.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { WASM } from '../fixtures/analyse.ts';
import { byRule, difference, expectedProjects } from './expected.ts';
import { linesAround, median, noiseOf } from './noise.ts';
import type { CallingFile } from './project.ts';

const parsers = new Parsers(WASM);

/** A file whose calls are the words `CALL`. */
async function file(text: string): Promise<CallingFile> {
  return { path: 'a.js', text, facts: await parsers.lower(languageOf('a.js')!, 'a.js', text), calls: [...text.matchAll(/CALL/g)].map(({ index }) => index) };
}

describe('findings in public repositories', () => {
  it('are expected at places, by rules that there are', () => {
    const projects = expectedProjects();
    assert.ok(projects.length >= 60);
    assert.equal(new Set(projects.map(({ repository }) => repository)).size, projects.length);
    for (const { repository, commit, findings } of projects) {
      assert.match(commit, /^[0-9a-f]{40}$/, repository);
      for (const [rule, places] of Object.entries(findings)) {
        assert.ok(RULES.some(({ id }) => id === rule), rule);
        for (const at of places) assert.match(at, /^[^:\n]+:\d+:\d+$/);
      }
    }
  });

  it('are told where they differ from what is expected', () => {
    const found = byRule([{ rule: 'b', severity: 'hint', at: 'x.js:1:1' }, { rule: 'a', severity: 'error', at: 'y.js:2:3' }, { rule: 'b', severity: 'hint', at: 'x.js:5:1' }]);
    assert.deepEqual(found, { a: ['y.js:2:3'], b: ['x.js:1:1', 'x.js:5:1'] });
    assert.deepEqual(difference(found, found), []);
    assert.deepEqual(difference({ a: ['y.js:2:3', 'z.js:1:1'] }, found), ['- a z.js:1:1', '+ b x.js:1:1', '+ b x.js:5:1']);
  });
});

describe('noise', () => {
  it('counts the lines of the functions that people see around calls, without blank ones', async () => {
    assert.equal(linesAround(await file('function a() {\n\n  CALL();\n}\nfunction b() {\n  other();\n}\n')), 3);
    assert.equal(linesAround(await file('function a() {\n  list.map((x) => {\n    CALL(x);\n  });\n  CALL();\n}\n')), 6, 'what is given to a call belongs to its function');
    assert.equal(linesAround(await file('class A {\n  one() {\n    CALL();\n  }\n  two() {\n  }\n}\n')), 3);
    assert.equal(linesAround(await file("app.get('/a', (req) => {\n  CALL();\n});\napp.get('/b', () => {\n  other();\n});\n")), 3, 'a route of its own');
    assert.equal(linesAround(await file('const x = 1;\nCALL();\nfunction a() {\n  one();\n  two();\n}\n')), 4, 'the file itself, without what is in its functions');
    assert.equal(linesAround(await file('const x = 1;\n')), 0);
  });

  it('is what is said for so many lines, hints aside', async () => {
    const files = [await file('function a() {\n  CALL();\n}\n')];
    const noise = noiseOf({ files, findings: [{ rule: 'a', severity: 'warning', at: 'a.js:2:3' }, { rule: 'b', severity: 'hint', at: 'a.js:2:3' }] });
    assert.deepEqual(noise, { findings: 1, lines: 3, density: 20, crowded: ['a.js:2:3'] });
    assert.equal(noiseOf({ files: [], findings: [] }), undefined);
  });

  it('has a middle', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.ok(Number.isNaN(median([])));
  });
});
