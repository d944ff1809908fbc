import type { Lint } from './problem.ts';

/**
 * An operation that can succeed in part says where that shows, one that answers in pages says how the next is found, and no other says so. A
 * bulk job's answer does not hold its failed rows: there the operation that reads them is named.
 */
export const operationShapes: Lint = ({ operations }) =>
  operations.flatMap(({ id, kind, partial, partialShape, paging, pages }) => {
    const problems: string[] = [];
    if (partial && !partialShape) problems.push(`${id} can succeed in part and does not say where that shows`);
    if (!partial && partialShape) problems.push(`${id} says where a partial success shows but is said never to succeed in part`);
    if (paging && !pages) problems.push(`${id} answers in pages and does not say how the next is found`);
    if (!paging && pages) problems.push(`${id} says how the next page is found but is said not to answer in pages`);
    if (partial && kind === 'bulk' && partialShape && partialShape.readBy === undefined)
      problems.push(`${id} is a bulk job and does not name the operation that reads its failed rows`);
    return problems;
  });
