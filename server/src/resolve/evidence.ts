import { shapedClients, clients, clientsOf, type Language, onceForEntries } from '../../../catalog/index.ts';
import type { ClientModel } from '../../../catalog/schema/client.ts';
import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { Program } from './program.ts';

/** A client type that something of unknown origin must be. */
export interface Evidence {
  client: ClientModel;
  type: string;
  package: string;
}

interface StrongShape {
  client: ClientModel;
  type: string;
  name: string;
  /** It gives a connection, which a database's pool does by the same name. */
  givesConnection: boolean;
  /** Wrappers of the workspace like to have it too. */
  unlessOwn: boolean;
}

/** Methods that no other library has. */
const strongShapes = onceForEntries((): StrongShape[] => {
  const shapes: StrongShape[] = [];
  for (const client of [...clients(), ...shapedClients()]) {
    for (const [type, fact] of Object.entries(client.types)) {
      for (const [name, variants] of Object.entries(fact.methods ?? {})) {
        if (variants.some((variant) => variant.strongShape)) shapes.push({ client, type, name, givesConnection: variants.some((variant) => variant.returns === 'Connection'), unlessOwn: client.language !== undefined });
      }
    }
  }
  return shapes;
});

/** Packages with which `connection.query` may be a database's. */
const DATABASES = ['mysql', 'mysql2', 'mariadb', 'pg', 'mssql', 'tedious', 'oracledb', 'sqlite3', 'better-sqlite3', 'knex', 'sequelize', 'typeorm', '@prisma/client', 'snowflake-sdk', 'mongodb', 'mongoose', 'amqplib'];
const CONNECTION_NAME = /^(?:conn|connection|sfConn|sfdcConn|(?:sf|sfdc|salesforce|jsforce)Connection|org)$/i;

/** What the receivers of one file are by their use, and what a mere connection in it is. */
interface FileEvidence {
  /** The state of manifests, of the project's imports and of the catalogue that it holds for. */
  revision: number;
  beside: ReadonlySet<string>;
  shapes: readonly StrongShape[];
  byReceiver: ReadonlyMap<string, Evidence>;
  connection: Evidence | undefined;
}

const known = new WeakMap<FileFacts, FileEvidence>();

/**
 * What a receiver of unknown origin is by the way it is used: something asked for `sobject(…)` anywhere in the file is a connection; so is something called a
 * connection in a package that depends on a client library and on no database. A mere `db.query` decides nothing.
 */
export function byEvidence(program: Program, path: string, facts: FileFacts, id: ValueId): Evidence | undefined {
  const text = receiverText(facts, id);
  if (text === undefined) return undefined;
  const { byReceiver, connection } = evidenceOf(program, path, facts);
  const found = byReceiver.get(text);
  if (found) return found;
  const name = text.slice(text.lastIndexOf('.') + 1);
  const readable = name.startsWith('#') ? (facts.bindings[Number(name.slice(1))]?.name ?? '') : name;
  if (facts.language !== 'javascript') return calledSo(program, path, facts, id, readable);
  return CONNECTION_NAME.test(readable) && readable.toLowerCase() !== 'org' ? connection : undefined;
}

/** What something is by its name alone, where the file or its project has the library: something that is made of another class in sight, or imported from another package, is none. */
function calledSo(program: Program, path: string, facts: FileFacts, id: ValueId, name: string): Evidence | undefined {
  const plain = name.replace(/^_+/, '').toLowerCase();
  for (const client of clients(facts.language as Language)) {
    const { called } = client;
    if (!called?.names.includes(withoutAffixes(plain, called.affixes)) || isOther(facts, id, client)) continue;
    const isBuiltOn = (module: string): boolean => called.modules.some((word) => module.includes(word));
    const own = facts.imports.some(({ module }) => isBuiltOn(module)) || [...program.importedBeside(path)].some(isBuiltOn);
    const installed = own ? client.packages[0]?.name : installedPackage(program, path, client, facts);
    if (installed !== undefined) return { client, type: called.type, package: installed };
  }
  return undefined;
}

/** `source_sf`, `sf_target`: one of several connections. */
function withoutAffixes(name: string, affixes: readonly string[] = []): string {
  return name.split('_').filter((word) => !affixes.includes(word)).join('_');
}

/** Whether a name is given an object of a class that is not known, or comes from another package. */
function isOther(facts: FileFacts, id: ValueId, client: ClientModel): boolean {
  const value = facts.values[id];
  const binding = value?.k === 'binding' ? facts.bindings[value.binding] : undefined;
  if (binding?.import !== undefined) return !facts.imports[binding.import]!.module.startsWith('.');
  const stores = value?.k === 'member' ? (indexOf(facts).storesByName.get(value.name) ?? []).map((index) => facts.stores[index]!.value) : [];
  const sources = [...(binding?.sources ?? []), ...stores].flatMap((source) => namedSources(facts, source));
  const isMade = sources.some((source) => {
    const made = facts.values[source];
    return made?.k === 'call' && made.construct && !Object.hasOwn(client.types, lastName(facts, made.callee) ?? '');
  });
  // What is a part of another library's object is none either.
  return isMade || (value?.k === 'member' && facts.values[value.object]?.k === 'member' && isOther(facts, value.object, client));
}

/** A value, or what the name is given that it is: `client = Other(…)`, `self.client = client`. */
function namedSources(facts: FileFacts, source: ValueId): readonly ValueId[] {
  const value = facts.values[source];
  return value?.k === 'binding' ? facts.bindings[value.binding]!.sources : [source];
}

function evidenceOf(program: Program, path: string, facts: FileFacts): FileEvidence {
  const shapes = strongShapes();
  const { projects } = program;
  const beside = program.importedBeside(path);
  let evidence = known.get(facts);
  if (evidence?.revision !== projects.revision || evidence.beside !== beside || evidence.shapes !== shapes) {
    const database = DATABASES.some((each) => projects.rangeOf(path, each) !== undefined);
    evidence = { revision: projects.revision, beside, shapes, byReceiver: receiversOf(program, path, facts, shapes, database), connection: database ? undefined : connectionOf(program, path, facts) };
    known.set(facts, evidence);
  }
  return evidence;
}

/** Receivers that are asked for something that no other library has. */
function receiversOf(program: Program, path: string, facts: FileFacts, shapes: readonly StrongShape[], database: boolean): Map<string, Evidence> {
  const out = new Map<string, Evidence>();
  const add = (text: string | undefined, found: Evidence): void => {
    if (text !== undefined && !out.has(text)) out.set(text, found);
  };
  for (const shape of shapes) {
    const members = indexOf(facts).membersByName.get(shape.name);
    if (!members || (database && shape.givesConnection) || (shape.client.language ?? 'javascript') !== facts.language) continue;
    const own = shape.unlessOwn && program.hasMethod(facts.language, shape.name);
    const installed = installedPackage(program, path, shape.client, facts);
    if (!installed) continue;
    for (const member of members) {
      const value = facts.values[member];
      if (value?.k !== 'member' || !isCalled(facts, member) || (shape.unlessOwn && isOther(facts, value.object, shape.client))) continue;
      const through = facts.values[value.object];
      const owner = through?.k === 'member' ? ownerOf(shape, through.name) : undefined;
      // What a class of the workspace has too says nothing, unless it is asked of a part that only the library's objects have.
      if (own && owner === undefined) continue;
      add(receiverText(facts, value.object), { client: shape.client, type: shape.type, package: installed });
      // `x.soap.retrieveBulk(…)` says what `x` is, and so what `x.rest` is.
      if (through?.k === 'member' && owner !== undefined) add(receiverText(facts, through.object), { client: shape.client, type: owner, package: installed });
    }
  }
  for (const { receiver, client } of askedForObjects(facts)) {
    const installed = installedPackage(program, path, client, facts);
    if (installed && !isOther(facts, receiver, client)) add(receiverText(facts, receiver), { client, type: client.called!.type, package: installed });
  }
  return out;
}

/** What is asked for a method of one of Salesforce's objects, `client.Account.create(…)`, `api.bulk.Invoice__c.upsert(…)`. */
function askedForObjects(facts: FileFacts): { receiver: ValueId; client: ClientModel }[] {
  return clients(facts.language as Language).flatMap((client) => {
    const { called } = client;
    if (!called?.objects) return [];
    const { names, types, methods } = called.objects;
    const { anyProperty, properties } = client.types[called.type] ?? {};
    const handlers = Object.values(properties ?? {}).map((type) => client.types[type]?.anyProperty);
    const all = [anyProperty, ...handlers].flatMap((type) => Object.keys(client.types[type ?? '']?.methods ?? {}));
    return [...new Set(all)].flatMap((name) => indexOf(facts).membersByName.get(name) ?? []).flatMap((id) => {
      const method = facts.values[id];
      const taken = method?.k === 'member' ? facts.values[method.object] : undefined;
      const object = taken?.k === 'assign' ? facts.values[taken.of] : taken;
      if (method?.k !== 'member' || !isCalled(facts, id)) return [];
      // `getattr(salesforce, name).create(…)`
      if (object?.k === 'index') return methods.includes(method.name) ? namedReceiver(facts, object.object, names, properties).map((receiver) => ({ receiver, client })) : [];
      if (object?.k !== 'member') return [];
      const isOwn = /__(?:c|e|x|mdt)$/i.test(object.name);
      const own = isOwn && methods.includes(method.name);
      if (!isOwn && !types.includes(object.name)) return [];
      const holder = facts.values[object.object];
      const handled = holder?.k === 'member' && properties?.[holder.name] !== undefined;
      const receiver = handled ? holder.object : object.object;
      const plain = (lastName(facts, receiver) ?? '').replace(/^_+/, '').toLowerCase();
      return own || handled || names.includes(plain) ? [{ receiver, client }] : [];
    });
  });
}

/** What has objects by names that are values, where it is called after Salesforce itself. */
function namedReceiver(facts: FileFacts, holder: ValueId, names: readonly string[], properties: Readonly<Record<string, string>> | undefined): ValueId[] {
  const value = facts.values[holder];
  const receiver = value?.k === 'member' && properties?.[value.name] !== undefined ? value.object : holder;
  const plain = (lastName(facts, receiver) ?? '').replace(/^_+/, '').toLowerCase();
  return names.includes(plain) && /salesforce|sforce/.test(plain) ? [receiver] : [];
}

/** What something is that is called a connection, by the package's dependencies. */
function connectionOf(program: Program, path: string, facts: FileFacts): Evidence | undefined {
  for (const client of clients()) {
    if (!Object.hasOwn(client.types, 'Connection')) continue;
    const installed = installedPackage(program, path, client, facts);
    if (installed) return { client, type: 'Connection', package: installed };
  }
  return undefined;
}

/** The type of a client that has a shape's type under this name. */
function ownerOf({ client, type }: StrongShape, name: string): string | undefined {
  return Object.entries(client.types).find(([, fact]) => fact.properties?.[name] === type)?.[0];
}

/** The client's package that the nearest manifests, the file itself or, where code is imported by names of its own, other files of the project name. */
function installedPackage(program: Program, path: string, client: ClientModel, facts: FileFacts): string | undefined {
  const installed = client.packages.map(({ name }) => name).find((name) => program.projects.rangeOf(path, name) !== undefined || facts.imports.some((each) => each.module === name));
  if (installed !== undefined || client.language === undefined) return installed;
  return [...program.importedBeside(path)].some((module) => clientsOf(module, client.language).includes(client)) ? client.packages[0]?.name : undefined;
}

function isCalled(facts: FileFacts, callee: ValueId): boolean {
  return (indexOf(facts).consumers[callee] ?? []).some((consumer) => {
    const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return parent?.k === 'call' && parent.callee === callee;
  });
}

/** A name path that stays the same wherever the same thing is meant in a file: `#12`, `this.conn`. */
export function receiverText(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id];
  if (value?.k === 'global') return value.name;
  if (value?.k === 'binding') return `#${value.binding}`;
  if (value?.k === 'this') return 'this';
  if (value?.k === 'typed') return receiverText(facts, value.of);
  if (value?.k === 'member') {
    const object = receiverText(facts, value.object);
    return object === undefined ? undefined : `${object}.${value.name}`;
  }
  return undefined;
}
