import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { ApiFailure } from './apiFailure.ts';
import { completeError, errorAnswer, foreignAnswer } from './faultAnswer.ts';
import type { Fault, Faults } from './faults.ts';
import { recordFaultOf } from './faults.ts';
import { oauthError } from './oauth.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import { accessTokenOf } from './request.ts';
import type { RequestLog } from './requestLog.ts';
import type { Route } from './routes.ts';
import { findRoute } from './routes.ts';
import { soapFault } from './soapLogin.ts';

/** How an answer reaches the client, if it does. */
export interface Delivery {
  answer: Answer;
  /** `send` the answer, `reset` the connection, send nothing (`silence`) or only the first half (`endless`). */
  manner: 'send' | 'reset' | 'silence' | 'endless';
  /** Milliseconds to wait before. */
  delayMs: number;
}

/** Answers a request as the org would, with the injected faults. Never throws. */
export function serveRequest(org: Org, faults: Faults, log: RequestLog, request: ApiRequest, instanceUrl: string): Delivery {
  const route = findRoute(org, request, instanceUrl);
  const subject = { operation: route.operation, method: request.method, ...(route.object === undefined ? {} : { object: route.object }) };
  let fault: Fault | undefined;
  let applied = false;
  const run = (): Answer => {
    if (route.rest) org.limits.countRequest();
    const answer = route.run(recordFaultOf(fault, completeError));
    applied = answer.status < 300;
    return answer;
  };
  const delivery = attempt(route, () => {
    // A dead session is refused before anything else is looked at, and uses up no fault.
    if (route.rest) org.sessions.check(accessTokenOf(request));
    fault = faults.take(subject);
    return deliver(fault, route, request, run);
  });
  // The usage header comes with every REST answer to a known session (REST API Developer Guide, API Usage header).
  if (route.rest && org.sessions.isOpen(accessTokenOf(request)) && fault?.kind !== 'status' && fault?.kind !== 'redirect') {
    delivery.answer.headers['sforce-limit-info'] = org.limits.header();
  }
  const status = delivery.manner === 'reset' || delivery.manner === 'silence' ? null : delivery.answer.status;
  log.add({ time: org.clock.now(), path: request.path, ...subject, applied, status, ...(fault ? { fault: fault.kind } : {}) });
  return delivery;
}

function deliver(fault: Fault | undefined, route: Route, request: ApiRequest, run: () => Answer): Delivery {
  const by = (manner: Delivery['manner'], answer: Answer, delayMs = 0): Delivery => ({ answer, manner, delayMs });
  const none: Answer = { status: 200, headers: {}, body: '' };
  switch (fault?.kind) {
    case undefined:
    case 'record-error':
      return by('send', run());
    case 'slow':
      return by('send', attempt(route, () => by('send', run())).answer, fault.delayMs);
    case 'error':
      return by('send', errorAnswer(fault, route));
    case 'endless':
      return by('endless', attempt(route, () => by('send', run())).answer);
    case 'reset':
    case 'silence':
      if (fault.applied === true) attempt(route, () => by('send', run()));
      return by(fault.kind, none);
    case 'status':
    case 'garbage':
      if (fault.applied === true) attempt(route, () => by('send', run()));
      return by('send', foreignAnswer(fault, request.path));
    case 'redirect':
      return by('send', foreignAnswer(fault, request.path));
  }
}

/** Turns a refusal into the answer that its endpoint gives, and a mistake of ours into UNKNOWN_EXCEPTION. */
function attempt(route: Route, work: () => Delivery): Delivery {
  try {
    return work();
  } catch (error) {
    const refusal = error instanceof ApiFailure ? error : new ApiFailure(500, [completeError({ code: 'UNKNOWN_EXCEPTION' })]);
    return { answer: refusalAnswer(route, refusal), manner: 'send', delayMs: 0 };
  }
}

function refusalAnswer(route: Route, refusal: ApiFailure): Answer {
  const [first] = refusal.errors;
  if (route.operation === 'oauth') return oauthError('invalid_request', first?.message ?? '', refusal.status);
  if (route.operation === 'login') return soapFault(first?.errorCode ?? 'UNKNOWN_EXCEPTION', first?.message ?? '');
  return json(refusal.status, refusal.errors);
}
