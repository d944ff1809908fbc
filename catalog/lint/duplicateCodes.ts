import type { Lint } from './problem.ts';

/**
 * A code has one entry in a family, whether it is the entry's own family or one it also stands in; a status, an operation, a request path,
 * a client and a limit have one each.
 */
export const duplicateCodes: Lint = ({ codes, groups, statuses, operations, clients, libraries, limits, requestShapes, usageViews, messages, retirements }) => [
  ...repeated(codes.flatMap((code) => [code.family, ...(code.alsoIn ?? [])].map((family) => `${code.code} in ${family}`))),
  ...repeated(statuses.map((status) => `HTTP ${status.status}`)),
  ...repeated(operations.map((operation) => `operation ${operation.id}`)),
  ...repeated(operations.flatMap((operation) => operation.paths ?? [])),
  ...repeated(clients.map((client) => `client ${client.id}`)),
  ...repeated(libraries.map((library) => `library ${library.kind} ${library.id}`)),
  ...repeated(limits.map((limit) => `limit ${limit.name}`)),
  ...repeated(groups.map(({ family, id }) => `the group ${id} of ${family}`)),
  ...repeated([...requestShapes, ...usageViews, ...messages, ...retirements].map(({ id }) => `the id ${id}`)),
  ...repeated(messages.flatMap(({ patterns }) => patterns.map((pattern) => `the message "${pattern}"`))),
];

function repeated(keys: string[]): string[] {
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map((key) => `${key} stands twice`);
}
