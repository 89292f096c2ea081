import type { Measured } from '../../results/results.ts';
import { linkOf } from '../../results/link.ts';
import { DEFAULT_SETTINGS } from '../../run/defaults.ts';
import { elementSnippet } from '../embed/snippet.ts';
import type { Results } from './results.svelte.ts';

/** The models with the base first, which is how a link and a file say which that is. */
export const inOrder = ({ models, base }: Pick<Results, 'models' | 'base'>): Measured[] => [
  ...models.filter(({ name }) => name === base),
  ...models.filter(({ name }) => name !== base),
];

/** The fragment of the page of these results; null where they are too many for an address. */
export async function fragmentOf(models: readonly Measured[]): Promise<string | null> {
  const counts = await linkOf(models);
  return counts === null ? null : `#view=results&counts=${counts}`;
}

export async function addressOf(models: readonly Measured[], site: URL): Promise<string | null> {
  const fragment = await fragmentOf(models);
  return fragment === null ? null : new URL(fragment, site).href;
}

/** What another page needs to have the curves in it; null likewise. */
export async function embedOf(models: readonly Measured[], site: URL): Promise<string | null> {
  const counts = await linkOf(models);
  if (counts === null) return null;
  const words = { autorun: false, title: '', caption: '' };
  return elementSnippet(
    { settings: DEFAULT_SETTINGS, view: { counts }, ...words },
    site.href.replace(/[^/]*$/, ''),
  );
}
