import type { z } from 'zod';

/** What is wrong with a value, as a sentence. */
export function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `There is no ${issue.keys.map((key) => `"${key}"`).join(', ')} here. Check the spelling.`;
  return issue.message.endsWith('.') ? issue.message : `${issue.message}.`;
}
