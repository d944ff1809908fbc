import type { ClientMethod, ClientModel, FailureChannel } from '../schema/client.ts';
import type { HttpLibrary } from '../schema/httpLibrary.ts';
import type { Lint } from './problem.ts';

/**
 * Client models name operations, types and codes that exist, refer only to models that they use, each variant of a method can be reached, and a
 * failure that is not thrown says where it shows. What HTTP libraries refer to within themselves is there.
 */
export const clientReferences: Lint = ({ clients, operations, libraries, codes }) => {
  const known = new Set(operations.map((operation) => operation.id));
  const partial = new Set(operations.filter((operation) => operation.partial).map((operation) => operation.id));
  const codeNames = new Set(codes.map(({ code }) => code));
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
        problems.push(...channelProblems(where, variant.failure));
        if (variant.failure?.by === 'per-record' && variant.operation !== undefined && known.has(variant.operation) && !partial.has(variant.operation) && !readsResults(variant))
          problems.push(`${where} fails per record, and ${variant.operation} never succeeds in part`);
        if (variant.given && variant.given.index === undefined && variant.given.name === undefined)
          problems.push(`${where}: a variant depends on an argument without index and name`);
        if (index < variants.length - 1 && !variant.versions && !variant.when && !variant.given && !variant.unlessSet)
          problems.push(`${where}: a variant without conditions hides those after it`);
      }
    };
    const checkMethods = (where: string, methods: Record<string, ClientMethod[]> | undefined): void => {
      for (const [name, variants] of Object.entries(methods ?? {})) checkMethod(`${where}.${name}`, variants);
    };
    for (const entry of client.packages) checkType(`${client.id}: ${entry.name}`, entry.default);
    checkMethods(client.id, client.functions);
    checkMethods(client.id, client.endpoints?.operations);
    problems.push(...channelProblems(client.id, client.failure), ...packageProblems(client), ...exceptionProblems(client, codeNames));
    for (const [name, type] of Object.entries(client.types)) {
      const where = `${client.id}: ${name}`;
      checkType(where, type.extends);
      checkMethods(where, type.methods);
      checkMethods(where, type.statics);
      if (type.construct) checkMethod(`${where}, constructed`, type.construct);
      checkType(where, type.anyProperty);
      if (type.anyMethod) checkMethod(`${where}, any method`, type.anyMethod);
      for (const [property, target] of Object.entries({ ...type.properties, ...type.staticProperties })) checkType(`${where}.${property}`, target);
    }
    const exported = Object.values(client.types).flatMap((type) => type.exported ?? []);
    for (const name of new Set(exported.filter((item, index) => exported.indexOf(item) !== index)))
      problems.push(`${client.id} exports ${name} as two types`);
  }
  for (const library of libraries) if (library.kind === 'http') problems.push(...httpProblems(library));
  return problems;
};

/** A call that reads what became of the records of an earlier one. */
function readsResults({ operation }: ClientMethod): boolean {
  return operation?.endsWith('.results') === true;
}

function channelProblems(where: string, channel: FailureChannel | undefined): string[] {
  if (!channel) return [];
  const { by, ok, failed, failsFrom, code } = channel;
  if ((by === 'result' || by === 'per-record') && ok === undefined && failed === undefined) return [`${where}: no member tells that the result is a failure`];
  if (by === 'status' && code === undefined) return [`${where}: no member holds the status`];
  if (failsFrom !== undefined && failed === undefined) return [`${where}: a failure begins at ${failsFrom}, of no member`];
  return [];
}

/** Only what belongs to a language, or is generated for each program, comes in no package; only npm's packages are known by sub-paths instead of names of imports. */
function packageProblems({ id, language, packages, types }: ClientModel): string[] {
  const isGenerated = Object.values(types).every((type) => type.generated !== undefined);
  if (packages.length === 0 && language !== 'apex' && !isGenerated) return [`${id} has no package`];
  if (language !== undefined && language !== 'javascript') return [];
  return packages.filter((entry) => entry.imports).map((entry) => `${id}: ${entry.name} is imported by its own name in JavaScript`);
}

function exceptionProblems({ id, exceptions = [] }: ClientModel, codes: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const each of exceptions) {
    const key = `${each.name} ${each.versions ?? ''}`;
    if (seen.has(key)) problems.push(`${id} has the exception ${each.name} twice`);
    seen.add(key);
    for (const code of each.codes ?? []) if (!codes.has(code)) problems.push(`${id}: ${each.name} stands for ${code}, which has no entry`);
    const above = new Set<string>();
    for (let parent: string | undefined = each.name; parent !== undefined; parent = exceptions.find((other) => other.name === parent)?.parent) {
      if (above.has(parent)) {
        problems.push(`${id}: ${each.name} extends itself`);
        break;
      }
      above.add(parent);
    }
  }
  return problems;
}

function httpProblems({ id, requests, instances, builders, declarations, answers, errors, timeouts }: HttpLibrary): string[] {
  const answerIds = new Set(answers.map((answer) => answer.id));
  const instanceIds = new Set(instances.map((instance) => instance.id));
  const declared = (declarations ?? []).flatMap((each) => [each.answer, ...(each.later?.sends ?? []).map(({ answer }) => answer)]);
  const named = [...[...requests, ...errors, ...timeouts].flatMap((each) => each.answers ?? []), ...declared];
  // What is made before it is sent knows its method and its address.
  const messages = new Set(instances.filter((each) => each.urlAt ?? each.urlMembers).map((each) => each.id));
  const isMade = ({ messageAt, instances: of }: HttpLibrary['requests'][number]): boolean => messageAt !== undefined ? messages.size > 0 : (of ?? []).some((each) => messages.has(each));
  const made = [...requests, ...instances].flatMap((each) => each.instances ?? []);
  return [
    ...named.filter((name) => !answerIds.has(name)).map((name) => `${id} names the answer ${name}, which does not exist`),
    ...made.filter((name) => !instanceIds.has(name)).map((name) => `${id} names the instance ${name}, which does not exist`),
    ...[...answerIds].filter((name) => !declared.includes(name) && !requests.some((request) => request.answers.includes(name))).map((name) => `${id}: no request has the answer ${name}`),
    ...requests.filter((each) => !each.method && !each.methodAt && !each.builtAt && !isMade(each)).map((each) => `${id}: nothing says the method of ${each.names.join(', ')}`),
    ...requests.filter((each) => !each.urlAt && !each.pathAt && !each.builtAt && !isMade(each)).map((each) => `${id}: nothing says the address of ${each.names.join(', ')}`),
    ...requests.filter((each) => each.builtAt && !builders?.length).map((each) => `${id}: nothing says how the request of ${each.names.join(', ')} is built`),
  ];
}
