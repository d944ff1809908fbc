// The reference: catalog/reference/*.md, one page a family and one for what has no code, made from the catalogue. A heading is a code, so that its
// anchor is the code in lower case (`referencePage` in catalog/reference.ts knows the exceptions).
import { readFileSync } from 'node:fs';
import * as catalog from '../catalog/index.ts';
import { headingAnchor, referencePage } from '../catalog/reference.ts';
import { entryMarkdown } from '../server/src/explain/entryMarkdown.ts';
import { CLASS_TEXT, FAMILY_TEXT, INFERRED_TEXT, REPEAT_TEXT, code, plain } from '../server/src/explain/wording.ts';
import { INTROS, OTHER_INTROS } from './referenceIntros.mjs';

/** Pages with fewer entries than this need no index. */
const INDEXED_FROM = 20;

/** Families in the order in which the list of pages names them. */
const FAMILIES = Object.keys(INTROS);

/** @typedef {{ heading: string, paragraphs: string[] }} Section a heading of the third level and what stands under it */

/**
 * Every file of the reference.
 * @returns {{ path: string, text: string }[]} paths from the root of the project
 */
export function referenceFiles() {
  const pages = [...FAMILIES.map(familyPage).filter(Boolean), messagesPage(), limitsPage(), retirementsPage()];
  return [listOfPages(pages), ...pages].map(({ name, parts }) => ({ path: `catalog/reference/${name}.md`, text: `${parts.join('\n\n')}\n` }));
}

/** The page of a family; undefined where no entry stands in it. */
function familyPage(family) {
  const { singles, groups } = family === 'http' ? { singles: catalog.httpStatuses().map(statusSection), groups: [] } : codeSections(family);
  const count = singles.length + groups.reduce((sum, { sections }) => sum + sections.length, 0);
  const guests = catalog.codeFamilies().flatMap((other) => catalog.codesOfFamily(other).filter(({ alsoIn }) => alsoIn?.includes(family)));
  if (count + guests.length === 0) return undefined;
  const everything = [...singles, ...groups.flatMap(({ sections }) => sections)];
  return {
    name: family,
    ...INTROS[family],
    count,
    parts: [
      ...head(INTROS[family]),
      ...(count >= INDEXED_FROM ? ['## Index', ...indexLines(family, everything.map(({ heading }) => heading))] : []),
      ...(groups.length > 0 ? ['## Groups', groupList(groups)] : []),
      ...(singles.length > 0 ? [family === 'http' ? '## Statuses' : '## Codes', ...singles.flatMap(sectionText)] : []),
      ...groups.flatMap(groupText),
      ...(guests.length > 0 ? ['## Explained on other pages', 'These mean the same here as there.', guests.sort(byCode).map((entry) => `- ${entryLink(entry, family)}: ${plain(entry.title)}`).join('\n')] : []),
    ],
  };
}

/** The codes of a family: each for itself, and those of a group under what they have in common. */
function codeSections(family) {
  if (!catalog.codeFamilies().includes(family)) return { singles: [], groups: [] };
  const { groups = [] } = JSON.parse(readFileSync(new URL(`../catalog/codes/${family}.json`, import.meta.url), 'utf8'));
  const grouped = new Set(groups.flatMap(({ members }) => members.map((member) => member.code)));
  const singles = catalog.codesOfFamily(family).filter((entry) => !grouped.has(entry.code)).sort(byCode);
  return {
    singles: singles.map((entry) => ({ heading: entry.code, paragraphs: [`**${plain(entry.title)}**`, ...whole(entry)] })),
    groups: [...groups.map(codeGroup), ...(family === 'client' ? [madeUpFromStatus()] : [])],
  };
}

function codeGroup(group) {
  const { family, title, meaning, who, source, checked } = group;
  const common = { code: group.id, family, title, meaning, http: [], modes: [groupMode(group)], who, causes: [], related: [], source, checked };
  return {
    title,
    paragraphs: bodyOf(common),
    sections: [...group.members].sort(byCode).map((member) => ({
      heading: member.code,
      paragraphs: [`**${plain(member.title)}**`, safe(plain(member.trigger)), ...ownMode(group, common, member), ...inferredNote({ inferred: member.inferred ?? group.inferred })],
    })),
  };
}

function groupMode(group) {
  return { id: 'any', class: group.class, retry: group.retry, category: group.category, doInCode: group.doInCode, doInOrg: group.doInOrg };
}

/** What is to be done about a member where that differs from its group. */
function ownMode(group, common, member) {
  const differs = ['class', 'retry', 'category', 'doInCode'].some((key) => member[key] !== undefined && member[key] !== group[key]);
  if (!differs) return [];
  const mode = { ...groupMode(group), ...Object.fromEntries(Object.entries(member).filter(([key]) => ['class', 'retry', 'category', 'doInCode'].includes(key))) };
  return bodyOf({ ...common, modes: [mode] }).slice(1, -1);
}

/** The names that jsforce makes up for an answer without a list of errors. */
function madeUpFromStatus() {
  const entries = catalog.codeNames().filter((name) => name.startsWith('ERROR_HTTP_')).flatMap(catalog.findCode);
  return {
    title: 'Made up from a status',
    paragraphs: ['jsforce gives these names to an answer whose body was no list of Salesforce errors, often a page of HTML from a proxy or from the edge. The status is all that is known.'],
    sections: entries.map((entry) => {
      const status = String(entry.http[0]);
      return { heading: entry.code, paragraphs: [`**${plain(entry.title)}**`, `See ${link(status, referencePage({ family: 'http', code: status }).page, status)}.`] };
    }),
  };
}

/** Everything about an entry, without its name and title. */
function whole(entry) {
  const paragraphs = bodyOf({ ...entry, inferred: false }, operationsOf(entry));
  const end = paragraphs.pop();
  const { family, hides = [], related } = entry;
  return [
    ...paragraphs,
    ...(hides.length > 0 ? [`Its message can carry another code: ${codeLinks(hides, family)}.`] : []),
    ...(related.length > 0 ? [`See also ${codeLinks(related, family)}.`] : []),
    ...inferredNote(entry),
    end,
  ];
}

/** What is said where a source tells no more than the name. */
function inferredNote({ inferred }) {
  return inferred ? [`_${INFERRED_TEXT}_`] : [];
}

/** An entry as hovers show it, in paragraphs, without its name; the last says who can end it and where that stands. */
function bodyOf(entry, operations = []) {
  const text = entryMarkdown({ ...entry, hides: [], related: [] }, { whole: true, operations });
  return text.split('\n\n').slice(1).map(safe);
}

/** Keeps `&lt;` in a sentence from being read as an angle bracket; words of code are left alone. */
function safe(markdown) {
  return markdown
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 0 ? part.replace(/(?<!\\)&(?=#?\w+;)/g, '\\&') : part))
    .join('');
}

let operationsByEntry;
/** Operations that can answer with this entry: its code in its own family. */
function operationsOf({ family, code: name }) {
  if (!operationsByEntry) {
    operationsByEntry = new Map();
    for (const { id } of catalog.operations()) {
      for (const key of new Set(catalog.modesOf(id).map((resolved) => `${resolved.code.family}:${resolved.code.code}`)))
        operationsByEntry.set(key, [...(operationsByEntry.get(key) ?? []), id]);
    }
  }
  return operationsByEntry.get(`${family}:${name}`) ?? [];
}

function statusSection(status) {
  const { status: number, title, meaning, codes, doInCode, source, checked } = status;
  const entry = {
    code: String(number), family: 'http', title, meaning, http: [], who: 'integration developer', causes: [], related: [], source, checked,
    modes: [{ id: 'status', class: status.class, retry: status.retry, doInCode }],
    notFailure: status.class === undefined,
  };
  return {
    heading: entry.code,
    paragraphs: [
      `**${plain(title)}**`,
      ...bodyOf(entry, operationsOf({ family: 'http', code: `HTTP_${number}` })).slice(0, -1),
      ...(codes.length > 0 ? [`Codes that come with it: ${codeLinks(codes, 'http')}.`] : []),
      sourceLine(status),
    ],
  };
}

const PRODUCTS = { salesforce: 'Salesforce', 'marketing-cloud': 'Marketing Cloud', 'ipaas.com': 'iPaaS.com', 'marketo-sales-connect': 'Marketo Sales Connect' };

function messagesPage() {
  const all = catalog.messages();
  const groups = Object.entries(PRODUCTS).flatMap(([product, title]) => {
    const own = all.filter((message) => message.product === product);
    return own.length === 0 ? [] : [{ title, sections: own.map(messageSection) }];
  });
  return { name: 'messages', ...OTHER_INTROS.messages, count: all.length, parts: [...head(OTHER_INTROS.messages), groupList(groups), ...groups.flatMap(groupText)] };
}

function messageSection(message) {
  const { id, title, patterns, meaning, doInCode, doInOrg, category, who, causes, codes, label, source, checked } = message;
  const mode = { id: 'any', class: message.class, retry: message.retry, category, doInCode, doInOrg };
  const paragraphs = bodyOf({ code: id, family: 'client', title, meaning, http: [], modes: [mode], who, causes, related: [], source, checked });
  const end = paragraphs.pop();
  return {
    heading: id,
    paragraphs: [
      `**${plain(title)}**`,
      patterns.map((pattern) => `- ${code(pattern)}`).join('\n'),
      ...paragraphs,
      ...(label ? [`Filed under ${code(label)}.`] : []),
      ...(codes.length > 0 ? [`Behind it: ${codeLinks(codes, message.product === 'marketing-cloud' ? 'mc-rest' : 'rest', 'messages')}.`] : []),
      end,
    ],
  };
}

const LIMIT_GROUPS = {
  api: 'Requests', bulk: 'Bulk jobs', events: 'Events and streaming', storage: 'Storage', email: 'E-mail', apex: 'Asynchronous Apex', analytics: 'Reports and analytics', other: 'Other allowances',
};

function limitsPage() {
  const keys = catalog.limits();
  const shapes = catalog.requestShapes();
  const views = catalog.usageViews();
  const groups = Object.entries(LIMIT_GROUPS).flatMap(([group, title]) => {
    const own = keys.filter((limit) => limit.group === group).sort((a, b) => compare(a.name, b.name));
    return own.length === 0 ? [] : [{ title, sections: own.map(limitSection) }];
  });
  if (shapes.length > 0) groups.push({ title: 'Bounds of a request', sections: shapes.map(shapeSection) });
  if (views.length > 0) groups.push({ title: 'Where use can be read', sections: views.map(viewSection) });
  return {
    name: 'limits',
    ...OTHER_INTROS.limits,
    count: keys.length + shapes.length + views.length,
    parts: [
      ...head(OTHER_INTROS.limits),
      groupList(groups),
      ...groups.flatMap(groupText),
    ],
  };
}

function limitSection(limit) {
  return {
    heading: limit.name,
    paragraphs: [
      `**${plain(limit.title)}** in ${plain(limit.unit)}, ${plain(limit.window)}${limit.apiVersions ? `; API versions ${plain(limit.apiVersions)}` : ''}`,
      plain(limit.counts),
      `- When nothing is left: ${plain(limit.atFull)}\n- To use less: ${plain(limit.useLess)}`,
      ...(limit.codes.length > 0 ? [`Calls then answer with ${codeLinks(limit.codes, 'rest', 'limits')}.`] : []),
      sourceLine(limit),
    ],
  };
}

function shapeSection(shape) {
  const { id, title, value, unit, per, operations, codes, http, beyond } = shape;
  const answers = [...(codes.length > 0 ? [codeLinks(codes, 'rest', 'limits')] : []), ...(http.length > 0 ? [`HTTP ${http.map((status) => link(String(status), 'http.md', String(status))).join(', ')}`] : [])];
  return {
    heading: id,
    paragraphs: [
      `**${plain(title)}**: ${value === undefined ? 'no bound' : `${value.toLocaleString('en-US')} ${plain(unit)}`} (${plain(per)})`,
      plain(beyond),
      ...(answers.length > 0 ? [`Answers beyond it: ${answers.join(', with ')}.`] : []),
      ...(operations.length > 0 ? [`Binds ${operations.map(code).join(', ')}.`] : []),
      sourceLine(shape),
    ],
  };
}

function viewSection(view) {
  return {
    heading: view.id,
    paragraphs: [
      `**${plain(view.title)}**`,
      plain(view.how),
      ...(view.example ? [`For example ${code(view.example)}.`] : []),
      ...(view.limits.length > 0 ? [`Tells about ${view.limits.map((name) => link(code(name), '', headingAnchor(name), true)).join(', ')}.`] : []),
      sourceLine(view),
    ],
  };
}

function retirementsPage() {
  const all = catalog.retirements();
  return { name: 'retirements', ...OTHER_INTROS.retirements, count: all.length, parts: [...head(OTHER_INTROS.retirements), ...all.flatMap((each) => sectionText(retirementSection(each)))] };
}

function retirementSection(retirement) {
  const { id, title, versions, families, operations, deprecated, retired, answers, instead } = retirement;
  const range = versions.to === undefined ? `${versions.from.toFixed(1)} and later` : `${versions.from.toFixed(1)} to ${versions.to.toFixed(1)}`;
  return {
    heading: id,
    paragraphs: [
      `**${plain(title)}**`,
      [
        `- API versions: ${range}, ${families.map((family) => FAMILY_TEXT[family] ?? family).join(', ')}`,
        ...(operations ? [`- Calls: ${operations.map(code).join(', ')}`] : []),
        ...(deprecated ? [`- No longer supported from ${deprecated} on`] : []),
        `- Gone with ${retired}`,
      ].join('\n'),
      ...(answers.length > 0
        ? [`From then on: ${answers.map((answer) => [FAMILY_TEXT[answer.family] ?? answer.family, ...(answer.http ? [link(String(answer.http), 'http.md', String(answer.http))] : []), ...(answer.code ? [codeLinks([answer.code], answer.family, 'retirements')] : [])].join(' ')).join('; ')}.`]
        : []),
      plain(instead),
      sourceLine(retirement),
    ],
  };
}

/** The page that names the others. */
function listOfPages(pages) {
  const row = ({ name, title, about, count }) => `| [${title}](${name}.md) | ${about} | ${count} |`;
  return {
    name: 'README',
    parts: [
      NOTE,
      '# Reference of errors and limits',
      'Everything that the catalogue of API Guard knows, one page for each API. Every entry says what really happened, whether the same request may be sent again, what to do in the code and in the org, and who can end it.',
      '## Pages',
      ['| Page | What it holds | Entries |', '| --- | --- | ---: |', ...pages.map(row)].join('\n'),
      '## Finding a code',
      [
        '- In the editor: the hover over a code leads here, and **API Guard: Explain Error** finds a code inside a pasted answer or log.',
        '- On the command line: `api-guard explain UNABLE_TO_LOCK_ROW`, or with a message or a log file instead of the code. `--list` names every code.',
        '- By address: a heading is the code itself, so its link is the page and the code in lower case, as in [dml.md#unable_to_lock_row](dml.md#unable_to_lock_row).',
        '- By search: look for the code behind `###` in this folder. The same word can stand on several pages, because it means different things: a refused request, or one refused record.',
      ].join('\n'),
      '## Words used',
      'The class says what good code does about a failure:',
      Object.entries(CLASS_TEXT).map(([word, text]) => `- **${word}**: ${text}`).join('\n'),
      'Whether the same request may be sent again:',
      Object.entries(REPEAT_TEXT).map(([word, text]) => `- **${word}**: ${text}`).join('\n'),
    ],
  };
}

const NOTE = '<!-- Generated by `npm run generate` from the JSON files of catalog/; edit those. -->';

function head({ title, text, example }) {
  return [NOTE, `# ${title}`, ...text, ...(example ? [['```' + example[0], ...example[1], '```'].join('\n')] : []), 'All pages: [README.md](README.md)'];
}

/** One line of links for each initial. */
function indexLines(family, names) {
  const lines = new Map();
  for (const name of [...names].sort(compare)) {
    const initial = name.charAt(0).toUpperCase();
    lines.set(initial, [...(lines.get(initial) ?? []), link(name, '', referencePage({ family, code: name }).anchor)]);
  }
  return [...lines].map(([initial, links]) => `**${initial}** ${links.join(' · ')}`);
}

/** @typedef {{ title: string, paragraphs?: string[], sections: Section[] }} Group a heading of the second level, what is true of all under it, and those */

/** A list of links to groups. @param {Group[]} groups */
function groupList(groups) {
  return groups.map(({ title, sections }) => `- ${link(title, '', headingAnchor(title))} (${sections.length})`).join('\n');
}

/** @param {Group} group */
function groupText({ title, paragraphs = [], sections }) {
  return [`## ${plain(title)}`, ...paragraphs, ...sections.flatMap(sectionText)];
}

/** @param {Section} section */
function sectionText({ heading, paragraphs }) {
  return [`### ${plain(heading)}`, ...paragraphs];
}

/** Names of codes, each with a link where it has an entry, as somebody who reads about `family` means them. `page`: where the links stand. */
function codeLinks(names, family, page = family) {
  return names
    .map((name) => {
      const entry = catalog.codeIn(name, family);
      return entry ? entryLink(entry, page) : code(name);
    })
    .join(', ');
}

function entryLink(entry, onPage) {
  const { page, anchor } = referencePage(entry);
  return link(code(entry.code), page === `${onPage}.md` ? '' : page, anchor, true);
}

/** @param {boolean} [ready] the text is Markdown already */
function link(text, page, anchor, ready = false) {
  return `[${ready ? text : plain(text)}](${page}#${anchor})`;
}

function sourceLine({ source, checked }) {
  return `[Source](${source})${checked ? `, checked ${checked}` : ''}`;
}

function byCode(a, b) {
  return compare(a.code, b.code);
}

const order = new Intl.Collator('en', { numeric: true });

/** Numbers by their value, names by their letters; names that differ in case alone always in the same order. */
function compare(a, b) {
  return order.compare(a.toLowerCase(), b.toLowerCase()) || (a < b ? -1 : a > b ? 1 : 0);
}
