/** One element of a REST error array. `fields` is present only where Salesforce sends it (errors of data). */
export interface ApiError {
  errorCode: string;
  message: string;
  fields?: string[];
}

/** A refused request: thrown by handlers, turned into the answer (or the per-record result) by whoever called them. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly errors: ApiError[];

  constructor(status: number, errors: ApiError[]) {
    super(errors.map((error) => `${error.errorCode}: ${error.message}`).join('; '));
    this.name = 'ApiFailure';
    this.status = status;
    this.errors = errors;
  }
}

/** A failure with one error. Give `fields` (even an empty list) for errors of data, leave it out for errors of the request. */
export function failure(status: number, errorCode: string, message: string, fields?: string[]): ApiFailure {
  return new ApiFailure(status, [fields ? { errorCode, message, fields } : { errorCode, message }]);
}

/** 404 for a path, object or record that is not there. */
export function notFound(message = 'The requested resource does not exist'): ApiFailure {
  return failure(404, 'NOT_FOUND', message);
}

/** 405 with the methods that the path would take. */
export function methodNotAllowed(method: string, allowed: readonly string[]): ApiFailure {
  return failure(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`);
}

/** 400 for a body that is not the JSON that the resource takes. */
export function badJson(message: string): ApiFailure {
  return failure(400, 'JSON_PARSER_ERROR', message);
}
