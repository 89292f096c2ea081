export const OFFLINE_WORDS = {
  saving: 'Being saved for offline use …',
  savingSome:
    'Being saved for offline use: {files} of {ofFiles} files, {megabytes} of {ofMegabytes} MB.',
  putOff: 'Not saved for offline use.',
  full: 'Not saved for offline use: this browser has no room for it.',
  missing: 'Not saved for offline use: a part of the page could not be had.',
  save: 'Save it',
  again: 'Try again',
  stopHint: 'Leave off saving; what is saved by now is not fetched again',
  saved: 'Saved for offline use: the whole page opens without a network.',
  newer: 'There is a new version of this page.',
  endsRun: 'Reloading ends the run on screen.',
  reload: 'Reload',
  notNow: 'Not now',
};
