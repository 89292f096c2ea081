export { optimumWithPassAt1 } from '../evaluation/klOptimum.ts';

/** What is said of the KL optimum; comes with what finds it. */
export const OPTIMUM_TEXT = {
  found:
    'The most that any policy gets of reward\u00a0−\u00a0β·KL from the base, at β = {beta}: every problem’s odds grow by one factor, so it is nowhere below the base.',
  none: 'No β has this pass@1: it is below the base’s, or above the share of problems that the base can solve at all.',
  waits: 'It comes with the first evaluation after training.',
};
