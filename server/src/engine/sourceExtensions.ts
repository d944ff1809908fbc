import { OUTLINES } from '../languages/outlines.ts';

/** File name endings of the languages that are analysed. Apart from the engine, so that walking folders loads no analysis. */
export const SOURCE_EXTENSIONS: readonly string[] = OUTLINES.flatMap(({ extensions }) => extensions);
