import type { ClientMethod } from '../schema/client.ts';
import type { Lint } from './problem.ts';

/** Client models name operations and types that exist, refer only to models that they use, and each variant of a method can be reached. */
export const clientReferences: Lint = ({ clients, operations }) => {
  const known = new Set(operations.map((operation) => operation.id));
  const problems: string[] = [];
  for (const client of clients) {
    const typeExists = (name: string): boolean => {
      const [other, type] = name.includes(':') ? name.split(':') : [client.id, name];
      if (other !== client.id && !client.uses?.includes(other ?? '')) return false;
      return Object.hasOwn(clients.find((model) => model.id === other)?.types ?? {}, type ?? '');
    };
    const checkType = (where: string, name: string | undefined): void => {
      if (name !== undefined && !typeExists(name)) problems.push(`${where} names the type ${name}, which does not exist`);
    };
    const checkMethod = (where: string, variants: ClientMethod[]): void => {
      for (const [index, variant] of variants.entries()) {
        if (variant.operation !== undefined && !known.has(variant.operation))
          problems.push(`${where} sends ${variant.operation}, which does not exist`);
        if (variant.replaces && variant.operation === undefined) problems.push(`${where} replaces a call and names no operation`);
        checkType(where, variant.returns);
        checkType(where, variant.resolves);
        if (index < variants.length - 1 && !variant.versions && !variant.when)
          problems.push(`${where}: a variant without conditions hides those after it`);
      }
    };
    const checkMethods = (where: string, methods: Record<string, ClientMethod[]> | undefined): void => {
      for (const [name, variants] of Object.entries(methods ?? {})) checkMethod(`${where}.${name}`, variants);
    };
    for (const entry of client.packages) checkType(`${client.id}: ${entry.name}`, entry.default);
    checkMethods(client.id, client.functions);
    for (const [name, type] of Object.entries(client.types)) {
      const where = `${client.id}: ${name}`;
      checkType(where, type.extends);
      checkMethods(where, type.methods);
      checkMethods(where, type.statics);
      for (const [property, target] of Object.entries(type.properties ?? {})) checkType(`${where}.${property}`, target);
    }
    const exported = Object.values(client.types).flatMap((type) => type.exported ?? []);
    for (const name of new Set(exported.filter((item, index) => exported.indexOf(item) !== index)))
      problems.push(`${client.id} exports ${name} as two types`);
  }
  return problems;
};
