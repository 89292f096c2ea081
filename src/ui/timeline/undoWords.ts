/** What is said of a run that was left; comes with its offer. */
export const TEXT = {
  left: 'Run of {steps} steps left.',
  leftOne: 'Run of one step left.',
  undo: 'Undo',
  undoHint: 'Brings that run back, with its rows and where it stood (U)',
};
