/** A script to try something out, below a test folder: its calls are reported, but nobody wants to hear of its failures. */
export function isTryOut(path: string): boolean {
  return /\/tests?\/(?:.*\/)?[^/]*[-_]test\.[cm]?[jt]sx?$/i.test(path);
}
