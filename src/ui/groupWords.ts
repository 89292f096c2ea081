/** One group of answers, as a table or as a picture. */
export const GROUP_TEXT = {
  title: 'One group of completions',
  sampled: 'The {count} answers sampled at step {step} for the training problem {problem}',
  pushed: 'and how far each is pushed up or down.',
  answer: 'Answer',
  verifier: 'Verifier',
  advantage: 'Advantage',
  empty: '(empty)',
  right: 'right',
  wrong: 'wrong',
  pictured: 'The {count} {answers} sampled at step {step} for one training problem: {problem}.',
  picturedGrid: 'The {count} {answers} sampled at step {step} for one training problem.',
  besideBase: 'Beside them, as many of the base.',
  baseComes: 'The base’s come with the next evaluation.',
  first: 'The first step’s {answers} appear here.',
  noPicture: 'The picture of this task could not be fetched; reload the page.',
};
