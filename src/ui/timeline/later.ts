/** What the bar has beside its first buttons, in one file for the network. */
export { default as Keys } from './Keys.svelte';
export { default as Remark } from './Remark.svelte';
export { default as Timeline } from './Timeline.svelte';
export { default as Share } from '../share/Share.svelte';
