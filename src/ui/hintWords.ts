/** What an explanation says beside its own words. */
export const HINT_TEXT = {
  formula: 'Formula: {formula}.',
  trl: 'TRL’s name: {name}.',
  none: 'none',
};
