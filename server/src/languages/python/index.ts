import type { Language } from '../language.ts';
import { lower } from './lower.ts';
import { PYTHON_OUTLINE } from './outline.ts';
import { liftSplat } from './splats.ts';

/** Python. */
export const PYTHON: Language = {
  ...PYTHON_OUTLINE,
  dialectOf: () => 'python',
  grammarOf: () => 'tree-sitter-python.wasm',
  correct: liftSplat,
  lower,
};
