import * as data from './data.ts';
import { once } from './once.ts';
import type { Operation } from './schema/operation.ts';

/** Paths of operations, taken apart: literal segments decide before open ones. */
const routes = once(() =>
  data.operations
    .flatMap((operation) =>
      (operation.paths ?? []).map((text) => {
        const [method = '', path = ''] = text.split(' ');
        return { operation, method, segments: path.split('/').slice(1) };
      }),
    )
    .sort((a, b) => openness(a.segments) - openness(b.segments)),
);

/** Few for a path of literal segments, more for each `{}`, most for `**`. */
function openness(segments: readonly string[]): number {
  return segments.reduce((sum, segment) => sum + (segment === '**' ? 100 : segment === '{}' ? 1 : 0), 0);
}

/**
 * The operation that a plain HTTP request is, by its method and the path or URL of it. Parts of the text that are not known, such as holes
 * of a template, are written `{}`; a host, everything up to the API version, and the query string do not count. `undefined` where path and
 * method do not tell.
 */
export function operationOfRequest(method: string, url: string): Operation | undefined {
  const wanted = method.toUpperCase();
  const path = pathOf(url);
  return routes().find((route) => route.method === wanted && fits(route.segments, path))?.operation;
}

/** Segments of the path that decide. */
function pathOf(url: string): string[] {
  const path = (url.split(/[?#]/)[0] ?? '').replace(/^[a-z]+:\/\/[^/]*/i, '');
  const versioned = /\/services\/data\/(?:v[\d.x]+|v?\{\}(?:\.\d+)?)(\/.*)?$/i.exec(path);
  const rooted = /\/(?:services|id)\/.*$/.exec(path);
  const decisive = versioned ? (versioned[1] ?? '') : rooted ? rooted[0] : path.replace(/^(?:\/?\{\})?(?:\/v[\d.]+)?/, '');
  return decisive.split('/').filter((segment) => segment !== '');
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.at(-1) === '**';
  if (open ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every((segment, index) => segment === '{}' || (open && index === pattern.length - 1) || segment === path[index]);
}
