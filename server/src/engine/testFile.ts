/** Tests, mocks and type declarations are not integration code: their calls are not reported. A folder's name alone decides nothing. */
export function isTestFile(path: string, text: string): boolean {
  if (/\.(?:test|spec|mock|stories|e2e)\.[cm]?[jt]sx?$|\.nut\.ts$|\.d\.[cm]?ts$|\/__(?:tests|mocks|fixtures)__\//i.test(path)) return true;
  if (!/\/(?:tests?|spec|e2e|integration)\//i.test(path)) return false;
  return /^\s*(?:describe|suite)\s*\(/m.test(text) && /^\s*(?:it|test)\s*\(/m.test(text);
}

/** A script to try something out, below a test folder: its calls are reported, but nobody wants to hear of its failures. */
export function isTryOut(path: string): boolean {
  return /\/tests?\/(?:.*\/)?[^/]*[-_]test\.[cm]?[jt]sx?$/i.test(path);
}
