/** The picture of what a base was shown. */
export const PRIOR_TEXT = {
  title: 'What the base is shown',
  axis: 'share of its demonstrations (log scale)',
  none: 'none of {count}',
  needing:
    'Problems that need {skill} are shown rightly {share} of the time; 2,000 demonstrations, drawn now.',
  never: 'No problem that needs {skill} is shown; 2,000 demonstrations, drawn now.',
};
