import type { Rule, RuleFinding } from '../rule.ts';

/** Requests that ask how a job or a deployment stands. */
const ASKS = /^(?:bulk\.job\.read|bulk2\.job\.read|metadata\.status)$/;
/** States in which a job, batch or deployment has ended well. */
const WELL = new Set(['JobComplete', 'Completed', 'Succeeded', 'SucceededPartial']);

/** A poll that knows one end of several. */
export const rule: Rule = {
  id: 'incomplete-polling',
  summary: 'A loop waits for a job to end well, and never ends where the job fails or is aborted.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      const loop = call.pollLoop;
      if (!loop || loop.hasOtherEnd || !ASKS.test(call.record.operation)) return [];
      // A loop that goes on while the job runs ends with every other state.
      if (loop.compares.length === 0 || !loop.compares.every((state) => WELL.has(state))) return [];
      const message = `This loop waits for ${loop.compares[0]} alone: a job that ends as Failed or Aborted is asked for again and again, without end.`;
      return [{ call, message, codes: [], severity: 'warning', related: [{ path: loop.path, start: loop.at, end: loop.to, message: 'The loop.' }], fixes: [] }];
    });
  },
};
