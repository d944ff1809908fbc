import { findClient, httpLibraries } from '../../../catalog/index.ts';
import type { ClientMethod, ClientModel } from '../../../catalog/schema/client.ts';
import type { AbstractType } from './abstractType.ts';

/** Types of `object.name` where the object comes from a client library: an instance, its class or the module. */
export function clientMember(type: Extract<AbstractType, { k: 'client' | 'client-class' | 'client-module' }>, name: string): AbstractType[] {
  switch (type.k) {
    case 'client': {
      const transport = type.client.types[type.type]?.transport;
      if (transport?.property === name) return transportOf(type.client, transport);
      const found = findMember(type.client, type.type, name) ?? promisified(type.client, type.type, name);
      if (!found) return [];
      if (found.property !== undefined) return clientInstance(found.client, found.property, type.package);
      return [{ k: 'client-method', client: found.client, type: found.type, name, variants: found.variants, package: type.package }];
    }
    case 'client-module': {
      if (name === 'default') return type.default ? [{ k: 'client-class', client: type.client, type: type.default, package: type.package }] : [type];
      for (const [typeName, each] of Object.entries(type.client.types)) {
        if (each.exported?.includes(name)) return [{ k: 'client-class', client: type.client, type: typeName, package: type.package }];
      }
      const forAny = Object.entries(type.client.types).filter(([, each]) => each.exportedFor?.names.includes(name));
      if (forAny.length > 0) return forAny.map(([typeName]) => ({ k: 'client-class-for', client: type.client, type: typeName, package: type.package }));
      if (type.client.exceptions?.some((each) => each.name === name)) return [{ k: 'exception', client: type.client, name }];
      // `library.exceptions`: the module below it where some of them stand.
      if (type.client.exceptions?.some((each) => each.from?.endsWith(`.${name}`))) return [type];
      const functions = type.client.functions && Object.hasOwn(type.client.functions, name) ? type.client.functions[name] : undefined;
      return functions ? [{ k: 'client-method', client: type.client, type: '', name, variants: functions, package: type.package }] : [];
    }
    case 'client-class': {
      const property = type.client.types[type.type]?.staticProperties?.[name];
      if (property !== undefined) return clientInstance(type.client, property, type.package);
      const found = findStatic(type.client, type.type, name);
      const inner = (type.client.types[type.type]?.exported ?? []).map((each) => `${each}.${name}`);
      const nested = found ? undefined : Object.entries(type.client.types).find(([, each]) => each.exported?.some((known) => inner.includes(known)));
      if (nested) return [{ k: 'client-class', client: type.client, type: nested[0], package: type.package }];
      return found ? [{ k: 'client-method', client: found.client, type: found.type, name, variants: found.variants, package: type.package }] : [];
    }
  }
}

/** The HTTP client through which a client library sends its requests. */
export function transportOf(client: ClientModel, { library: id, instance }: NonNullable<ClientModel['types'][string]['transport']>): HttpType[] {
  const library = httpLibraries().find((each) => each.id === id);
  return library ? [{ k: 'http', library, package: library.packages[0] ?? id, path: '', instance: { id: instance, path: client.id, value: -1 } }] : [];
}

/** The type of every property that a client type does not name, if it has such; else what a method is of which nobody knows the name. */
export function anyMember(type: Extract<AbstractType, { k: 'client' }>): AbstractType[] {
  const { anyProperty, anyMethod, extends: extended } = type.client.types[type.type] ?? {};
  const parent = anyProperty !== undefined || anyMethod || extended === undefined ? undefined : clientType(type.client, extended);
  if (parent) return anyMember({ ...type, ...parent });
  if (anyProperty !== undefined) return clientInstance(type.client, anyProperty, type.package);
  return anyMethod ? [{ k: 'client-method', client: type.client, type: type.type, name: '', variants: anyMethod, package: type.package }] : [];
}

/** Whether a member of a client is one that its type names. */
export function isNamedMember(type: Extract<AbstractType, { k: 'client' }>, name: string): boolean {
  const found = findMember(type.client, type.type, name);
  return found !== undefined && !found.any;
}

/** An instance of a type that a model names. */
export function clientInstance(client: ClientModel, name: string, packageOf: string): AbstractType[] {
  const resolved = clientType(client, name);
  return resolved ? [{ k: 'client', client: resolved.client, type: resolved.type, package: packageOf }] : [];
}

/** A type name of a model, which may be another model's: `jsforce:Connection`. */
function clientType(client: ClientModel, name: string): { client: ClientModel; type: string } | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return Object.hasOwn(client.types, name) ? { client, type: name } : undefined;
  const other = findClient(name.slice(0, colon));
  const type = name.slice(colon + 1);
  return other && Object.hasOwn(other.types, type) ? { client: other, type } : undefined;
}

type HttpType = Extract<AbstractType, { k: 'http' }>;

interface FoundMember {
  client: ClientModel;
  type: string;
  variants: ClientMethod[];
  property?: string;
  /** No model names it: it is what every other property is. */
  any?: true;
}

function findMember(client: ClientModel, type: string, name: string, depth = 0): FoundMember | undefined {
  const fact = Object.hasOwn(client.types, type) ? client.types[type] : undefined;
  if (!fact || depth > 4) return undefined;
  if (fact.methods && Object.hasOwn(fact.methods, name)) return { client, type, variants: fact.methods[name]! };
  if (fact.properties && Object.hasOwn(fact.properties, name)) return { client, type, variants: [], property: fact.properties[name]! };
  const parent = fact.extends === undefined ? undefined : clientType(client, fact.extends);
  const inherited = parent && findMember(parent.client, parent.type, name, depth + 1);
  if (inherited || fact.anyProperty === undefined || name.startsWith('_') || fact.values?.includes(name)) return inherited;
  return { client, type, variants: [], property: fact.anyProperty, any: true };
}

/** `promisifyAll` gives every method that takes a callback a twin that ends in `Async` and gives a promise. */
function promisified(client: ClientModel, type: string, name: string): FoundMember | undefined {
  const found = name.endsWith('Async') ? findMember(client, type, name.slice(0, -'Async'.length)) : undefined;
  return found?.variants.some(({ callback }) => callback) ? found : undefined;
}

function findStatic(client: ClientModel, type: string, name: string, depth = 0): FoundMember | undefined {
  const fact = Object.hasOwn(client.types, type) ? client.types[type] : undefined;
  if (!fact || depth > 4) return undefined;
  if (fact.statics && Object.hasOwn(fact.statics, name)) return { client, type, variants: fact.statics[name]! };
  const parent = fact.extends === undefined ? undefined : clientType(client, fact.extends);
  return parent ? findStatic(parent.client, parent.type, name, depth + 1) : undefined;
}
