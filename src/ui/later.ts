/** The parts of the page that its first paint does without, in one file for the network. */
export { methodLabel } from '../run/settings.ts';
export { default as AlgorithmCard } from './AlgorithmCard.svelte';
export { default as Completions } from './Completions.svelte';
export { default as Metrics } from './Metrics.svelte';
export { default as ProblemCells } from './ProblemCells.svelte';
export { default as SettingsPanel } from './SettingsPanel.svelte';
export { default as UpdateWeightFigure } from './UpdateWeightFigure.svelte';
export { default as RunsCard } from './runs/RunsCard.svelte';
export { default as EntropyLawCard } from './measures/EntropyLawCard.svelte';
export { default as MeasuresCard } from './measures/MeasuresCard.svelte';
export { default as WeightsBetweenCard } from './measures/WeightsBetweenCard.svelte';
export { seekStudy } from './studies/seek.ts';
