type Explainer = typeof import('../../../server/src/explain/main.ts');

let loading: Promise<Explainer> | undefined;

/** The part that knows what errors mean; loaded when it is first needed. */
export function explainer(): Promise<Explainer> {
  return (loading ??= import('../../../server/src/explain/main.ts'));
}
