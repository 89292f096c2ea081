import type { ParsedPermalink } from '../run/permalink.ts';
import { hideControls, unknownControls } from './controls.ts';
import * as EMBED from '../messages/embed.ts';

/** Takes the theme of a link, and leaves out the controls that it names; what is no control becomes one of its problems. */
export function applyView({ view: { theme, hide = [] }, problems }: ParsedPermalink): void {
  if (theme) document.documentElement.dataset['theme'] = theme;
  for (const name of unknownControls(hide)) problems.push(EMBED.noControl({ name }));
  hideControls(hide);
}
