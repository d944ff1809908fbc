import { clientModel, type ClientModel } from '../../catalog/schema/client.ts';
import { library, type Library } from '../../catalog/schema/library.ts';

/** Words in which the two languages spell the same library. */
interface Spelling {
  language: 'javascript' | 'python' | 'java' | 'csharp';
  crm: string;
  /** Absent where the language brings an HTTP client of its own. */
  http?: string;
  method(name: string): string;
  code: string;
  /** Where the result of each record says that it was saved. */
  ok: string;
  /** A request is built before it is sent. */
  built?: true;
  /** How an answer comes. */
  by: 'promise' | 'value';
  /** Classes of its errors: any, an expired session, any other. */
  errors: readonly [string, string, string];
}

const SPELLINGS: readonly Spelling[] = [
  { language: 'javascript', crm: 'acme-crm', http: 'acme-http', method: (name) => name, code: 'errorCode', ok: 'success', by: 'promise', errors: ['CrmError', 'SessionExpired', 'OtherCrmError'] },
  { language: 'python', crm: 'acme_crm', http: 'acme_http', method: (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), code: 'error_code', ok: 'success', by: 'value', errors: ['CrmError', 'SessionExpired', 'OtherCrmError'] },
  { language: 'csharp', crm: 'Acme.Crm', method: (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Async`, code: 'ErrorCode', ok: 'Success', by: 'promise', errors: ['CrmException', 'SessionExpiredException', 'OtherCrmException'] },
  { language: 'java', crm: 'com.acme.crm', http: 'java.net.http', built: true, method: (name) => name, code: 'getErrorCode()', ok: 'isSuccess()', by: 'value', errors: ['CrmException', 'SessionExpiredException', 'OtherCrmException'] },
];

/** A client library that is there in every language, as its models say it. */
export function acmeClients(): ClientModel[] {
  return SPELLINGS.map(({ language, crm, method, code, ok, by, errors: [any, expired, other] }) =>
    clientModel.parse({
      id: 'acme-crm',
      title: 'Acme CRM client',
      language,
      packages: [{ name: crm }],
      types: {
        Client: {
          exported: ['Client'],
          methods: {
            [method('login')]: [{ operation: 'oauth.login' }],
            [method('query')]: [{ operation: 'rest.query' }],
            [method('queryMore')]: [{ operation: 'rest.query-more' }],
            [method('createAll')]: [{ operation: 'rest.collections.create' }],
            [method('create')]: [{ operation: 'rest.sobject.create' }],
            [method('importAll')]: [{ operation: 'rest.collections.create', failure: { by: 'per-record', list: '', ok } }],
            [method('retrieve')]: [{ operation: 'rest.sobject.retrieve' }],
          },
        },
      },
      exceptions: [{ name: any }, { name: expired, parent: any, statuses: [401] }, { name: other, parent: any, others: true }],
      error: { code: [code], details: ['message'], status: [], never: [] },
      ...(by === 'value' ? { waits: true } : {}),
      retries: [],
      refresh: 'Never.',
      source: ['https://example.com/'],
    }),
  );
}

/** An HTTP client that reports a failed status as a result, in every language. */
export function acmeLibraries(): Library[] {
  return SPELLINGS.flatMap(({ language, http, by, built }) =>
    http === undefined ? [] : library.parse({
      kind: 'http',
      language,
      id: 'acme-http',
      title: 'Acme HTTP client',
      packages: [http],
      requests: built
        ? [{ names: ['send'], instances: ['client'], instancesOnly: true, builtAt: { argument: 0 }, methodElse: 'GET', answers: ['response'] }]
        : [{ names: ['post'], method: 'POST', urlAt: [{ argument: 0 }], answers: ['response'] }],
      instances: built ? [{ id: 'client', factories: ['HttpClient.newHttpClient'], types: ['HttpClient'] }] : [],
      ...(built ? { builders: [{ names: ['newBuilder'], url: 0 }, { names: ['POST'], method: 'POST' }] } : {}),
      answers: [{ id: 'response', by, status: ['status'], ok: [], body: [] }],
      errors: [{ statusClasses: [], networkClasses: [], status: [], body: [], network: [], never: [] }],
      retries: [],
      hooks: [],
      timeouts: [],
      source: ['https://example.com/'],
    }),
  );
}
