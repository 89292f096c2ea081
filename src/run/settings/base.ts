import { defineSetting } from '../../core/setting.ts';
import { DEFAULT_PRETRAIN } from '../../experiments/baseSettings.ts';
import { LARGEST_SIZE } from '../../tasks/task.ts';
import type { TaskFamily } from '../../tasks/tasks.ts';
import { PRETRAINS, SIZED } from './needs.ts';

const BASES = { shipped: { label: 'shipped' }, live: { label: 'pretrain now' } };

/** Where a run begins. */
export const BASE_SETTINGS = [
  defineSetting({
    key: 'base',
    flag: 'base',
    label: 'Base policy',
    help: 'Where the run begins: the shipped base, or one pretrained first, here and now.',
    kind: 'choice',
    table: BASES,
    default: 'shipped',
    readBy: 'nobody',
    keptByBranch: true,
    ofProblems: true,
  }),
  defineSetting({
    key: 'baseSeed',
    flag: 'base-seed',
    label: 'Base seed',
    help: 'Decides the first weights and the demonstrations of a base that is pretrained now.',
    kind: 'integer',
    range: [0, 0x7fffffff],
    default: DEFAULT_PRETRAIN.seed,
    needs: [PRETRAINS],
    readBy: 'base',
    keptByBranch: true,
  }),
  defineSetting({
    key: 'pretrainSteps',
    flag: 'pretrain-steps',
    label: 'Pretraining steps',
    help: 'Number of updates on demonstrations, for a base that is pretrained now.',
    kind: 'integer',
    range: [1, 100_000],
    default: 2400,
    needs: [PRETRAINS],
    readBy: 'base',
    keptByBranch: true,
  }),
  defineSetting({
    key: 'correctFraction',
    flag: 'correct-fraction',
    label: 'Correct share',
    help: 'Share of correct demonstrations for a base that is pretrained now.',
    kind: 'number',
    range: [0, 1],
    default: 0.4,
    needs: [PRETRAINS],
    readBy: 'base',
    keptByBranch: true,
  }),
  defineSetting({
    key: 'demonstratedSize',
    flag: 'demonstrated-size',
    label: 'Shown up to size',
    help: 'A base that is pretrained now is shown problems whose shortest right answer has at most this many operations.',
    kind: 'integer',
    range: [0, LARGEST_SIZE],
    default: LARGEST_SIZE,
    needs: [
      {
        when: (settings: { base: 'shipped' | 'live'; task: TaskFamily }) =>
          PRETRAINS.when(settings) && SIZED.when(settings),
        otherwise: 'No base is pretrained here on problems that have a size',
      },
    ],
    readBy: 'base',
    keptByBranch: true,
  }),
  defineSetting({
    key: 'pretrainLr',
    flag: 'pretrain-lr',
    label: 'Pretraining rate',
    help: 'Highest learning rate of a base that is pretrained now.',
    kind: 'number',
    range: [0, 10],
    default: DEFAULT_PRETRAIN.learningRate,
    needs: [PRETRAINS],
    readBy: 'base',
    keptByBranch: true,
  }),
  defineSetting({
    key: 'width',
    flag: 'width',
    label: 'Width',
    help: 'Channels of the network (a multiple of 4), for a base that is pretrained now.',
    kind: 'integer',
    range: [8, 128],
    default: 32,
    multipleOf: 4,
    needs: [PRETRAINS],
    readBy: 'base',
    keptByBranch: true,
  }),
] as const;
