import { mount } from 'svelte';
import App from './ui/App.svelte';
import './ui/theme.css';

/** As what the address wants the page to be shown, where that is not the playground. */
const viewOf = (): string | null => {
  const view = new URLSearchParams(location.hash.slice(1)).get('view');
  return view === 'story' ? view : null;
};
const view = viewOf();
// Another view is another page: nothing of this one goes on in it. Before any listener of the page itself.
addEventListener('hashchange', (event) => {
  if (viewOf() === view) return;
  event.stopImmediatePropagation();
  location.reload();
});

// A page without settings in its address needs nothing that can read them.
const link =
  location.hash.length > 1
    ? (await import('./run/permalink.ts')).parsePermalink(location.hash)
    : null;
const Page = view === 'story' ? (await import('./ui/story/Story.svelte')).default : App;
mount(Page, { target: document.getElementById('app')!, props: { link } });
