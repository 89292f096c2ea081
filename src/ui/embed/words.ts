import { words } from '../../text/words.ts';

export const EMBED = words('embed', {
  open: 'Open in the playground',
  released: 'stopped while nobody looked, which frees the graphics card',
  noFigure: "In the link, figures has '{name}', expected some of {known}; it is left out.",
  noControl: "In the link, hide has '{name}', which is no control of this page; it is ignored.",
  figures: 'Figures',
});
