import { defineSetting } from '../../core/setting.ts';
import type { Prior } from '../../tasks/prior.ts';
import { hasVariants, TASKS, type TaskFamily } from '../../tasks/tasks.ts';
import { TRAINS } from './needs.ts';

const SIZES = { '3': { label: '3 numbers' }, '4': { label: '4 numbers' } };

const PRIORS = {
  'long-tailed': {
    label: 'one skill rarely',
    help: 'Long-tailed: demonstrations hardly ever use one skill, so that some problems lie at the edge of what the base can do.',
  },
  broad: {
    label: 'everything',
    help: 'Broad: nothing is rarer than anything else, and the base can solve nearly every problem with many samples.',
  },
  narrow: {
    label: 'all but one skill',
    help: 'Narrow: one skill was never shown, nor any problem that needs it; these are evaluated apart.',
  },
} satisfies Record<Prior, object>;

/** What the policy is asked, and what its base was shown of it. */
export const TASK_SETTINGS = [
  defineSetting({
    key: 'task',
    flag: 'task',
    label: 'Task',
    help: 'What the policy is asked to do.',
    kind: 'choice',
    table: TASKS,
    default: 'countdown',
    place: 10,
    readBy: 'base',
    keptByBranch: true,
    ofProblems: true,
  }),
  defineSetting({
    key: 'size',
    flag: 'size',
    label: 'Task size',
    help: 'How many numbers a Countdown problem gives; the other tasks have one size.',
    kind: 'choice',
    table: SIZES,
    default: '3',
    place: 20,
    needs: [
      {
        when: ({ task }: { task: TaskFamily }) => hasVariants(task),
        otherwise: 'Only Countdown comes in several sizes',
      },
    ],
    readBy: 'base',
    keptByBranch: true,
    ofProblems: true,
  }),
  defineSetting({
    key: 'prior',
    flag: 'prior',
    label: 'Prior',
    help: 'How often the base was shown one skill, such as multiplication: rarely, as often as others, or never.',
    kind: 'choice',
    table: PRIORS,
    default: 'long-tailed',
    place: 40,
    readBy: 'base',
    keptByBranch: true,
    ofProblems: true,
  }),
  defineSetting({
    key: 'rarity',
    flag: 'rarity',
    label: 'Rarity ρ',
    help: 'How likely an answer with one use of the rare skill was in pretraining, compared with one without it.',
    kind: 'number',
    range: [0, 1],
    default: 0.01,
    place: 50,
    needs: [
      {
        when: ({ prior }: { prior: Prior }) => prior === 'long-tailed',
        otherwise: 'A broad prior has no rare skill, and a narrow one never shows it',
      },
    ],
    readBy: 'base',
    keptByBranch: true,
    ofProblems: true,
  }),
  defineSetting({
    key: 'beyondShare',
    flag: 'beyond-share',
    label: 'Share beyond',
    help: 'Share of the training prompts that need the skill that a narrow prior lacks.',
    kind: 'number',
    range: [0, 1],
    default: 0.5,
    place: 60,
    needs: [
      TRAINS,
      {
        when: ({ prior }: { prior: Prior }) => prior === 'narrow',
        otherwise: 'Only a narrow prior has problems beyond it',
      },
    ],
  }),
] as const;
