import type { Component } from 'svelte';
import type { PictureName } from '../../tasks/tasks.ts';
import type { PictureProps } from './picture.ts';

/** A picture brings its task's code along, so it is fetched when the task is chosen. */
export const PICTURES: Record<PictureName, () => Promise<{ default: Component<PictureProps> }>> = {
  steps: () => import('./StepsPicture.svelte'),
  maze: () => import('./MazePicture.svelte'),
  programs: () => import('./ProgramsPicture.svelte'),
};
