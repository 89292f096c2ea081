/** What shows recorded studies, in one file for the network, each part by the name of its card. */
export { default as compare } from '../compare/Compare.svelte';
export { default as papers } from './AllPapers.svelte';
export { default as studies } from './Comparisons.svelte';
