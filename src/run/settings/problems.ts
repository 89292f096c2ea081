import { defineSetting } from '../../core/setting.ts';
import { DOMAINS } from '../../experiments/domains.ts';
import { LARGEST_SIZE } from '../../tasks/task.ts';
import { recordOf, type TaskFamily } from '../../tasks/tasks.ts';
import { SIZED, TRAINS } from './needs.ts';

/** Which of the task's problems are trained on. */
export const PROBLEM_SETTINGS = [
  defineSetting({
    key: 'domains',
    flag: 'domains',
    label: 'Domains',
    help: 'Which domain of a mixed task is trained on; evaluations are on both.',
    kind: 'choice',
    table: DOMAINS,
    default: 'all',
    place: 30,
    needs: [
      TRAINS,
      {
        when: ({ task }: { task: TaskFamily }) => recordOf(task).hasDomains === true,
        otherwise: 'Only ‘Countdown and Programs’ has more than one domain',
      },
    ],
  }),
  defineSetting({
    key: 'trainSizeMin',
    flag: 'train-size-min',
    label: 'Size from',
    help: 'Train only on problems whose shortest right answer has at least this many operations.',
    kind: 'integer',
    range: [0, LARGEST_SIZE],
    default: 0,
    needs: [TRAINS, SIZED],
  }),
  defineSetting({
    key: 'trainSizeMax',
    flag: 'train-size-max',
    label: 'Size up to',
    help: 'Train only on problems whose shortest right answer has at most this many operations; the largest value takes all.',
    kind: 'integer',
    range: [0, LARGEST_SIZE],
    default: LARGEST_SIZE,
    needs: [TRAINS, SIZED],
  }),
  defineSetting({
    key: 'trainPMin',
    flag: 'train-p-min',
    label: 'Base p from',
    help: 'Train only on problems that the base solves in one try with at least this probability p.',
    kind: 'number',
    range: [0, 1],
    default: 0,
    needs: [TRAINS],
  }),
  defineSetting({
    key: 'trainPMax',
    flag: 'train-p-max',
    label: 'Base p up to',
    help: 'Train only on problems that the base solves in one try with at most this probability p; 1 for all.',
    kind: 'number',
    range: [0, 1],
    default: 1,
    needs: [TRAINS],
  }),
  defineSetting({
    key: 'trainProblems',
    flag: 'train-problems',
    label: 'Training set',
    help: 'Size of the training set; 0 for every problem that is not held out.',
    kind: 'integer',
    range: [0, 65_536],
    default: 0,
    needs: [TRAINS],
  }),
] as const;
