import { words } from '../text/words.ts';

/** What an explanation says beside its own words. */
export const HINT_TEXT = words('hint', {
  formula: 'Formula: {formula}.',
  trl: 'TRL’s name: {name}.',
  none: 'none',
});
