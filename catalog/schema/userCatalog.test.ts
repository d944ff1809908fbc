import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { userCatalog } from './userCatalog.ts';

const schema = JSON.parse(readFileSync(new URL('./user-catalog.schema.json', import.meta.url), 'utf8')) as Record<string, unknown>;
const ajv = new Ajv({ allErrors: true, formats: { uri: (text: string) => URL.canParse(text) } });
// What VS Code shows beside the values of an enumeration; to a validator it means nothing.
ajv.addVocabulary(['enumDescriptions']);
const valid = ajv.compile(schema);

/** As short as an entry may be. */
const MODE = { class: 'data', retry: 'never-helps', doInCode: 'Set the order aside.' };
const CODE = { code: 'ORDER_LOCKED', title: 'The order is locked by the ERP', meaning: 'Somebody works on it there.', modes: [MODE] };
const CLIENT = {
  id: 'our-client', title: 'Our client', packages: [{ name: '@our/client', default: 'Client' }],
  types: { Client: { methods: { load: [{ operation: 'rest.query' }] } } },
  error: { code: ['errorCode'], details: [], status: [], never: [] },
};
const RETRY = { kind: 'retry', id: 'our-retry', packages: ['@our/retry'], functions: [{ export: 'withRetry', repeats: 0 }] };

const GOOD: [what: string, value: unknown][] = [
  ['nothing at all', {}],
  ['a code of four fields', { codes: [CODE] }],
  [
    'a code with everything',
    {
      codes: [
        {
          ...CODE, family: 'rest', alsoIn: ['composite'], http: [409], who: 'data owner', causes: ['An open order'], message: 'Order <number> is locked', related: ['ENTITY_IS_LOCKED'],
          hides: ['UNABLE_TO_LOCK_ROW'], source: 'https://wiki.example.com/orders', checked: '2026-11-21', generic: false,
          modes: [{ ...MODE, id: 'row-lock', when: { inner: 'UNABLE_TO_LOCK_ROW' }, class: 'transient', retry: 'not-applied' }, { ...MODE, id: 'other', doInOrg: 'Close the order.' }],
        },
      ],
    },
  ],
  ['a client without source, retries and refresh', { clients: [CLIENT] }],
  ['a library without source', { libraries: [RETRY] }],
];

const BAD: [what: string, value: unknown, at: string][] = [
  ['a misspelt list', { code: [CODE] }, ''],
  ['a misspelt field', { codes: [{ ...CODE, meening: 'x' }] }, '/codes/0'],
  ['a code without a meaning', { codes: [{ ...CODE, meaning: undefined }] }, '/codes/0'],
  ['a code without modes', { codes: [{ ...CODE, modes: [] }] }, '/codes/0/modes'],
  ['an unknown class', { codes: [{ ...CODE, modes: [{ ...MODE, class: 'sometimes' }] }] }, '/codes/0/modes/0/class'],
  ['an unknown family', { codes: [{ ...CODE, family: 'graphql' }] }, '/codes/0/family'],
  ['a status in words', { codes: [{ ...CODE, http: ['409'] }] }, '/codes/0/http/0'],
  ['a day in words', { codes: [{ ...CODE, checked: 'yesterday' }] }, '/codes/0/checked'],
  ['a source that is no address', { codes: [{ ...CODE, source: 'our wiki' }] }, '/codes/0/source'],
  ['a package without a name', { clients: [{ ...CLIENT, packages: [{ default: 'Client' }] }] }, '/clients/0/packages/0'],
  ['a retry function without its argument', { libraries: [{ ...RETRY, functions: [{ export: 'withRetry' }] }] }, '/libraries/0/functions/0'],
  ['a library of no kind', { libraries: [{ ...RETRY, kind: undefined }] }, '/libraries/0'],
  ['a list', [], ''],
  ['a text', 'codes', ''],
  ['null', null, ''],
];

/** As it comes out of a file: no member without a value. */
function fromFile(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('schema of users’ entries', () => {
  it('is of the draft that editors understand, and names itself', () => {
    assert.equal(schema['$schema'], 'http://json-schema.org/draft-07/schema#');
    assert.equal('$id' in schema, false);
    assert.match(String(schema['title']), /API Guard/);
  });

  for (const [what, value] of GOOD) {
    it(`takes ${what}`, () => {
      assert.equal(valid(fromFile(value)), true, ajv.errorsText(valid.errors));
      assert.deepEqual(userCatalog.safeParse(fromFile(value)).error?.issues ?? [], []);
    });
  }

  for (const [what, value, at] of BAD) {
    it(`refuses ${what}, at its place`, () => {
      assert.equal(valid(fromFile(value)), false);
      assert.ok(valid.errors?.some(({ instancePath }) => instancePath === at), ajv.errorsText(valid.errors));
      const issues = userCatalog.safeParse(fromFile(value)).error?.issues ?? [];
      assert.ok(issues.some(({ path }) => `/${path.join('/')}`.startsWith(at === '' ? '/' : at)), JSON.stringify(issues));
    });
  }

  it('refuses an address that an editor would run', () => {
    assert.equal(userCatalog.safeParse({ codes: [{ ...CODE, source: 'javascript:alert(1)' }] }).success, false);
    assert.equal(userCatalog.safeParse({ codes: [{ ...CODE, source: 'command:workbench.action.quit' }] }).success, false);
  });

  it('refuses two modes of one name', () => {
    const two = [{ ...MODE, when: { message: 'x' } }, MODE];
    assert.equal(userCatalog.safeParse({ codes: [{ ...CODE, modes: two }] }).success, false);
  });

  it('fills in what a short entry leaves out', () => {
    const [entry] = userCatalog.parse({ codes: [CODE] }).codes ?? [];
    assert.deepEqual(entry, {
      ...CODE, family: 'rest', http: [], modes: [{ ...MODE, id: 'any' }], who: 'integration developer', causes: [], related: [], source: '', checked: '',
    });
  });

  it('explains its fields and the values of a class to who writes an entry', () => {
    const { codes } = schema['properties'] as Record<string, { items: { properties: Record<string, { description?: string; items?: { properties: Record<string, { enum?: string[]; enumDescriptions?: string[]; description?: string }> } }> } }>;
    const fields = Object.entries(codes?.items.properties ?? {});
    assert.ok(fields.length > 10);
    assert.deepEqual(fields.filter(([, { description }]) => !description).map(([name]) => name), []);
    const modes = codes?.items.properties['modes']?.items?.properties ?? {};
    assert.ok(modes['class']?.description && modes['retry']?.description);
    assert.equal(modes['class']?.enumDescriptions?.length, modes['class']?.enum?.length);
  });
});
