/** What stands in place of a secret. */
const GONE = '[redacted]';

/** Names whose values are secrets, in JSON, forms, headers, XML and query strings. */
const NAMES = String.raw`(?:access[_-]?token|refresh[_-]?token|id[_-]?token|token|client[_-]?secret|consumer[_-]?secret|password|passwd|pwd|secret|session[_-]?id|sid|assertion|code[_-]?verifier|api[_-]?key|x-api-key|authorization|cookie|set-cookie|private[_-]?key|fueloauth|security[_-]?token|sfdc_?token|SALESFORCE_\w*(?:TOKEN|SECRET|PASSWORD|KEY))`;

const PATTERNS: readonly [RegExp, string | ((whole: string, ...groups: string[]) => string)][] = [
  // A session id or access token of an org, also inside an address or cut off by an ellipsis.
  [/\b00D[A-Za-z0-9]{12,15}(?:!|%21)[A-Za-z0-9._%*+/=-]{4,}/g, (whole) => `${whole.split(/!|%21/)[0]}!${GONE}`],
  // JSON web tokens.
  [/\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?/g, GONE],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, GONE],
  // Refresh tokens of the platform.
  [/\b5Aep[A-Za-z0-9._]{20,}/g, GONE],
  // Consumer keys are names, yet nobody in support needs them whole.
  [/\b3MVG9[A-Za-z0-9._]{20,}/g, (whole) => `${whole.slice(0, 9)}${GONE}`],
  [/\b(Bearer|OAuth|Basic|Token)\s+(?!\[redacted\])[A-Za-z0-9._~+/=!-]{8,}(?:\[redacted\])?/gi, (_whole, scheme) => `${scheme} ${GONE}`],
  // "name": "value" and name=value and name: value.
  [new RegExp(String.raw`(["']?\b${NAMES}\b["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')`, 'gi'), (_whole, before, value) => `${before}${value?.[0] ?? '"'}${GONE}${value?.[0] ?? '"'}`],
  [new RegExp(String.raw`(^|[\s?&;{,("'])(${NAMES})=(?!["'])([^\s&;"'<>,)}]+)`, 'gi'), (_whole, before, name) => `${before}${name}=${GONE}`],
  [new RegExp(String.raw`^(\s*(?:[<>*]\s)?(?:authorization|cookie|set-cookie|x-api-key|sforce-session|x-sfdc-session)\s*:\s*)(?!\s).+$`, 'gim'), (_whole, before) => `${before}${GONE}`],
  // XML leaves.
  [new RegExp(String.raw`(<(?:[\w-]+:)?${NAMES}(?:\s[^<>]*)?>)[^<]+(</)`, 'gi'), (_whole, open, close) => `${open}${GONE}${close}`],
  [/(https?:\/\/)[^\s/@:]+:[^\s/@]+@/g, (_whole, scheme) => `${scheme}${GONE}@`],
];

/** The text without tokens, passwords, keys and cookies, so that it can be handed to somebody else. What is left tells the same story. */
export function redact(text: string): string {
  return PATTERNS.reduce((redacted, [pattern, by]) => (typeof by === 'string' ? redacted.replace(pattern, by) : redacted.replace(pattern, by)), text);
}
