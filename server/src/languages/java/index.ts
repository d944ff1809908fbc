import type { Language } from '../language.ts';
import { lower } from './lower.ts';
import { JAVA_OUTLINE } from './outline.ts';

/** Java. */
export const JAVA: Language = {
  ...JAVA_OUTLINE,
  dialectOf: () => 'java',
  grammarOf: () => 'tree-sitter-java.wasm',
  lower,
};
