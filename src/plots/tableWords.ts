/** What the tables of figures say. */
export const TABLE_TEXT = {
  thinned: '{shown} of {all} rows, at equal distances.',
  thinnedPoints: '{shown} of {all} points, at equal distances.',
  notANumber: 'not a number',
  bin: 'bin',
  range: '{from} to {to}',
  point: 'point',
};
