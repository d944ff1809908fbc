import type { ErrorCode } from '../../../catalog/schema/code.ts';
import type { EditorContext } from './context.ts';

/** Which entries a hover may link into the reference: none where the client cannot follow, and never users' own, which have no page there. */
export async function linkable({ support }: EditorContext): Promise<(entry: ErrorCode) => boolean> {
  if (!support.referenceCommand) return () => false;
  const { userEntries } = await import('../../../catalog/index.ts');
  return (entry) => !userEntries().codes.includes(entry);
}
