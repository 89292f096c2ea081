import { mount } from 'svelte';
import App from './ui/App.svelte';
import './ui/theme.css';

const wantsStory = (): boolean => /[#&]view=story(&|$)/.test(location.hash);
const isStory = wantsStory();
// The other view is another page: nothing of this one goes on in it. Before any listener of the page itself.
addEventListener('hashchange', (event) => {
  if (wantsStory() === isStory) return;
  event.stopImmediatePropagation();
  location.reload();
});

// A page without settings in its address needs nothing that can read them.
const link =
  location.hash.length > 1
    ? (await import('./run/permalink.ts')).parsePermalink(location.hash)
    : null;
const Page = isStory ? (await import('./ui/story/Story.svelte')).default : App;
mount(Page, { target: document.getElementById('app')!, props: { link } });
