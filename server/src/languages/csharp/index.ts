import type { Language } from '../language.ts';
import { lower } from './lower.ts';
import { CSHARP_OUTLINE } from './outline.ts';
import { liftPatternEnd } from './patternEnds.ts';

/** C#. */
export const CSHARP: Language = { ...CSHARP_OUTLINE, dialectOf: () => 'csharp', grammarOf: () => 'tree-sitter-c-sharp.wasm', correct: liftPatternEnd, lower };
