import type { Operation } from '../../server/src/simulator/faults.ts';

/** A way in which code makes a request, as the source of a module that exports `run`. */
export interface Shape {
  name: string;
  /** What it sends. */
  operation: Extract<Operation, 'create' | 'update' | 'upsert' | 'delete' | 'query'>;
  /** The fix that is applied; the retry of the call if absent. */
  fix?: 'retry-function' | 'upsert-instead';
  /** What it sends once it is mended, where that is something else. */
  sends?: 'upsert';
  /** How many records are there afterwards; as many as requests if absent. */
  records?: number;
  /** How many requests of that kind it sends where nothing fails; one if absent. */
  requests?: number;
  extension: 'ts' | 'cjs' | 'mjs';
  source: string;
  /** Only with this version of jsforce: the other repeats such a request itself. */
  only?: 1;
  /** A function that logs in again is in reach. */
  renews?: true;
}

const HEAD = "import type { Connection } from 'jsforce';\n\n";
const ts = (name: string, operation: Shape['operation'], source: string, more: Partial<Shape> = {}): Shape => ({ name, operation, extension: 'ts', source: HEAD + source, ...more });

/** Every shape exports `run(conn, name, id, world)`: it writes (or reads) the account of that name or id; `world` has what only some need. */
export const SHAPES: Shape[] = [
  ts('awaited create', 'create', `export async function run(conn: Connection, name: string) {
  const saved = await conn.sobject('Account').create({ Name: name });
  return saved.id;
}
`),
  ts('awaited update by Id', 'update', `export async function run(conn: Connection, name: string, id: string) {
  await conn.sobject('Account').update({ Id: id, Name: name });
}
`),
  ts('awaited upsert by external id', 'upsert', `export async function run(conn: Connection, name: string) {
  await conn.sobject('Account').upsert({ ERP_Id__c: name, Name: name }, 'ERP_Id__c');
}
`),
  ts('awaited delete', 'delete', `export async function run(conn: Connection, _name: string, id: string) {
  await conn.sobject('Account').destroy(id);
}
`, { only: 1 }),
  ts('create made an upsert', 'create', `export async function run(conn: Connection, name: string) {
  const saved = await conn.sobject('Account').create({ ERP_Id__c: name, Name: name });
  return saved.id;
}
`, { fix: 'upsert-instead', sends: 'upsert' }),
  ts('whole function', 'update', `export async function run(conn: Connection, name: string, id: string) {
  await conn.sobject('Account').update({ Id: id, Name: \`\${name} soon\` });
  await conn.sobject('Account').update({ Id: id, Name: name });
}
`, { fix: 'retry-function', requests: 2, records: 1 }),
  ts('awaited query in a loop', 'query', `declare function setInterval(work: () => void, delay: number): void;

export async function run(conn: Connection, name: string) {
  const found = [];
  for (const each of [name]) {
    const { records } = await conn.query(\`SELECT Id FROM Account WHERE Name = '\${each}'\`);
    found.push(...records);
  }
  return found;
}

export function start(conn: Connection) {
  setInterval(() => void run(conn, 'Acme').catch((error) => process.stderr.write(String(error))), 60_000);
}
`, { only: 1 }),
  ts('generator of queries', 'query', `declare function setInterval(work: () => void, delay: number): void;

async function* pages(conn: Connection, names: string[]) {
  for (const name of names) yield await conn.sobject('Account').find({ Name: name }, ['Id']).execute();
}

export async function run(conn: Connection, name: string) {
  const found = [];
  for await (const page of pages(conn, [name])) found.push(...page);
  return found;
}

export function start(conn: Connection) {
  setInterval(() => void run(conn, 'Acme').catch((error) => process.stderr.write(String(error))), 60_000);
}
`, { only: 1 }),
  ts('returned promise', 'create', `export function run(conn: Connection, name: string) {
  return conn.create('Account', { Name: name });
}
`),
  ts('arrow body', 'create', `export const run = (conn: Connection, name: string) => conn.sobject('Account').create({ Name: name });
`),
  ts('chain of then', 'create', `export function run(conn: Connection, name: string) {
  return conn
    .sobject('Account')
    .create({ Name: name })
    .then((saved) => saved.id);
}
`),
  ts('argument', 'create', `const keep = <T>(value: T): T => value;

export async function run(conn: Connection, name: string) {
  return keep(await conn.create('Account', { Name: name }));
}
`),
  ts('promise as argument', 'create', `async function settle<T>(work: PromiseLike<T>): Promise<T> {
  return await work;
}

export async function run(conn: Connection, name: string) {
  return await settle(conn.create('Account', { Name: name }));
}
`),
  ts('condition', 'create', `export async function run(conn: Connection, name: string) {
  if (name !== '' && (await conn.create('Account', { Name: name })).success) return true;
  return false;
}
`),
  ts('conditional expression', 'create', `export async function run(conn: Connection, name: string) {
  return name === '' ? undefined : await conn.create('Account', { Name: name });
}
`),
  ts('assignment', 'create', `export async function run(conn: Connection, name: string) {
  let saved;
  saved = await conn.create('Account', { Name: name });
  return saved.id;
}
`),
  ts('promise kept for later', 'create', `export async function run(conn: Connection, name: string) {
  const pending = conn.create('Account', { Name: name });
  const length = name.length;
  return [await pending, length];
}
`),
  ts('two calls in one statement', 'create', `export async function run(conn: Connection, name: string) {
  const [one, two] = await Promise.all([conn.create('Account', { Name: name }), conn.create('Account', { Name: \`\${name} 2\` })]);
  return [one.id, two.id];
}
`, { requests: 2 }),
  ts('asynchronous generator', 'create', `async function* each(conn: Connection, name: string) {
  yield await conn.create('Account', { Name: name });
}

export async function run(conn: Connection, name: string) {
  for await (const saved of each(conn, name)) return saved;
}
`),
  ts('method with this', 'create', `class Accounts {
  private readonly conn: Connection;
  private readonly prefix = '';

  constructor(conn: Connection) {
    this.conn = conn;
  }

  async add(name: string) {
    return await this.conn.create('Account', { Name: this.prefix + name });
  }
}

export const run = (conn: Connection, name: string) => new Accounts(conn).add(name);
`),
  ts('narrowed field', 'create', `class Accounts {
  conn?: Connection;

  async add(input: { name?: string }) {
    if (!this.conn || input.name === undefined) throw new Error('not ready');
    return await this.conn.create('Account', { Name: input.name });
  }
}

export async function run(conn: Connection, name: string) {
  const accounts = new Accounts();
  accounts.conn = conn;
  return await accounts.add({ name });
}
`),
  ts('argument with an effect', 'create', `const drawn: string[] = [];
const draw = async (name: string) => {
  drawn.push(name);
  if (drawn.filter((each) => each === name).length > 1) throw new Error('drawn twice');
  return name;
};

export async function run(conn: Connection, name: string) {
  const saved = await conn.create('Account', { Name: await draw(name) });
  return saved.id;
}
`),
  ts('generic function', 'update', `export async function run<T extends string>(conn: Connection, name: T, id: string): Promise<T> {
  await conn.sobject<{ Id: string; Name: T }>('Account').update({ Id: id, Name: name });
  return name;
}
`),
  ts('login in reach', 'create', `import jsforce from 'jsforce';

interface World {
  instanceUrl: string;
  newToken(): Promise<string>;
}

class Accounts {
  private conn: Connection;
  private readonly world: World;

  constructor(conn: Connection, world: World) {
    this.conn = conn;
    this.world = world;
  }

  async login() {
    this.conn = new jsforce.Connection({ instanceUrl: this.world.instanceUrl, accessToken: await this.world.newToken() });
  }

  async add(name: string) {
    return await this.conn.create('Account', { Name: name });
  }
}

export const run = (conn: Connection, name: string, _id: string, world: World) => new Accounts(conn, world).add(name);
`, { renews: true }),
  {
    name: 'CommonJS with CRLF, tabs and no semicolons', operation: 'create', extension: 'cjs',
    source: [
      "'use strict'", "const jsforce = require('jsforce')", '', 'exports.run = async function (conn, name) {', "\tconst own = new jsforce.Connection({ instanceUrl: conn.instanceUrl, accessToken: conn.accessToken, logLevel: 'FATAL' })",
      "\tif (name) {", "\t\treturn await own.sobject('Account')", '\t\t\t.create({', '\t\t\t\tName: name, // the key', '\t\t\t})', '\t}', '}', '',
    ].join('\r\n'),
  },
];
