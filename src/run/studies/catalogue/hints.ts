import type { StudyArm } from '../study.ts';
import { COUNTDOWN, GRPO_ARM, study } from './shared.ts';

const POPE = 'POPE, Qu et al. 2026, arXiv 2601.18779';

const hinted = (hintShare: number, label: string): StudyArm => ({
  id: `hints-${hintShare}`,
  label,
  role: 'other',
  settings: { hintShare },
});

export const hints = study({
  name: 'hints',
  title: 'Rollouts that begin inside a right answer',
  question:
    'RL gets no signal from problems that the base solves less than once in a thousand tries. If answers begin with the first tokens of a right one, does RL learn to solve them without?',
  settings: { ...COUNTDOWN, trainProblems: 128, trainPMax: 1e-3 },
  arms: [
    { ...GRPO_ARM, label: 'GRPO, no hints' },
    hinted(0.5, 'GRPO, hints to half of the prompts'),
    hinted(1, 'GRPO, hints to all prompts'),
    {
      id: 'teacher',
      label: 'SFT on a teacher’s right answers to them',
      role: 'distilled',
      settings: { experiment: 'distillation', teacherKeep: 'right' },
    },
  ],
  figure: { kind: 'plane', x: 'train.passAt.1', y: 'train.passAt.256' },
  more: [{ kind: 'plane', x: 'pass@1', y: 'pass@256' }],
  measures: [
    ...['train.passAt.1', 'train.passAt.256', 'pass@1', 'pass@256', 'rare pass@256'],
    ...['RL only', 'base only', 'zero-signal share', 'entropy'],
  ],
  claims: [
    ...['train.passAt.1', 'train.passAt.256', 'zero-signal share', 'pass@1', 'rare pass@256'].map(
      (measure) => ({ measure, arm: 'hints-0.5', against: 'grpo' }),
    ),
    { measure: 'RL only', arm: 'hints-0.5', against: 'grpo' },
    ...['train.passAt.1', 'train.passAt.256', 'RL only'].flatMap((measure) => [
      { measure, arm: 'hints-1', against: 'hints-0.5' },
      { measure, arm: 'teacher', against: 'hints-0.5' },
    ]),
  ],
  papers: [
    {
      says: 'With hints to hard problems RL learns to solve them without, better than it does on them alone.',
      source: POPE,
      sign: 1,
      why: 'GRPO alone is not stuck here. A handful of its 12,800 answers are right, and one right answer among 8 has the weight of a whole group, so it is learned by heart. And an answer has three to five tokens: a hint gives those that decide, and they are not trained on.',
      ...{ measure: 'train.passAt.1', arm: 'hints-0.5', against: 'grpo' },
    },
    {
      says: 'More groups have right and wrong answers, so that more of them teach.',
      source: POPE,
      sign: -1,
      ...{ measure: 'zero-signal share', arm: 'hints-0.5', against: 'grpo' },
    },
    {
      says: 'It does better on problems that are held out.',
      source: POPE,
      sign: 1,
      why: 'Training on the hardest problems alone spoils the others in every arm, with hints or without.',
      ...{ measure: 'pass@1', arm: 'hints-0.5', against: 'grpo' },
    },
  ],
  why: 'In the paper the hint stands in the prompt, with the instruction to go on from it, and is just long enough for a right answer now and then. Here the answer begins with it, and it has any length up to all but the last token. In the paper each hard problem is tried with and without its hint, and easy ones are mixed in. Here the bound is on the base’s exact p.',
});
