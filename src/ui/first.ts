/** What is seen at once, but for the very first figure, in one file: it comes while the first run is fetched. */
export { default as Headlines } from './Headlines.svelte';
export { default as LiveLine } from './LiveLine.svelte';
export { default as Messages } from './Messages.svelte';
export { default as ProblemInHand } from './stage/ProblemInHand.svelte';
export { default as Rooms } from './rooms/Rooms.svelte';
export { default as StepFigures } from './StepFigures.svelte';
