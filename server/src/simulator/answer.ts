/** An HTTP answer before it is sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** An answer with a JSON body, as the REST API sends it. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers }, body: JSON.stringify(value) };
}

/** An answer with an XML body, as the SOAP API sends it. */
export function xml(status: number, body: string): Answer {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

/** 204: done, nothing to say. */
export function noContent(): Answer {
  return { status: 204, headers: {}, body: '' };
}
