import type { Choice } from '../results.ts';
import type { Task } from './format.ts';

/** From which reward on a sample is correct. */
const THRESHOLDS = {
  'above 0': (value: number): boolean => value > 0,
  '1 or more': (value: number): boolean => value >= 1,
} as const;
export type Threshold = keyof typeof THRESHOLDS;

/** Which rewards are of correct samples, as it was chosen, and how many were between. */
export interface Rewards {
  choice: Choice;
  isCorrect(value: number): boolean;
  notes(what: string): string[];
}

export function rewardsFrom(choose: Task['choose'], value: Threshold): Rewards {
  const values = Object.keys(THRESHOLDS);
  const choice = choose({ key: 'threshold', label: 'reward of a correct sample', value, values });
  let between = 0;
  let others = 0;
  return {
    choice,
    isCorrect(value) {
      if (value > 0 && value < 1) between++;
      else if (value !== 0 && value !== 1) others++;
      return THRESHOLDS[choice.value as Threshold](value);
    },
    notes(what) {
      const counted = choice.value === 'above 0' ? 'correct' : 'wrong';
      return [
        `Correct is what has ${what} ${between + others > 0 ? choice.value : 'of 1'}${
          others > 0 ? `; ${others.toLocaleString('en')} of its values are below 0 or above 1` : ''
        }.`,
        ...(between > 0
          ? [
              `${between.toLocaleString('en')} of the values of ${what} lie between 0 and 1, and count as ${counted}: choose the other threshold if they are not.`,
            ]
          : []),
      ];
    },
  };
}
