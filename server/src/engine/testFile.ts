/**
 * A script to try something out, or what tests need besides themselves: its calls are reported, but nobody wants to hear of its failures. A folder of this
 * name above the package says nothing of what is in it.
 * @param packageFolder folder of the nearest package, with `/`; empty where none is known
 */
export function isTryOut(path: string, packageFolder: string): boolean {
  if (packageFolder !== '' && /\/(?:tests?|specs?|e2e)\//i.test(path.slice(packageFolder.length))) return true;
  return /\/tests?\/(?:.*\/)?[^/]*[-_]test\.[cm]?[jt]sx?$/i.test(path);
}
