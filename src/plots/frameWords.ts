import { words } from '../text/words.ts';

/** What stands around every figure. */
export const FRAME_TEXT = words('figures', {
  cursor: '{title}: cursor',
  data: 'Data',
  save: 'Save',
  saveOf: '{title}: save',
  saveAs: '{title}: save as',
  dataOf: '{title}: data',
});
