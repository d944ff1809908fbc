import type { Lint } from './problem.ts';

/** Every failure of Marketing Cloud says its operational category, and no other does. */
export const categories: Lint = ({ codes, messages }) => [
  ...codes.flatMap(({ code, family, modes }) =>
    modes.flatMap(({ id, category }) => problem(`${code} in ${family}, ${id}`, family.startsWith('mc-'), category)),
  ),
  ...messages.flatMap(({ id, product, category }) => problem(`the message ${id}`, product === 'marketing-cloud', category)),
];

function problem(where: string, marketingCloud: boolean, category: string | undefined): string[] {
  if (marketingCloud === (category !== undefined)) return [];
  return [marketingCloud ? `${where} has no operational category` : `${where} has an operational category, which only Marketing Cloud knows`];
}
