import { say } from '../../text/words.ts';

export const TEXT = {
  title: 'Share and keep',

  link: 'Link',
  linkPromise:
    'A link promises the same set-up: settings, seed and step. The numbers are the same only on the same engine and device.',
  address: 'The address of this page',
  copy: 'Copy link',
  copied: 'The link is copied.',
  notCopied: 'The browser does not let this page copy; the address is marked, copy it by hand.',

  runFile: 'Run file',
  filePromise:
    'A run file promises the same picture: every row and the checkpoints, so that all figures, the timeline and branches are there without computing anything again.',
  save: 'Save run',
  saveHint: 'One file with settings, rows and checkpoints',
  open: 'Open run…',
  openHint: 'A run file; dropping it on the page does the same',
  saving: 'Writing the file',
  opening: 'Reading the file',
  cancel: 'Cancel',
  saved: 'Saved {name}: {rows} rows, {checkpoints} checkpoints, {size} MB.',
  savedFewer:
    'Saved {name}: {rows} rows, {checkpoints} of {all} checkpoints, which is what there is room for, {size} MB.',
  opened:
    'Opened a run made {at} by {by} with {engine}: {rows} rows, {checkpoints} checkpoints. What it computes from here on is computed by this page.',
  leftOut: ' The file had no room for the checkpoints of {count} more steps.',
  otherBase:
    ' The base that ships with this page is another one by now; the run goes on from its own.',
  branched: ' It branched off at step {step} of a run that is not in the file.',
  refused: 'The file {name} was not opened: {reason}. The run on screen stays.',
  notSaved: 'The run was not saved: {reason}.',
  oneFile: 'Drop one file, not {count}.',
  nothing: 'there is no live run yet; press Play first',
  stopped: 'it has failed or was cancelled, so that it has no last checkpoint',

  rows: 'Rows',
  rowsHint: 'Every number of every step of the run on screen, to be read by other programs.',
  csv: 'Rows as CSV',
  jsonLines: 'Rows as JSON lines',
  savedRows: 'Saved {name}: {rows} rows.',

  embed: 'In a page of your own',
  embedHint:
    'This run in a post or in slides, as an element or a frame, with the figures that you choose.',
  embedOpen: 'Embed …',
  lecture: 'The deck for a lecture',

  standsAt: 'This link stands at step {step}. Run to step {step} trains as far.',
};

/** What a link that would train says where nothing may move by itself. */
export const standsAt = (step: number): { text: string } => ({
  text: say(TEXT.standsAt, { step }),
});
