import type { Measured } from '../../results/results.ts';
import { linkOf } from '../../results/link.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { permalinkOf, type View } from '../../run/permalink.ts';
import type { Results } from './results.svelte.ts';

/** The models with the base first, which is how a link and a file say which that is. */
export const inOrder = ({ models, base }: Pick<Results, 'models' | 'base'>): Measured[] => [
  ...models.filter(({ name }) => name === base),
  ...models.filter(({ name }) => name !== base),
];

/** Without the problems that have fewer samples. */
export const withSamples = (models: readonly Measured[], leastN: number): Measured[] =>
  models.map((model) => ({
    ...model,
    problems: new Map([...model.problems].filter(([, { n }]) => n >= leastN)),
  }));

/** What an address has of results, and whether problems are numbered in it. */
export interface Address {
  counts: string;
  isNumbered: boolean;
}

/** As an address has them; without their names where these are too long for it; null where they are too many. */
export async function countsOf(models: readonly Measured[]): Promise<Address | null> {
  const counts = await linkOf(models);
  if (counts !== null) return { counts, isNumbered: false };
  const numbered = await linkOf(withNumbers(models));
  return numbered === null ? null : { counts: numbered, isNumbered: true };
}

/** The same problems have the same number in all of them. */
function withNumbers(models: readonly Measured[]): Measured[] {
  const numbers = new Map<string, string>();
  for (const { problems, hasIds } of models)
    if (hasIds)
      for (const id of problems.keys())
        if (!numbers.has(id)) numbers.set(id, String(numbers.size + 1));
  return models.map((model) => ({
    ...model,
    problems: new Map(
      [...model.problems].map(([id, count]) => [model.hasIds ? numbers.get(id)! : id, count]),
    ),
  }));
}

/** The page of these results; with what else its link says of how it is shown. */
export const fragmentOf = ({ counts }: Address, view: View = {}): string =>
  permalinkOf(DEFAULT_SETTINGS, { ...view, view: 'results', counts });

export const addressOf = (address: Address, site: URL): string =>
  new URL(fragmentOf(address), site).href;

/** What another page needs to have the curves in it. */
export async function embedOf({ counts }: Address, site: URL): Promise<string> {
  const { elementSnippet } = await import('../embed/snippet.ts');
  const words = { autorun: false, title: '', caption: '' };
  const folder = site.href.replace(/[^/]*$/, '');
  return elementSnippet({ settings: DEFAULT_SETTINGS, view: { counts }, ...words }, folder);
}
