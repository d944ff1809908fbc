/** Members of `System.Net.HttpStatusCode` by name, and the statuses that they are. */
const STATUSES: Record<string, number> = {
  Continue: 100, SwitchingProtocols: 101, OK: 200, Created: 201, Accepted: 202, NonAuthoritativeInformation: 203, NoContent: 204, ResetContent: 205, PartialContent: 206, MultiStatus: 207,
  Ambiguous: 300, MultipleChoices: 300, Moved: 301, MovedPermanently: 301, Found: 302, Redirect: 302, SeeOther: 303, NotModified: 304, TemporaryRedirect: 307, PermanentRedirect: 308,
  BadRequest: 400, Unauthorized: 401, PaymentRequired: 402, Forbidden: 403, NotFound: 404, MethodNotAllowed: 405, NotAcceptable: 406, ProxyAuthenticationRequired: 407, RequestTimeout: 408,
  Conflict: 409, Gone: 410, LengthRequired: 411, PreconditionFailed: 412, RequestEntityTooLarge: 413, RequestUriTooLong: 414, UnsupportedMediaType: 415, ExpectationFailed: 417,
  UnprocessableEntity: 422, UnprocessableContent: 422, Locked: 423, FailedDependency: 424, UpgradeRequired: 426, PreconditionRequired: 428, TooManyRequests: 429, InternalServerError: 500,
  NotImplemented: 501, BadGateway: 502, ServiceUnavailable: 503, GatewayTimeout: 504, HttpVersionNotSupported: 505, InsufficientStorage: 507,
};

/** The HTTP status that an expression names: `HttpStatusCode.NotFound` is 404. */
export function statusNamed(written: string): number | undefined {
  const name = /^(?:System\.Net\.)?HttpStatusCode\.(\w+)$/.exec(written)?.[1];
  return name !== undefined && Object.hasOwn(STATUSES, name) ? STATUSES[name] : undefined;
}
