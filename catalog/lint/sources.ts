import type { Lint } from './problem.ts';

/** Every statement says where it comes from, with an address that a browser opens safely. */
export const sources: Lint = ({ codes, statuses, operations, clients, libraries, limits, requestShapes, usageViews, messages, retirements }) =>
  [
    ...codes.map(({ code, source }) => ({ where: code, source })),
    ...statuses.map(({ status, source }) => ({ where: `HTTP ${status}`, source })),
    ...operations.map(({ id, source }) => ({ where: id, source })),
    ...clients.flatMap(({ id, source, retries }) =>
      [...source, ...retries.map((retry) => retry.source)].map((each) => ({ where: id, source: each })),
    ),
    ...libraries.flatMap(({ id, source }) => source.map((each) => ({ where: id, source: each }))),
    ...limits.map(({ name, source }) => ({ where: name, source })),
    ...[...requestShapes, ...usageViews, ...messages, ...retirements].map(({ id, source }) => ({ where: id, source })),
  ]
    .filter(({ source }) => !isSafeAddress(source))
    .map(({ where, source }) => `${where}: the source "${source}" is no https address`);

function isSafeAddress(text: string): boolean {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  return address?.protocol === 'https:' && address.username === '' && address.hostname.includes('.') && !/\s/.test(text);
}
