/** An HTTP request, read whole. */
export interface ApiRequest {
  method: string;
  /** Path as sent, still percent-encoded, without the query string. */
  path: string;
  /** Decoded path segments. Empty segments (double slashes) are dropped. */
  segments: string[];
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  body: string;
}

/** Splits a request target. Broken percent-encoding stays as it is: such a segment matches nothing. */
export function parseTarget(target: string): Pick<ApiRequest, 'path' | 'segments' | 'query'> {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const segments = path.split('/').filter((segment) => segment !== '').map(decodeSegment);
  return { path, segments, query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)) };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The session's token: from the header, or from the parameter that identity requests may use. */
export function accessTokenOf(request: ApiRequest): string | undefined {
  const match = /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(request.headers['authorization'] ?? '');
  return match?.[1] ?? request.query.get('oauth_token') ?? undefined;
}
