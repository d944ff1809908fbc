import type { Lint } from './problem.ts';

/** Codes that an entry names as related, hidden inside or coming with a status have an entry of their own: a reader can go there. */
export const knownNames: Lint = ({ codes, statuses, operations, limits, requestShapes, usageViews, messages, retirements }) => {
  const names = new Set(codes.map((code) => code.code));
  const numbers = new Set(statuses.map((status) => status.status));
  const problems: string[] = [];
  for (const { code, family, related, hides, modes, http } of codes) {
    const where = `${code} in ${family}`;
    for (const name of [...related, ...(hides ?? []), ...modes.flatMap(({ when }) => (when?.inner === undefined ? [] : [when.inner]))]) {
      if (!names.has(name)) problems.push(`${where} names ${name}, which has no entry`);
    }
    if (related.includes(code)) problems.push(`${where} is related to itself`);
    for (const { id, when } of modes) {
      if (when?.inner !== undefined && !hides?.includes(when.inner))
        problems.push(`${where}: the mode ${id} looks for ${when.inner}, which is not among what the code hides`);
    }
    for (const status of http) if (!numbers.has(status)) problems.push(`${where} comes with HTTP ${status}, which has no entry`);
  }
  for (const { status, codes: named } of statuses) {
    for (const name of named) if (!names.has(name)) problems.push(`HTTP ${status} names ${name}, which has no entry`);
  }
  const operationIds = new Set(operations.map(({ id }) => id));
  const limitNames = new Set(limits.map(({ name }) => name));
  const check = (where: string, wanted: readonly string[], known: ReadonlySet<string>): void => {
    for (const name of wanted) if (!known.has(name)) problems.push(`${where} names ${name}, which has no entry`);
  };
  for (const limit of limits) check(limit.name, limit.codes, names);
  for (const shape of requestShapes) {
    check(shape.id, shape.codes, names);
    check(shape.id, shape.operations, operationIds);
  }
  for (const view of usageViews) check(view.id, view.limits, limitNames);
  for (const message of messages) check(`the message ${message.id}`, message.codes, names);
  for (const { id, partialShape, pages } of operations)
    check(id, [partialShape?.readBy, pages?.by].filter((name) => name !== undefined), operationIds);
  for (const { id, operations: gone, answers } of retirements) {
    check(id, gone ?? [], operationIds);
    check(id, answers.flatMap(({ code }) => code ?? []), names);
  }
  return problems;
};
