import type { OperationText } from './hoverCall.ts';

/** What the catalogue says of an operation; undefined for one it does not know. */
export async function operationText(id: string): Promise<OperationText | undefined> {
  const { findOperation, modesOf } = await import('../../../catalog/index.ts');
  const operation = findOperation(id);
  if (!operation) return undefined;
  const codes: OperationText['codes'] = {};
  for (const { code, mode } of modesOf(id)) {
    const ofClass = (codes[mode.class] ??= []);
    if (!ofClass.includes(code.code)) ofClass.push(code.code);
  }
  return { title: operation.title, codes, ...(operation.repeatNote ? { repeatNote: operation.repeatNote } : {}) };
}
