import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';

/** What an observable is told to do with an error: `subscribe(next, error)`, `subscribe({ error })`. */
export function observedError(facts: FileFacts, { args }: CallValue): ValueId | undefined {
  if (args[1] !== undefined) return args[1];
  const observer = args[0] === undefined ? undefined : facts.values[args[0]];
  return observer?.k === 'object' ? observer.props.find(({ key }) => key === 'error')?.value : undefined;
}

/** The function that takes an error on an observable's way: `pipe(map(…), catchError(handler))`. */
export function pipedHandler(facts: FileFacts, { args }: CallValue): ValueId | undefined {
  for (const each of args) {
    const step = facts.values[each];
    if (step?.k === 'call' && lastName(facts, step.callee) === 'catchError' && step.args[0] !== undefined) return step.args[0];
  }
  return undefined;
}
