import type { Answer } from './answer.ts';
import { xml } from './answer.ts';
import { soapVersionProblem } from './apiVersions.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import { sameSecret } from './sessions.ts';

/** First SOAP version without login(), which retires in Summer '27 (API end-of-life policy). */
const firstWithoutLogin = 65;

/** A SOAP fault: HTTP 500 for every reason, the code in faultcode with its prefix and once more before the text. */
export function soapFault(code: string, message: string): Answer {
  const text = escapeXml(`${code}: ${message}`);
  return xml(500, envelope(
    `<soapenv:Fault><faultcode>sf:${escapeXml(code)}</faultcode><faultstring>${text}</faultstring><detail>` +
    `<sf:UnexpectedErrorFault xsi:type="sf:UnexpectedErrorFault"><sf:exceptionCode>${escapeXml(code)}</sf:exceptionCode>` +
    `<sf:exceptionMessage>${escapeXml(message)}</sf:exceptionMessage></sf:UnexpectedErrorFault></detail></soapenv:Fault>`,
  ));
}

/** POST /services/Soap/u/NN.0 with the partner API's login or logout. Every other call is refused with a fault. */
export function soapCall(org: Org, request: ApiRequest, instanceUrl: string): Answer {
  const version = /^(\d{1,3})\.0$/.exec(request.segments[3] ?? '')?.[1];
  const problem = soapVersionProblem(Number(version ?? 0));
  if (problem !== undefined) return soapFault('UNSUPPORTED_API_VERSION', problem);
  const operation = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(request.body)?.[1];
  switch (operation) {
    case 'login':
      if (Number(version) >= firstWithoutLogin) return soapFault('UNSUPPORTED_API_VERSION', 'login is not available in this version');
      return login(org, request.body, `${instanceUrl}/services/Soap/u/${version ?? ''}.0/${org.organizationId.slice(0, 15)}`);
    case 'logout':
      return logout(org, request.body);
    default:
      return soapFault('UNKNOWN_EXCEPTION', 'The Demo org answers login and logout over SOAP; use REST for data');
  }
}

function login(org: Org, body: string, serverUrl: string): Answer {
  const { credentials } = org.sessions;
  const right = elementText(body, 'username') === credentials.username && sameSecret(elementText(body, 'password'), credentials.password);
  if (!right) return soapFault('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.');
  return xml(200, envelope(
    '<loginResponse><result><passwordExpired>false</passwordExpired><sandbox>false</sandbox>' +
    `<serverUrl>${serverUrl}</serverUrl><sessionId>${escapeXml(org.sessions.open())}</sessionId><userId>${org.userId}</userId>` +
    `<userInfo><organizationId>${org.organizationId}</organizationId><organizationName>Demo org</organizationName>` +
    `<userId>${org.userId}</userId><userName>${credentials.username}</userName></userInfo></result></loginResponse>`,
  ));
}

function logout(org: Org, body: string): Answer {
  const token = elementText(body, 'sessionId');
  if (!org.sessions.isOpen(token)) return soapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');
  org.sessions.revoke(token);
  return xml(200, envelope('<logoutResponse/>'));
}

function envelope(body: string): string {
  return '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" ' +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

/** Text of the first element of this local name: enough for the two flat messages that are understood here. */
function elementText(body: string, name: string): string {
  const match = new RegExp(`<(?:\\w+:)?${name}>([^<]*)</`).exec(body)?.[1] ?? '';
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return match.replace(/&(amp|lt|gt|quot|apos);/g, (_whole, name_: string) => entities[name_] ?? '');
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
