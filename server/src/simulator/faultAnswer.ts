import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import type { ApiError } from './apiFailure.ts';
import type { Fault, FaultError } from './faults.ts';
import { oauthError } from './oauth.ts';
import type { Route } from './routes.ts';
import { soapFault } from './soapLogin.ts';

interface KnownCode {
  /** HTTP status of the REST answer; 400 when left out. */
  status?: number;
  message: string;
}

/** The text of the concurrent form of REQUEST_LIMIT_EXCEEDED: same code, another meaning. */
const concurrentMessage = 'ConcurrentPerOrgLongTxn Limit exceeded.';

/** Texts and statuses of the codes that are injected most, as they are seen on the wire. Other codes answer 400 with a plain text. */
const knownCodes: Record<string, KnownCode> = {
  API_CURRENTLY_DISABLED: { status: 403, message: 'API is currently disabled for this user or organization' },
  API_DISABLED_FOR_ORG: { status: 403, message: 'API is not enabled for this Organization or Partner' },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: { message: 'OrderSync: execution of BeforeInsert\n\ncaused by: System.NullPointerException' },
  DUPLICATES_DETECTED: { message: 'Use one of these records?' },
  DUPLICATE_VALUE: { message: 'duplicate value found: <unknown> duplicates value on record with id: <unknown>' },
  ENTITY_IS_DELETED: { status: 404, message: 'entity is deleted' },
  ENTITY_IS_LOCKED: { message: 'entity is locked for editing' },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: { message: 'The record does not meet a validation rule.' },
  FIELD_FILTER_VALIDATION_EXCEPTION: { message: 'Value does not exist or does not match filter criteria.' },
  FIELD_INTEGRITY_EXCEPTION: { message: "The existing country/territory doesn't recognize the state value for field: State/Province Code" },
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: { message: 'The organization is read-only during maintenance' },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: { message: 'insufficient access rights on cross-reference id' },
  INSUFFICIENT_ACCESS_OR_READONLY: { status: 403, message: 'insufficient access rights on object id' },
  INVALID_CROSS_REFERENCE_KEY: { message: 'invalid cross reference id' },
  INVALID_SESSION_ID: { status: 401, message: 'Session expired or invalid' },
  NOT_FOUND: { status: 404, message: 'The requested resource does not exist' },
  QUERY_TIMEOUT: { message: 'Your query request was running for too long.' },
  REQUEST_LIMIT_EXCEEDED: { status: 403, message: 'TotalRequests Limit exceeded.' },
  SERVER_UNAVAILABLE: { status: 503, message: 'server too busy' },
  STORAGE_LIMIT_EXCEEDED: { message: 'storage limit exceeded' },
  TXN_SECURITY_NO_ACCESS: {
    status: 403,
    message: "The operation you requested isn't allowed due to a security policy in your organization. Contact your administrator.",
  },
  UNABLE_TO_LOCK_ROW: { message: 'unable to obtain exclusive access to this record' },
  UNKNOWN_EXCEPTION: { status: 500, message: 'An unexpected error occurred. Please include this ErrorId if you contact support: 1520420316-8812 (-1938274)' },
  GONE: { status: 410, message: 'The requested resource is no longer available' },
  invalid_grant: { message: 'expired access/refresh token' },
};

function known(code: string): KnownCode | undefined {
  return Object.hasOwn(knownCodes, code) ? knownCodes[code] : undefined;
}

/** An injected error with its text filled in. */
export function completeError(error: FaultError, concurrent = false): ApiError {
  const message = error.message ?? (concurrent ? concurrentMessage : known(error.code)?.message) ?? `Injected fault: ${error.code}`;
  return { errorCode: error.code, message, ...(error.fields ? { fields: error.fields } : {}) };
}

/** The answer of a fault of kind `error`, in the shape of the endpoint that it meets. */
export function errorAnswer(fault: Fault & { kind: 'error' }, route: Route): Answer {
  const first = completeError(fault, fault.concurrent);
  const status = fault.status ?? known(fault.code)?.status ?? 400;
  if (route.operation === 'oauth') return oauthError(first.errorCode, first.message, status);
  if (route.operation === 'login') return soapFault(first.errorCode, first.message);
  return json(status, [first, ...(fault.more ?? []).map((error) => completeError(error))]);
}

/** The answer of a fault of kind `status`, `garbage` or `redirect`. */
export function foreignAnswer(fault: Fault & { kind: 'status' | 'garbage' | 'redirect' }, path: string): Answer {
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status,
        headers: { 'content-type': fault.contentType ?? 'text/html' },
        body: fault.body ?? `<html><head><title>${String(fault.status)}</title></head><body><h1>Service not available</h1></body></html>`,
      };
    case 'garbage':
      return { status: 200, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: fault.body ?? '{"totalSize":3,"done":tr\u0000\ufffd' };
    case 'redirect':
      return { status: 302, headers: { location: fault.location ?? `http://moved.demo-org.invalid${/^\/[\x21-\x7e]*$/.test(path) ? path : '/'}` }, body: '' };
  }
}
