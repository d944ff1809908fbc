import { findClient } from '../../../catalog/index.ts';
import type { ClientMethod, ClientModel } from '../../../catalog/schema/client.ts';
import type { AbstractType } from './abstractType.ts';

/** Types of `object.name` where the object comes from a client library: an instance, its class or the module. */
export function clientMember(type: Extract<AbstractType, { k: 'client' | 'client-class' | 'client-module' }>, name: string): AbstractType[] {
  switch (type.k) {
    case 'client': {
      const found = findMember(type.client, type.type, name);
      if (!found) return [];
      if (found.property) return clientInstance(found.client, found.property, type.package);
      return [{ k: 'client-method', client: found.client, type: found.type, name, variants: found.variants, package: type.package }];
    }
    case 'client-module': {
      if (name === 'default') return type.default ? [{ k: 'client-class', client: type.client, type: type.default, package: type.package }] : [type];
      for (const [typeName, each] of Object.entries(type.client.types)) {
        if (each.exported?.includes(name)) return [{ k: 'client-class', client: type.client, type: typeName, package: type.package }];
      }
      const functions = type.client.functions?.[name];
      return functions ? [{ k: 'client-method', client: type.client, type: '', name, variants: functions, package: type.package }] : [];
    }
    case 'client-class': {
      const found = findStatic(type.client, type.type, name);
      return found ? [{ k: 'client-method', client: found.client, type: found.type, name, variants: found.variants, package: type.package }] : [];
    }
  }
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

interface FoundMember {
  client: ClientModel;
  type: string;
  variants: ClientMethod[];
  property?: string;
}

function findMember(client: ClientModel, type: string, name: string, depth = 0): FoundMember | undefined {
  const fact = Object.hasOwn(client.types, type) ? client.types[type] : undefined;
  if (!fact || depth > 4) return undefined;
  if (fact.methods && Object.hasOwn(fact.methods, name)) return { client, type, variants: fact.methods[name]! };
  if (fact.properties && Object.hasOwn(fact.properties, name)) return { client, type, variants: [], property: fact.properties[name]! };
  const parent = fact.extends === undefined ? undefined : clientType(client, fact.extends);
  return parent ? findMember(parent.client, parent.type, name, depth + 1) : undefined;
}

function findStatic(client: ClientModel, type: string, name: string, depth = 0): FoundMember | undefined {
  const fact = Object.hasOwn(client.types, type) ? client.types[type] : undefined;
  if (!fact || depth > 4) return undefined;
  if (fact.statics && Object.hasOwn(fact.statics, name)) return { client, type, variants: fact.statics[name]! };
  const parent = fact.extends === undefined ? undefined : clientType(client, fact.extends);
  return parent ? findStatic(parent.client, parent.type, name, depth + 1) : undefined;
}
