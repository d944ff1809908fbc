import type { Answer } from './answer.ts';
import { json, noContent } from './answer.ts';
import { ApiFailure, failure, methodNotAllowed, notFound } from './apiFailure.ts';
import type { Fault } from './faults.ts';
import { Faults } from './faults.ts';
import { isObject, readJsonObject } from './jsonBody.ts';
import type { Org } from './org.ts';
import type { LimitValue } from './orgLimits.ts';
import type { ApiRequest } from './request.ts';
import { accessTokenOf } from './request.ts';
import type { LoggedRequest } from './requestLog.ts';
import { RequestLog } from './requestLog.ts';
import { findObjectType } from './schema.ts';
import { sameSecret } from './sessions.ts';
import type { FieldValue } from './validate.ts';

/** Steering of the org, for tests and demonstrations; the same in the process and over HTTP. */
export interface SimulatorControl {
  /** Address of the control API, see {@link controlAnswer}. */
  readonly url: string;
  /** Bearer token of the control API; not the org's access token. */
  readonly token: string;
  /** Adds a fault and returns its number. @throws Error when it is no valid fault. */
  addFault(fault: Fault): number;
  /** Takes one fault away; false when there is none of that number. */
  removeFault(id: number): boolean;
  /** Takes all faults away. */
  clearFaults(): void;
  /** The faults with how often each has fired. */
  faults(): { id: number; fault: Fault; fired: number }[];
  /** The latest 10,000 requests, oldest first; requests to the control API are not among them. */
  requests(): LoggedRequest[];
  /** Forgets the requests so far; numbers go on. */
  clearRequests(): void;
  /** Sets limits by name. @throws Error when Max or Remaining is no whole number. */
  setLimits(limits: Record<string, LimitValue>): void;
  /** Records of an object with all their fields. @throws Error when the org has no such object. */
  records(object: string): Record<string, FieldValue>[];
  /** Creates a record behind the API's back: no fault, no count, no log. Returns its id. @throws Error when the org would refuse it. */
  addRecord(object: string, fields: Record<string, unknown>): string;
  /** Ends every session: access tokens so far answer INVALID_SESSION_ID. */
  expireSessions(): void;
  /** Ends every login by browser: refresh tokens so far answer invalid_grant. */
  endLogins(): void;
  /** Moves the org's clock forward by so many milliseconds. */
  advanceClock(milliseconds: number): void;
  /** Data and limits of the start, no faults, no requests. Sessions and clock stay. */
  reset(): void;
}

/** Builds the control over an org and its faults and log. */
export function createControl(org: Org, faults: Faults, log: RequestLog, address: { url: string; token: string }): SimulatorControl {
  return {
    ...address,
    addFault: (fault) => faults.add(fault),
    removeFault: (id) => faults.remove(id),
    clearFaults: () => faults.clear(),
    faults: () => faults.list(),
    requests: () => log.list(),
    clearRequests: () => log.clear(),
    setLimits: (limits) => org.limits.set(checkLimits(limits)),
    records: (object) => org.store.records(typeNamed(object)).map((record) => Object.fromEntries(record)),
    addRecord: (object, fields) => org.store.create(typeNamed(object), fields),
    expireSessions: () => org.sessions.endAll(),
    endLogins: () => org.sessions.endLogins(),
    advanceClock: (milliseconds) => {
      if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 1e12) throw new Error('The clock moves by a number of milliseconds.');
      org.clock.advance(milliseconds);
    },
    reset: () => {
      org.reset();
      faults.clear();
      log.clear();
    },
  };
}

function typeNamed(object: string): NonNullable<ReturnType<typeof findObjectType>> {
  const type = findObjectType(object);
  if (!type) throw new Error(`The Demo org has no object named ${object.slice(0, 80)}.`);
  return type;
}

function checkLimits(limits: unknown): Record<string, LimitValue> {
  if (!isObject(limits)) throw new Error('Limits are an object of names.');
  for (const [name, value] of Object.entries(limits)) {
    if (!isObject(value) || !Number.isSafeInteger(value['Max']) || !Number.isSafeInteger(value['Remaining'])) {
      throw new Error(`The limit ${name.slice(0, 80)} needs Max and Remaining, both whole numbers.`);
    }
  }
  return limits as Record<string, LimitValue>;
}

/** First path segment of the control API. */
export const controlPath = '__control';

/**
 * The control API over HTTP, for tests in another process. Every request carries `Authorization: Bearer <control token>`; bodies are JSON.
 *
 * - `GET /__control/faults` lists, `POST` adds one (a {@link Fault}; answers `{ id }`), `DELETE` clears, `DELETE /__control/faults/ID` removes one
 * - `GET /__control/requests` reads the request log, `DELETE` clears it
 * - `PATCH /__control/limits` with `{ name: { Max, Remaining } }`
 * - `GET /__control/records/OBJECT` reads all records, `POST` adds one (answers `{ id }`)
 * - `DELETE /__control/sessions` ends every session
 * - `DELETE /__control/logins` ends every login by browser
 * - `POST /__control/clock` with `{ advanceMs }`
 * - `POST /__control/reset`
 *
 * Refusals are REST error arrays: 401 for a wrong token, 400 (BAD_REQUEST) with what is wrong, 404 and 405.
 */
export function controlAnswer(control: SimulatorControl, request: ApiRequest): Answer {
  try {
    if (!sameSecret(accessTokenOf(request) ?? '', control.token)) throw failure(401, 'INVALID_SESSION_ID', 'The control API needs the control token');
    return runControl(control, request);
  } catch (error) {
    if (error instanceof ApiFailure) return json(error.status, error.errors);
    return json(400, [{ errorCode: 'BAD_REQUEST', message: error instanceof Error ? error.message : 'Bad request' }]);
  }
}

function runControl(control: SimulatorControl, request: ApiRequest): Answer {
  const [, resource, name, ...rest] = request.segments;
  if (rest.length > 0) throw notFound();
  const act = (work: () => void): Answer => {
    work();
    return noContent();
  };
  switch (`${request.method} ${resource ?? ''}${name === undefined ? '' : '/*'}`) {
    case 'GET faults':
      return json(200, control.faults());
    case 'POST faults':
      return json(201, { id: control.addFault(readJsonObject(request) as unknown as Fault) });
    case 'DELETE faults':
      return act(() => control.clearFaults());
    case 'DELETE faults/*':
      if (!control.removeFault(Number(name))) throw notFound();
      return noContent();
    case 'GET requests':
      return json(200, control.requests());
    case 'DELETE requests':
      return act(() => control.clearRequests());
    case 'PATCH limits':
      return act(() => control.setLimits(readJsonObject(request) as Record<string, LimitValue>));
    case 'GET records/*':
      return json(200, control.records(name ?? ''));
    case 'POST records/*':
      return json(201, { id: control.addRecord(name ?? '', readJsonObject(request)) });
    case 'DELETE sessions':
      return act(() => control.expireSessions());
    case 'DELETE logins':
      return act(() => control.endLogins());
    case 'POST clock':
      return act(() => control.advanceClock(Number(readJsonObject(request)['advanceMs'])));
    case 'POST reset':
      return act(() => control.reset());
    default:
      if (['faults', 'requests', 'limits', 'records', 'sessions', 'logins', 'clock', 'reset'].includes(resource ?? '')) {
        throw methodNotAllowed(request.method, ['GET', 'POST', 'PATCH', 'DELETE']);
      }
      throw notFound();
  }
}
