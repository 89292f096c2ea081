import { mount } from 'svelte';
import { tellOfLostParts } from './parts/lost.ts';
import type { ParsedPermalink } from './run/permalink.ts';
import App from './ui/App.svelte';
import './ui/theme.css';

/** The pages of the site beside the playground, by the name in `view=` of an address. */
const PAGES = {
  story: () => import('./ui/story/Story.svelte'),
  lecture: () => import('./ui/lecture/Lecture.svelte'),
  results: () => import('./ui/results/ResultsPage.svelte'),
} as const;

tellOfLostParts();

const viewOf = (): keyof typeof PAGES | null => {
  const parts = new URLSearchParams(location.hash.slice(1));
  // Counts have one place where they are shown.
  const view = parts.get('view') ?? (parts.has('counts') ? 'results' : '');
  return Object.hasOwn(PAGES, view) ? (view as keyof typeof PAGES) : null;
};
const view = viewOf();
// Another view is another page: nothing of this one goes on in it. Before any listener of the page itself.
addEventListener('hashchange', (event) => {
  if (viewOf() === view) return;
  event.stopImmediatePropagation();
  location.reload();
});

// A page without settings in its address needs nothing that can read them.
async function parse(): Promise<ParsedPermalink> {
  const link = (await import('./run/permalink.ts')).parsePermalink(location.hash);
  if (link.view.theme || link.view.hide) (await import('./ui/controls.ts')).applyView(link);
  return link;
}
const target = document.getElementById('app')!;
/** Without what the file of the page says until it stands. */
const cleared = (): HTMLElement => {
  target.replaceChildren();
  return target;
};
if (view) {
  const link = await parse();
  const { default: Page } = await PAGES[view]();
  mount(Page, { target: cleared(), props: { link } });
  void import('./ui/offline/atRest.ts').then(({ keepAtRest }) => keepAtRest());
} else {
  const link = location.hash.length > 1 ? await parse() : null;
  mount(App, { target: cleared(), props: { link } });
}
