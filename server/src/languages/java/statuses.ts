/** Names of statuses, without the prefixes that some libraries put before them. */
const STATUSES: Record<string, number> = {
  OK: 200, CREATED: 201, ACCEPTED: 202, NO_CONTENT: 204, PARTIAL_CONTENT: 206, MULTI_STATUS: 207,
  MULTIPLE_CHOICES: 300, MOVED_PERMANENTLY: 301, MOVED_PERM: 301, FOUND: 302, MOVED_TEMPORARILY: 302, MOVED_TEMP: 302, SEE_OTHER: 303, NOT_MODIFIED: 304, TEMPORARY_REDIRECT: 307, PERMANENT_REDIRECT: 308,
  BAD_REQUEST: 400, UNAUTHORIZED: 401, FORBIDDEN: 403, NOT_FOUND: 404, METHOD_NOT_ALLOWED: 405, BAD_METHOD: 405, NOT_ACCEPTABLE: 406, REQUEST_TIMEOUT: 408, CLIENT_TIMEOUT: 408, CONFLICT: 409, GONE: 410,
  PRECONDITION_FAILED: 412, PRECON_FAILED: 412, REQUEST_ENTITY_TOO_LARGE: 413, PAYLOAD_TOO_LARGE: 413, UNSUPPORTED_MEDIA_TYPE: 415, UNPROCESSABLE_ENTITY: 422, UNPROCESSABLE_CONTENT: 422, LOCKED: 423, TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500, INTERNAL_ERROR: 500, SERVER_ERROR: 500, NOT_IMPLEMENTED: 501, BAD_GATEWAY: 502, SERVICE_UNAVAILABLE: 503, UNAVAILABLE: 503, GATEWAY_TIMEOUT: 504,
};

const NAMED = /^(?:\w+\.)*(?:HttpStatus|HttpStatusCodes?|Https?URLConnection|HttpServletResponse|Response\.Status)\.(?:SC_|HTTP_|STATUS_CODE_)?([A-Z_]+)$/;

/** The HTTP status that an expression names: `HttpStatus.NOT_FOUND` and `HttpURLConnection.HTTP_NOT_FOUND` are 404. */
export function statusNamed(written: string): number | undefined {
  const name = NAMED.exec(written)?.[1];
  return name !== undefined && Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined;
}

/** Methods of such a name that give the number. */
export const NUMBERS = new Set(['value', 'code', 'getCode', 'getStatusCode']);
