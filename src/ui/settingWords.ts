/** Links to set-ups that others are held against. */
export const PRESET_TEXT = {
  title: 'Comparisons to try:',
  crossing: 'GRPO: nothing is found that the base lacked',
  explores: 'gentler, with an entropy bonus: something is',
  nearPaper: 'sizes as in the paper, by KL and small steps',
  broad: 'a base that can already do everything',
};

/** What stands around the settings. */
export const PANEL_TEXT = {
  all: 'All settings',
  goesOn: 'The run on screen goes on with the settings that it began with.',
  restart: 'Restart with these',
  stays: '{problem}; it stays {value}',
  waits: 'Waits for a restart; the run on screen has {value}.',
  backTo: 'Back to {value}.',
};
