import type { Component } from 'svelte';
import type { PictureProps } from './picture.ts';
import type { PicturedTask } from './texts.ts';

/** A picture brings its task's code along, so it is fetched when the task is chosen. */
export const PICTURES: Record<PicturedTask, () => Promise<{ default: Component<PictureProps> }>> = {
  'countdown-steps': () => import('./StepsPicture.svelte'),
  maze: () => import('./MazePicture.svelte'),
  programs: () => import('./ProgramsPicture.svelte'),
};
