import { CHOICES } from '../../rl/choices.ts';
import { BEGINS, LEARNS_BY_ALGORITHM, PAYS, TRAINS } from './needs.ts';

/** What an algorithm is made of, which matters only where one is at work; a warm start has use for some of it. */
export const ALGORITHM_DEFINITIONS = CHOICES.map((choice) => ({
  ...choice,
  group: 'algorithm' as const,
  needs: [
    ...[TRAINS, PAYS, LEARNS_BY_ALGORITHM, ...('needs' in choice ? choice.needs : [])],
    ...('inWarmStart' in choice ? [] : [BEGINS]),
  ],
}));
