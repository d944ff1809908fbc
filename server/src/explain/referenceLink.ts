import type { ErrorCode } from '../../../catalog/schema/code.ts';

/** The client's command that opens the reference at a code. */
export const REFERENCE_COMMAND = 'apiGuard.showReference';

/** A link that runs the command for an entry, where an editor lets text do that. */
export function referenceLink({ family, code }: Pick<ErrorCode, 'family' | 'code'>): string {
  return `command:${REFERENCE_COMMAND}?${encodeURIComponent(JSON.stringify([family, code]))}`;
}
