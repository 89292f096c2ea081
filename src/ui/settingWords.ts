import { words } from '../text/words.ts';

/** What stands around the settings. */
export const PANEL_TEXT = words('panel', {
  all: 'All settings',
  goesOn: 'The run on screen goes on with the settings that it began with.',
  restart: 'Restart with these',
  stays: '{problem}; it stays {value}',
});
