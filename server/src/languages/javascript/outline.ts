import type { Outline } from '../outline.ts';
import { moduleSpecifiers } from './moduleSpecifiers.ts';

const MANIFESTS = ['package.json', 'tsconfig.json', 'jsconfig.json'];

/** JavaScript, TypeScript, JSX and TSX. */
export const JAVASCRIPT_OUTLINE: Outline = {
  id: 'javascript',
  extensions: ['.js', '.cjs', '.mjs', '.jsx', '.ts', '.cts', '.mts', '.tsx', '.gs'],
  documents: { javascript: '.js', javascriptreact: '.jsx', typescript: '.ts', typescriptreact: '.tsx' },
  moduleSpecifiers,
  isIndex: (path) => /\/index\.[cm]?[jt]sx?$/.test(path),
  isTestFile,
  isManifest: (name) => MANIFESTS.includes(name),
  manifests: MANIFESTS,
};

/** A folder's name alone decides nothing. */
function isTestFile(path: string, text: string): boolean {
  if (/\.(?:[a-z0-9]+-)?(?:test|spec|mock|stories|e2e)\.[cm]?[jt]sx?$|-spec\.[cm]?[jt]sx?$|\.nut\.ts$|\.d\.[cm]?ts$|\/__(?:tests|mocks|fixtures)__\//i.test(path)) return true;
  if (!/\/(?:tests?|spec|e2e|integration)\//i.test(path)) return false;
  return /^\s*(?:describe|suite)\s*\(/m.test(text) && /^\s*(?:it|test)\s*\(/m.test(text);
}
