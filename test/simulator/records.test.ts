import assert from 'node:assert/strict';
import type { DemoOrg, SaveResultShape } from './demoOrg.ts';
import { connect, failureOf, startDemoOrg } from './demoOrg.ts';

describe('Demo org: records', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg();
  });
  after(() => org.sim.close());
  beforeEach(() => org.sim.control.reset());

  const accounts = (name: string): unknown[] => org.sim.control.records('Account').filter((record) => record['Name'] === name);

  for (const library of ['conn', 'old'] as const) {
    describe(library === 'conn' ? 'through jsforce 3' : 'through jsforce 1', () => {
      it('creates, retrieves, updates and deletes one record', async () => {
        const conn = org[library];
        const created = (await conn.create('Account', { Name: 'Acme', NumberOfEmployees: 7 })) as SaveResultShape;
        assert.deepEqual([created.success, created.errors, created.id.length], [true, [], 18]);
        const read = (await conn.retrieve('Account', created.id.slice(0, 15))) as Record<string, unknown>;
        assert.deepEqual([read['Id'], read['Name'], read['NumberOfEmployees'], read['Phone']], [created.id, 'Acme', 7, null]);
        await conn.update('Account', { Id: created.id, Name: 'Acme Ltd', Phone: null });
        assert.equal(accounts('Acme Ltd').length, 1);
        await conn.destroy('Account', created.id);
        assert.equal(accounts('Acme Ltd').length, 0);
        assert.equal((await failureOf(conn.destroy('Account', created.id))).errorCode, 'ENTITY_IS_DELETED');
      });

      it('upserts by external id', async () => {
        const conn = org[library];
        await conn.upsert('Account', { ERP_Id__c: 'ERP-new', Name: 'First' }, 'ERP_Id__c');
        await conn.upsert('Account', { ERP_Id__c: 'ERP-new', Name: 'Second' }, 'ERP_Id__c');
        assert.deepEqual([accounts('First').length, accounts('Second').length], [0, 1]);
      });

      it('resolves an array with a result for each record', async () => {
        const conn = org[library];
        const results = (await conn.create('Account', [{ Name: 'One' }, { Industry: 'Energy' }, { Name: 'Two', Nope: 1 }])) as unknown as SaveResultShape[];
        assert.deepEqual(results.map((result) => result.success), [true, false, false]);
        assert.deepEqual(results.map((result) => result.errors[0]?.statusCode), [undefined, 'REQUIRED_FIELD_MISSING', 'INVALID_FIELD']);
        assert.deepEqual(results[1]?.errors[0]?.fields, ['Name']);
        const id = results[0]?.id ?? '';
        const updated = (await conn.update('Account', [{ Id: id, Name: 'Uno' }, { Id: '001000000000000', Name: 'No' }])) as unknown as SaveResultShape[];
        assert.deepEqual(updated.map((result) => result.errors[0]?.statusCode), [undefined, 'NOT_FOUND']);
        const read = (await conn.retrieve('Account', [id, '001000000000000AAA'])) as unknown as (Record<string, unknown> | null)[];
        assert.deepEqual([read[0]?.['Name'], read[1]], ['Uno', null]);
        const deleted = (await conn.destroy('Account', [id, id])) as unknown as SaveResultShape[];
        assert.deepEqual(deleted.map((result) => result.errors[0]?.statusCode), [undefined, 'ENTITY_IS_DELETED']);
      });

      it('rejects one bad record with its code', async () => {
        const conn = org[library];
        const cases: [() => PromiseLike<unknown>, string][] = [
          [() => conn.create('Account', {}), 'REQUIRED_FIELD_MISSING'],
          [() => conn.create('Acount', { Name: 'x' }), 'NOT_FOUND'],
          [() => conn.create('Account', { Name: 'x', Nope__c: 1 }), 'INVALID_FIELD'],
          [() => conn.create('Account', { Name: 'x', ERP_Id__c: 'erp-1001' }), 'DUPLICATE_VALUE'],
          [() => conn.create('Account', { Name: 'x'.repeat(256) }), 'STRING_TOO_LONG'],
          [() => conn.create('Account', { Name: 'x', ParentId: 'short' }), 'MALFORMED_ID'],
          [() => conn.create('Account', { Name: 'x', ParentId: '001000000000000AAA' }), 'INVALID_CROSS_REFERENCE_KEY'],
          [() => conn.create('Account', { Name: 'x', NumberOfEmployees: 'many' }), 'JSON_PARSER_ERROR'],
          [() => conn.create('Account', { Name: 'x', CreatedDate: '2026-01-01' }), 'INVALID_FIELD_FOR_INSERT_UPDATE'],
          [() => conn.create('Opportunity', { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-01-01', Amount: -1 }), 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
          [() => conn.retrieve('Account', '001000000000000AAA'), 'NOT_FOUND'],
          [() => conn.retrieve('Account', 'nonsense'), 'MALFORMED_ID'],
          [() => conn.upsert('Account', { Name: 'x', Phone: '1' }, 'Phone'), 'NOT_FOUND'],
        ];
        for (const [work, code] of cases) assert.equal((await failureOf(work())).errorCode, code);
        assert.equal(accounts('x').length, 0);
      });
    });
  }

  it('answers 300 to an upsert whose key meets two records: jsforce 3 has a code for it, jsforce 1 a name only', async () => {
    const record = { Legacy_Id__c: 'L-100', Name: 'Which' };
    const error = await failureOf(org.conn.upsert('Account', record, 'Legacy_Id__c'));
    assert.equal(error.errorCode, 'MULTIPLE_CHOICES');
    assert.equal((error.data as unknown[]).length, 2);
    const oldError = await failureOf(org.old.upsert('Account', record, 'Legacy_Id__c'));
    assert.deepEqual([oldError.name, oldError.errorCode, (oldError.content as unknown[]).length], ['MULTIPLE_CHOICES', undefined, 2]);
  });

  it('tells created from updated in upserts since 46.0, with 204 before', async () => {
    const upsert = async (version: string): Promise<unknown> =>
      connect(org.sim, { instanceUrl: org.sim.instanceUrl, accessToken: org.sim.accessToken, version })
        .upsert('Account', { ERP_Id__c: 'ERP-v', Name: 'v' }, 'ERP_Id__c');
    assert.partialDeepStrictEqual(await upsert('46.0'), { success: true, created: true });
    assert.partialDeepStrictEqual(await upsert('46.0'), { success: true, created: false });
    assert.deepEqual(await upsert('45.0'), { success: true, errors: [] });
  });

  it('upserts an array in one request with jsforce 3 and one by one with jsforce 1', async () => {
    const records = [{ ERP_Id__c: 'ERP-1001', Name: 'Renamed' }, { ERP_Id__c: 'ERP-x', Industry: 'Energy' }, { ERP_Id__c: 'ERP-y', Name: 'New' }];
    const results = (await org.conn.upsert('Account', records, 'ERP_Id__c')) as unknown as SaveResultShape[];
    assert.deepEqual(results.map((result) => [result.success, result.created]), [[true, false], [false, undefined], [true, true]]);
    assert.equal(results[1]?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
    assert.deepEqual(org.sim.control.requests().map((one) => one.operation), ['collections']);
    org.sim.control.clearRequests();
    await org.old.upsert('Account', [{ ERP_Id__c: 'ERP-1001', Name: 'Again' }, { ERP_Id__c: 'ERP-1002', Name: 'Too' }], 'ERP_Id__c');
    assert.deepEqual(org.sim.control.requests().map((one) => one.operation), ['upsert', 'upsert']);
  });

  it('takes everything back with allOrNone', async () => {
    const before = org.sim.control.records('Account').length;
    const results = (await org.conn.create('Account', [{ Name: 'Kept?', ERP_Id__c: 'E-1' }, {}, { Name: 'Also' }], { allOrNone: true })) as unknown as SaveResultShape[];
    assert.deepEqual(results.map((result) => result.errors[0]?.statusCode),
      ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING', 'ALL_OR_NONE_OPERATION_ROLLED_BACK']);
    assert.equal(org.sim.control.records('Account').length, before);
    assert.ok((await org.conn.create('Account', { Name: 'Free again', ERP_Id__c: 'E-1' })).success);
    const [first, second] = org.sim.control.records('Account').map((record) => String(record['Id']));
    await org.conn.destroy('Account', [first ?? '', '001000000000000AAA'], { allOrNone: true });
    await org.conn.update('Account', [{ Id: second ?? '', Name: 'Changed', ERP_Id__c: 'E-2' }, { Id: '001000000000000AAA' }], { allOrNone: true });
    assert.equal(org.sim.control.records('Account').length, before + 1);
    assert.equal(accounts('Changed').length, 0);
  });

  it('refuses more than 200 records, which jsforce can cut up', async () => {
    const many = Array.from({ length: 201 }, (_unused, index) => ({ Name: `Bulk ${String(index)}` }));
    assert.equal((await failureOf(org.conn.create('Account', many))).errorCode, 'EXCEEDED_ID_LIMIT');
    assert.equal((await org.conn.create('Account', many, { allowRecursive: true })).length, 201);
  });

  it('reads a body of many parts in order', async () => {
    const records = Array.from({ length: 200 }, (_unused, index) => ({ Name: `Long ${String(index)}`, Description: String(index).padStart(10_000, '.') }));
    const results = (await org.conn.create('Account', records)) as unknown as SaveResultShape[];
    assert.ok(results.every((result) => result.success));
    assert.deepEqual(org.sim.control.records('Account').slice(-200).map((record) => record['Description']), records.map((record) => record.Description));
  });

  it('describes its objects, so that jsforce can find all fields', async () => {
    const global = await org.conn.describeGlobal();
    assert.deepEqual(global.sobjects.map((one) => one.name), ['Account', 'Contact', 'Opportunity', 'Lead', 'Case', 'User', 'Organization']);
    const fields = (await org.conn.describe('Contact')).fields;
    assert.partialDeepStrictEqual(fields.find((field) => field.name === 'Customer_No__c'), { externalId: true, unique: true, custom: true, createable: true });
    assert.equal((await failureOf(org.conn.describe('Nope'))).errorCode, 'NOT_FOUND');
    const found = await org.conn.sobject('Contact').find({ Customer_No__c: 'C-20001' });
    assert.equal(found[0]?.['LastName'], 'Abbott');
  });

  it('answers Composite and Batch with HTTP 200 and the failures inside', async () => {
    const answer = await org.conn.requestPost<{ compositeResponse: { httpStatusCode: number; referenceId: string; body: unknown }[] }>('/composite', {
      compositeRequest: [
        { method: 'POST', url: '/services/data/v60.0/sobjects/Account', referenceId: 'acc', body: { Name: 'Composite' } },
        { method: 'POST', url: '/services/data/v60.0/sobjects/Contact', referenceId: 'con', body: { LastName: 'Part', AccountId: '@{acc.id}' } },
        { method: 'POST', url: '/services/data/v60.0/sobjects/Contact', referenceId: 'bad', body: {} },
        { method: 'GET', url: '/services/data/v60.0/sobjects/Contact/@{bad.id}', referenceId: 'late' },
      ],
    });
    assert.deepEqual(answer.compositeResponse.map((one) => one.httpStatusCode), [201, 201, 400, 400]);
    assert.partialDeepStrictEqual(answer.compositeResponse[3]?.body, [{ errorCode: 'PROCESSING_HALTED' }]);
    assert.equal(accounts('Composite').length, 1);
    const undone = await org.conn.requestPost<typeof answer>('/composite', {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: '/services/data/v60.0/sobjects/Account', referenceId: 'acc', body: { Name: 'Undone' } },
        { method: 'DELETE', url: '/services/data/v60.0/sobjects/Account/001000000000000AAA', referenceId: 'bad' },
      ],
    });
    assert.deepEqual(undone.compositeResponse.map((one) => one.httpStatusCode), [400, 404]);
    assert.equal(accounts('Undone').length, 0);
    const batch = await org.conn.requestPost<{ hasErrors: boolean; results: { statusCode: number }[] }>('/composite/batch', {
      haltOnError: true,
      batchRequests: [{ method: 'GET', url: 'v60.0/limits' }, { method: 'GET', url: 'v60.0/sobjects/Nope/1' }, { method: 'GET', url: 'v60.0/limits' }],
    });
    assert.deepEqual([batch.hasErrors, batch.results.map((one) => one.statusCode)], [true, [200, 404, 412]]);
  });
});
