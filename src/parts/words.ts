/** What is said where a part of the page cannot be had. */
export const PARTS = {
  missing: 'A part of this page could not be loaded.',
  replaced: 'This page has been replaced by a newer one, and a part of the old one is gone.',
  remembered: 'A part of this page could not be loaded, and this browser does not try it twice.',
  reloading: 'Reloading keeps the settings, which are in the address; a run on screen ends.',
  again: 'Try again',
  reload: 'Reload',
};
