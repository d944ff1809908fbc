/** How much of a file is looked at for the mark of a generator. In characters. */
const HEAD = 2_000;

/** What generators write at the top of what they make: their authors say that nobody is to mend it. */
const GENERATED = /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b|\b(?:auto-?generated|generated automatically|code generated) (?:by|from|file|code)\b/i;

/** How far down compilers put their mark: below the helpers that they write first. In characters. */
const BELOW_HELPERS = 8_000;

/** What compilers to JavaScript write: the mark of a module that was made of another, and the way back to the source. */
const COMPILED = /^Object\.defineProperty\(exports, ["']__esModule["']/m;
const SOURCE_MAP = /(?:^|\n)\/\/# sourceMappingURL=[^\s]+\s*$/;

/**
 * Whether a file's calls are reported, but nobody wants to hear of their failures: what tests need besides themselves, scripts to try something out, copies of
 * other people's code, and what a generator or a compiler makes, for which it is the source that must be mended. A folder of such a name above the package
 * says nothing of what is in it.
 * @param packageFolder folder of the nearest manifest, with `/`; empty where none is known
 */
export function isNotJudged(path: string, text: string, packageFolder: string): boolean {
  if (packageFolder !== '' && /\/(?:tests?|specs?|e2e|vendors?|third[-_]?party)\//i.test(path.slice(packageFolder.length))) return true;
  if (/\/tests?\/(?:.*\/)?[^/]*[-_]test\.[cm]?[jt]sx?$/i.test(path)) return true;
  return hasGeneratorsMark(text.slice(0, HEAD)) || (/\.[cm]?js$/i.test(path) && isCompiled(text));
}

function isCompiled(text: string): boolean {
  return COMPILED.test(text.slice(0, BELOW_HELPERS)) || SOURCE_MAP.test(text.slice(-500));
}

/** Only a comment above the first statement counts, be it below imports: code that writes such a mark has it further down, in a string. */
function hasGeneratorsMark(head: string): boolean {
  const top = /^(?:#![^\n]*\n)?(?:\s*(?:\/\/[^\n]*\n?|\/\*[\s\S]*?\*\/|#[^\n]*\n?|(?:package|import|using)\s[^\n;]*;))*/.exec(head)?.[0] ?? '';
  return GENERATED.test(top) || /^\s*(?:@(?:\w+\.)*Generated\b|\[[^\]]*\bGeneratedCode\b)/.test(head.slice(top.length));
}
