import { mount } from 'svelte';
import App from './ui/App.svelte';
import './ui/theme.css';

// A page without settings in its address needs nothing that can read them.
const link =
  location.hash.length > 1
    ? (await import('./run/permalink.ts')).parsePermalink(location.hash)
    : null;
// English, which the code has, costs nothing.
if (link?.view.lang)
  link.problems.push(...(await (await import('./ui/language.ts')).speakLanguage(link.view.lang)));
mount(App, { target: document.getElementById('app')!, props: { link } });
