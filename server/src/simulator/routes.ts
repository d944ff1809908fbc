import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { ApiFailure, methodNotAllowed, notFound } from './apiFailure.ts';
import { listVersions, readVersion } from './apiVersions.ts';
import type { RecordFault } from './collections.ts';
import { collections } from './collections.ts';
import { composite, compositeBatch } from './composite.ts';
import { describeBasic, describeGlobal, describeObject } from './describe.ts';
import type { Operation } from './faults.ts';
import { readIdentity } from './identity.ts';
import { authorize, requestToken, revokeToken } from './oauth.ts';
import type { Org } from './org.ts';
import { continueQuery, startQuery } from './query.ts';
import type { ApiRequest } from './request.ts';
import type { SObjectType } from './schema.ts';
import { createRecord, deleteRecord, objectTypeNamed, recordByKey, retrieveRecord, updateRecord } from './sobjects.ts';
import { soapCall } from './soapLogin.ts';

/** What a request asks for. */
export interface Route {
  operation: Operation;
  /** Object that the path names. */
  object?: string;
  /** Whether this is the REST API: needs a session, counts against the daily limit, carries the usage header, fails with an array. */
  rest: boolean;
  /** Does it. @throws ApiFailure */
  run(recordFault?: RecordFault): Answer;
}

/** Finds what a request asks for. Unknown paths give a route too, whose run throws NOT_FOUND. */
export function findRoute(org: Org, request: ApiRequest, instanceUrl: string): Route {
  const [first, second, third, fourth, ...rest] = request.segments;
  if (first === 'services' && second === 'data') {
    if (third === undefined) return plain('other', () => onlyGet(request, listVersions));
    return restRoute(org, request, third, fourth, rest, instanceUrl);
  }
  if (first === 'services' && second === 'oauth2') {
    if (third === 'authorize') return plain('oauth', () => authorize(org, request));
    if (third === 'token') return plain('oauth', () => requestToken(org, request, instanceUrl));
    if (third === 'revoke') return plain('oauth', () => revokeToken(org, request));
    if (third === 'userinfo') return plain('identity', () => readIdentity(org, request, instanceUrl));
  }
  if (first === 'id') return plain('identity', () => readIdentity(org, request, instanceUrl));
  if (first === 'services' && second === 'Soap' && third === 'u') return plain('login', () => soapCall(org, request, instanceUrl));
  return plain('other', unknownPath);
}

function plain(operation: Operation, run: () => Answer): Route {
  return { operation, rest: false, run };
}

function unknownPath(): Answer {
  throw notFound();
}

function onlyGet(request: ApiRequest, run: () => Answer): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed(request.method, ['GET', 'HEAD']);
  return run();
}

function restRoute(org: Org, request: ApiRequest, versionText: string, resource: string | undefined, rest: readonly string[], instanceUrl: string): Route {
  const route = (operation: Operation, run: (version: number, recordFault?: RecordFault) => Answer, object?: string): Route => ({
    operation, rest: true, ...(object === undefined ? {} : { object }), run: (recordFault) => run(readVersion(versionText), recordFault),
  });
  const [next] = rest;
  switch (resource) {
    case undefined:
      return route('other', (version) => onlyGet(request, () => resources(org, version, instanceUrl)));
    case 'limits':
      if (rest.length > 0) break;
      return route('limits', (version) => onlyGet(request, () => json(200, org.limits.read(version, org.store.size))));
    case 'query':
    case 'queryAll':
      if (rest.length > 1) break;
      return next === undefined
        ? route('query', (version) => onlyGet(request, () => startQuery(org, request, version)), /\bFROM\s+(\w+)/i.exec(request.query.get('q') ?? '')?.[1])
        : route('query-more', (version) => onlyGet(request, () => continueQuery(org, next, version)));
    case 'composite':
      if (next === 'sobjects') {
        return route('collections', (version, recordFault) => collections(org, request, rest.slice(1), version, recordFault), rest[1]);
      }
      if (rest.length > 1 || (next !== undefined && next !== 'batch')) break;
      return route('composite', () => {
        if (request.method !== 'POST') throw methodNotAllowed(request.method, ['POST']);
        const dispatch = (sub: ApiRequest): Answer => runSubrequest(org, sub, instanceUrl);
        return next === 'batch' ? compositeBatch(request, dispatch) : composite(org, request, dispatch);
      });
    case 'sobjects':
      return sobjectRoute(org, request, rest, route);
  }
  return route('other', unknownPath);
}

type MakeRoute = (operation: Operation, run: (version: number) => Answer, object?: string) => Route;

function sobjectRoute(org: Org, request: ApiRequest, rest: readonly string[], route: MakeRoute): Route {
  const [object, second, third] = rest;
  const { method } = request;
  if (object === undefined) return route('describe', (version) => onlyGet(request, () => describeGlobal(version)));
  const on = (operation: Operation, run: (type: SObjectType, version: number) => Answer): Route =>
    route(operation, (version) => run(objectTypeNamed(object), version), object);
  const wrongMethod = (...allowed: string[]): Route => on('other', () => {
    throw methodNotAllowed(method, allowed);
  });
  if (second === undefined) {
    if (method === 'POST') return on('create', (type, version) => createRecord(org, request, type, version));
    return method === 'GET' ? on('describe', describeBasic) : wrongMethod('GET', 'POST');
  }
  if (third === undefined) {
    if (second === 'describe') return method === 'GET' ? on('describe', describeObject) : wrongMethod('GET');
    switch (method) {
      case 'GET':
        return on('retrieve', (type, version) => retrieveRecord(org, request, type, second, version));
      case 'PATCH':
        return on('update', (type) => updateRecord(org, request, type, second));
      case 'DELETE':
        return on('delete', (type) => deleteRecord(org, type, second));
      default:
        return wrongMethod('GET', 'PATCH', 'DELETE');
    }
  }
  if (rest.length > 3) return route('other', unknownPath, object);
  const operation = ({ GET: 'retrieve', PATCH: 'upsert', DELETE: 'delete' } as const)[method];
  return operation === undefined ? wrongMethod('GET', 'PATCH', 'DELETE') : on(operation, (type, version) => recordByKey(org, request, type, second, third, version));
}

/** GET /services/data/vNN.0: addresses of the resources. */
function resources(org: Org, version: number, instanceUrl: string): Answer {
  const base = `/services/data/v${String(version)}.0`;
  return json(200, {
    sobjects: `${base}/sobjects`, query: `${base}/query`, queryAll: `${base}/queryAll`, limits: `${base}/limits`, composite: `${base}/composite`,
    identity: `${instanceUrl}/id/${org.organizationId}/${org.userId}`,
  });
}

/** A subrequest of Composite or Batch: REST resources only, none of them Composite again. */
function runSubrequest(org: Org, request: ApiRequest, instanceUrl: string): Answer {
  try {
    const route = findRoute(org, request, instanceUrl);
    if (!route.rest || route.operation === 'composite') throw notFound();
    return route.run();
  } catch (error) {
    if (error instanceof ApiFailure) return json(error.status, error.errors);
    throw error;
  }
}
