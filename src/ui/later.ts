/** What stands beside the figures and needs many words, and where a link to a study leads: after the first paint. */
export { methodLabel } from '../run/settings.ts';
export { offlineAtRest } from './offline/atRest.ts';
export { default as SettingsPanel } from './SettingsPanel.svelte';
export { seekStudy } from './studies/seek.ts';
