/** What stands around every figure. */
export const FRAME_TEXT = {
  cursor: '{title}: cursor',
  data: 'Data',
  save: 'Save',
  saveOf: '{title}: save',
  saveAs: '{title}: save as',
  dataOf: '{title}: data',
};
