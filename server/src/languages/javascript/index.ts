import type { Language } from '../language.ts';
import { lower } from './lower.ts';
import { JAVASCRIPT_OUTLINE } from './outline.ts';
import { liftPrefix } from './prefixes.ts';

/** JavaScript, TypeScript, JSX and TSX. Flow and JSX are read by the JavaScript grammar. */
export const JAVASCRIPT: Language = {
  ...JAVASCRIPT_OUTLINE,
  dialectOf: (path) => (/\.(?:js|cjs|mjs|jsx)$/i.test(path) ? 'javascript' : /\.tsx$/i.test(path) ? 'tsx' : 'typescript'),
  grammarOf: (dialect) => `tree-sitter-${dialect}.wasm`,
  correct: liftPrefix,
  lower,
};
