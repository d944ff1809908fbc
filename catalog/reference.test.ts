import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import * as catalog from './index.ts';
import { referencePage } from './reference.ts';
import type { CodeFile } from './schema/code.ts';

const FOLDER = new URL('./reference/', import.meta.url);

interface Section {
  heading: string;
  /** 1 for the title of the page. */
  level: number;
  body: string;
}

/** A page as a renderer sees it. */
interface Page {
  /** Anchor -> the heading's text, and what stands below it up to the next heading; Markdown's escapes taken off. */
  sections: ReadonlyMap<string, Section>;
  /** Targets of the links inside the reference. */
  links: readonly string[];
}

/** Reads a page by the rules of GitHub and VS Code: an anchor is the heading without punctuation; one that comes again is numbered. */
function readPage(name: string): Page {
  const text = readFileSync(new URL(name, FOLDER), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  const sections = new Map<string, Section>();
  const counts = new Map<string, number>();
  for (const part of text.split(/^(?=#{1,6} )/m).slice(1)) {
    const [line = '', ...rest] = part.split('\n');
    const heading = unescaped(line.replace(/^#+ /, ''));
    const slug = heading.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-');
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    sections.set(count === 0 ? slug : `${slug}-${count}`, { heading, level: line.indexOf(' '), body: unescaped(rest.join('\n')) });
  }
  const links = [...text.matchAll(/(?<!\\)\]\(([^()\s]+)\)/g)].map((match) => match[1] ?? '');
  return { sections, links: links.filter((target) => !target.startsWith('https://')) };
}

function unescaped(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

const names = readdirSync(FOLDER).sort();
const pages = new Map(names.map((name) => [name, readPage(name)]));
const entries = catalog.codeFamilies().flatMap(catalog.codesOfFamily);
const groups = catalog
  .codeFamilies()
  .flatMap((family) => (JSON.parse(readFileSync(new URL(`./codes/${family}.json`, import.meta.url), 'utf8')) as CodeFile).groups ?? []);
const madeUp = catalog.codeNames().filter((name) => name.startsWith('ERROR_HTTP_')).flatMap(catalog.findCode);

/** The section to which a link to an entry leads. */
function sectionOf(entry: { family: string; code: string }): Section | undefined {
  const { page, anchor } = referencePage(entry);
  return pages.get(page)?.sections.get(anchor);
}

describe('reference', () => {
  it('has a page for each family, for what has no code, and one that leads to all', () => {
    const others = ['http', 'messages', 'limits', 'retirements', 'README'];
    assert.deepEqual(names, [...catalog.codeFamilies(), ...others].map((name) => `${name}.md`).sort());
    const listed = new Set(pages.get('README.md')?.links);
    assert.deepEqual(names.filter((name) => name !== 'README.md' && !listed.has(name)), []);
  });

  it('has every code of every family under its own name, with its text as it was written', () => {
    assert.ok(entries.length > 2_000);
    const wrong = entries.filter((entry) => {
      const section = sectionOf(entry);
      return section?.heading !== entry.code || !section.body.includes(entry.title);
    });
    assert.deepEqual(wrong.map(({ family, code }) => `${family} ${code}`), []);
  });

  it('tells codes apart that differ in case alone', () => {
    const twins = ['InvalidXML', 'InvalidXml'].map((code) => sectionOf({ family: 'bulk', code })?.heading);
    assert.deepEqual(twins, ['InvalidXML', 'InvalidXml']);
  });

  it('says everything of an entry: meaning, each mode, causes, raw message, related codes, source', () => {
    const members = new Set(groups.flatMap(({ family, members: each }) => each.map(({ code }) => `${family} ${code}`)));
    const singles = entries.filter(({ family, code }) => !members.has(`${family} ${code}`));
    assert.ok(singles.length > 1_000);
    const lost = singles.flatMap((entry) => {
      const { family, code, meaning, modes, message, causes, related, hides = [], who, source, checked, notFailure } = entry;
      const ofFailure = notFailure ? [] : [who, ...modes.flatMap(({ class: failureClass, doInOrg }) => [failureClass, doInOrg])];
      const ofModes = modes.flatMap((mode) => [mode.doInCode, mode.meaning, mode.when?.message, mode.when?.inner]);
      const texts = [meaning, message?.replaceAll('`', "'"), source, checked, ...causes, ...related, ...hides, ...ofModes, ...ofFailure];
      const body = sectionOf(entry)?.body ?? '';
      return texts.filter((text) => text !== undefined && !body.includes(unescaped(text).replace(/\s*\n\s*/g, ' '))).map((text) => `${family} ${code}: ${text}`);
    });
    assert.deepEqual(lost, []);
  });

  it('says of a group once what is true of all, and of each member what sets it off and where it differs', () => {
    assert.ok(groups.length > 50);
    const lost: string[] = [];
    for (const { family, id, title, meaning, doInCode, doInOrg, members } of groups) {
      const section = [...(pages.get(`${family}.md`)?.sections.values() ?? [])].find(({ heading }) => heading === title);
      for (const text of [meaning, doInCode, doInOrg]) if (text !== undefined && !section?.body.includes(text)) lost.push(`${family} ${id}: ${text}`);
      for (const member of members) {
        const body = sectionOf({ family, code: member.code })?.body ?? '';
        for (const text of [member.trigger, member.class, member.doInCode]) if (text !== undefined && !body.includes(text)) lost.push(`${family} ${member.code}: ${text}`);
      }
    }
    assert.deepEqual(lost, []);
  });

  it('says so where a text is reasoned from a name alone', () => {
    const inferred = entries.filter((entry) => entry.inferred);
    assert.ok(inferred.length > 0);
    const marked = entries.filter((entry) => /\blittle more than the name of this code\b/.test(sectionOf(entry)?.body ?? ''));
    assert.deepEqual(marked, inferred);
  });

  it('names a code that several families share on the page of each', () => {
    const shared = entries.flatMap((entry) => (entry.alsoIn ?? []).map((family) => ({ entry, family })));
    assert.ok(shared.length > 100);
    const missing = shared.filter(({ entry, family }) => {
      const { page, anchor } = referencePage(entry);
      return !pages.get(`${family}.md`)?.links.includes(`${page}#${anchor}`);
    });
    assert.deepEqual(missing.map(({ entry, family }) => `${entry.code} in ${family}`), []);
  });

  it('has every status, also by the names that look-ups and jsforce give it', () => {
    for (const { status, meaning } of catalog.httpStatuses()) {
      assert.ok(sectionOf({ family: 'http', code: String(status) })?.body.includes(meaning), String(status));
      assert.equal(sectionOf({ family: 'http', code: `HTTP_${status}` })?.heading, String(status));
    }
    assert.ok(madeUp.length > 10);
    for (const entry of madeUp) assert.equal(sectionOf(entry)?.heading, entry.code);
  });

  it('has every message, limit, bound, view and retirement', () => {
    const wanted: [page: string, headings: string[]][] = [
      ['messages.md', catalog.messages().map(({ id }) => id)],
      ['limits.md', [...catalog.limits().map(({ name }) => name), ...catalog.requestShapes().map(({ id }) => id), ...catalog.usageViews().map(({ id }) => id)]],
      ['retirements.md', catalog.retirements().map(({ id }) => id)],
    ];
    for (const [page, headings] of wanted) {
      const found = new Set([...(pages.get(page)?.sections.values() ?? [])].map(({ heading }) => heading));
      assert.deepEqual(headings.filter((heading) => !found.has(heading)), [], page);
    }
    const patterns = catalog.messages().flatMap(({ id, patterns: texts }) => texts.map((text) => ({ id, text })));
    const messages = readFileSync(new URL('messages.md', FOLDER), 'utf8');
    assert.deepEqual(patterns.filter(({ text }) => !messages.includes(`\`${text.replaceAll('`', "'")}\``)), []);
  });

  it('counts the entries of each page in the list of pages', () => {
    const list = readFileSync(new URL('README.md', FOLDER), 'utf8');
    for (const family of catalog.codeFamilies()) {
      const count = catalog.codesOfFamily(family).length + (family === 'client' ? madeUp.length : 0);
      assert.match(list, new RegExp(`\\(${family}\\.md\\) \\| [^|]+ \\| ${count} \\|`), family);
    }
  });

  for (const [name, { sections, links }] of pages) {
    it(`${name}: every link leads to a heading`, () => {
      assert.ok(links.length > 0);
      const dead = links.filter((target) => {
        const [page = '', anchor] = target.split('#');
        const there = page === '' ? sections : pages.get(page)?.sections;
        return !there || (anchor !== undefined && !there.has(anchor));
      });
      assert.deepEqual(dead, []);
    });

    it(`${name}: says something under every heading`, () => {
      assert.ok(sections.size > 2);
      // Some headings of the second level only gather those below them.
      assert.deepEqual([...sections.values()].filter(({ level, body }) => level !== 2 && body.trim().length < 20).map(({ heading }) => heading), []);
    });
  }

  it('stays small enough to ship', () => {
    assert.ok(names.reduce((sum, name) => sum + statSync(new URL(name, FOLDER)).size, 0) < 4 * 1024 * 1024);
  });

  it('gives hostile names a place and never an error', () => {
    for (const bad of ['', '../..', '__proto__', 'constructor', '\u0000', '☃', '#', 'a'.repeat(100_000)]) {
      const { page, anchor } = referencePage({ family: bad, code: bad });
      assert.equal(typeof page, 'string');
      assert.doesNotMatch(anchor, /[#()/\s]/);
      assert.equal(pages.get(page)?.sections.get(anchor), undefined);
    }
  });
});
