/** What pictures of answers have in common. */
export const ANSWERS_TEXT = {
  now: 'Now',
  base: 'Base',
  right: 'right',
  wrong: 'wrong',
  none: 'none at this step',
  rightOf: '{right} of {total} right',
  list: '{title}: {right} of {total} answers right',
};

export const STEPS_TEXT = {
  lucky: '{right} of {total} right; {lucky} of the {right} with a wrong step',
  validStep: 'valid step',
  wrongStep: 'wrong step',
  luckyAnswer: 'right answer, wrong step:',
};

export const MAZE_TEXT = {
  maze: 'A maze of {size} by {size} cells with {walks} walks, {right} of which end on the goal.',
  wall: 'wall',
  advantage: '{detail}; advantage {advantage}',
  choose: 'Choose a walk to follow it.',
  walks: 'Walks now',
  count: '{count} walks',
  noWalks: 'no walks yet',
  cells: 'Cells that the walks of {title} visit: {summary}',
  cell: 'row {row} column {column}: {percent} %',
  visits: 'Cells visited: {title}',
  key: 'In each cell: the walks that visit it, in %. Dashed: start. Outlined: goal. Grey: wall.',
  row: 'Row',
  column: 'Column',
  share: 'Walks that visit it (%)',
  visit: '100 % of the walks visit the cell',
};

export const PROGRAMS_TEXT = {
  find: 'Find a program for {problem}',
  first: 'The first answers appear here.',
  caption: 'The accumulator starts as x; each column is its value after one operation.',
  trace: 'The steps of the program',
  wanted: 'wanted',
  isRight: 'right?',
  examples: 'Examples in the prompt',
  hidden: 'Hidden tests',
  overflow: 'overflow',
  now: 'Programs now',
  base: 'Programs of the base',
};
