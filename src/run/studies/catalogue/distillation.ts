import type { PaperSpec, StudyArm } from '../study.ts';
import { COUNTDOWN, GRPO_ARM, YUE, study } from './shared.ts';

const TEACHER_WHY =
  'The teacher is the same network with twice the width, shown correct answers of all problems; a large model’s teacher is far stronger, and its student has seen far more.';

const SFT_ARM: StudyArm = {
  id: 'sft',
  label: 'SFT on the teacher',
  role: 'distilled',
  settings: { experiment: 'distillation' },
};

const THEN_RL_ARM: StudyArm = {
  id: 'then-rl',
  label: 'SFT, then GRPO',
  role: 'other',
  settings: { warmSteps: 100, steps: 200 },
};

const PAPERS: readonly PaperSpec[] = [
  {
    says: 'The distilled model’s curve lies above the base’s at every k.',
    source: `${YUE}, figure 7`,
    sign: 1,
    measure: 'pass@256',
    arm: 'sft',
    against: 'base',
  },
  {
    says: 'RL after SFT narrows again.',
    source: 'Matsutani et al. 2025, arXiv 2509.21128',
    sign: -1,
    measure: 'pass@256',
    arm: 'then-rl',
    against: 'sft',
  },
];

export const distillation = study({
  name: 'distillation',
  title: 'Distillation on the problems that the base knows',
  question:
    'Does learning from a stronger teacher lift the curve at every k, where RL only turns it?',
  settings: COUNTDOWN,
  arms: [
    GRPO_ARM,
    SFT_ARM,
    {
      id: 'opd',
      label: 'on-policy distillation',
      role: 'other',
      settings: { experiment: 'on-policy-distillation' },
    },
    {
      id: 'expert',
      label: 'expert iteration',
      role: 'other',
      settings: { experiment: 'expert-iteration' },
    },
    THEN_RL_ARM,
  ],
  figure: { kind: 'passAtK' },
  claims: [
    { measure: 'pass@1', arm: 'sft', against: 'base' },
    { measure: 'pass@256', arm: 'sft', against: 'base' },
    { measure: 'pass@256', arm: 'sft', against: 'grpo' },
    { measure: 'pass@256', arm: 'opd', against: 'grpo' },
    { measure: 'pass@256', arm: 'expert', against: 'grpo' },
    { measure: 'pass@256', arm: 'then-rl', against: 'sft' },
  ],
  papers: PAPERS,
  why: `A fifth of the problems need multiplication. The base was hardly ever shown it, its teacher as often as all else. What SFT adds at large k is mostly that. ${TEACHER_WHY}`,
});

export const distillationPrograms = study({
  name: 'distillation-programs',
  title: 'Distillation on programs',
  question: 'Does a teacher lift the curve on another task too, and what does RL after it change?',
  settings: { ...COUNTDOWN, task: 'programs' },
  arms: [GRPO_ARM, SFT_ARM, THEN_RL_ARM],
  figure: { kind: 'passAtK' },
  claims: [
    { measure: 'pass@1', arm: 'grpo', against: 'base' },
    { measure: 'pass@1', arm: 'sft', against: 'base' },
    { measure: 'pass@256', arm: 'sft', against: 'base' },
    { measure: 'pass@256', arm: 'sft', against: 'grpo' },
    { measure: 'pass@1', arm: 'then-rl', against: 'sft' },
    { measure: 'pass@256', arm: 'then-rl', against: 'sft' },
    { measure: 'pass@256', arm: 'then-rl', against: 'grpo' },
  ],
  papers: PAPERS,
  why: `The base was shown doubling rarely, and held-out functions are new to it: both leave room, and a teacher’s answers use it. ${TEACHER_WHY}`,
});

/** From the end of the warm start to the end of the run. */
const WARM: readonly [number, number] = [20, 100];

export const beyond = study({
  name: 'beyond',
  title: 'Distillation beyond the prior',
  question:
    'The base was never shown multiplication. Who reaches the problems that need it: RL, or a teacher?',
  settings: { ...COUNTDOWN, prior: 'narrow', beyondShare: 0.5 },
  arms: [
    GRPO_ARM,
    SFT_ARM,
    {
      id: 'opd',
      label: 'on-policy distillation',
      role: 'other',
      settings: { experiment: 'on-policy-distillation' },
    },
    { id: 'warm', label: '20 steps of SFT, then GRPO', role: 'other', settings: { warmSteps: 20 } },
    THEN_RL_ARM,
  ],
  figure: { kind: 'plane', x: 'pass@1', y: 'beyond pass@256' },
  measures: [
    'pass@1',
    'pass@256',
    'beyond pass@1',
    'beyond pass@16',
    'beyond pass@256',
    'beyond solvable',
  ],
  claims: [
    { measure: 'beyond pass@256', arm: 'grpo', against: 'base' },
    { measure: 'beyond pass@256', arm: 'sft', against: 'base' },
    { measure: 'beyond pass@256', arm: 'opd', against: 'base' },
    { measure: 'beyond pass@256', arm: 'warm', against: 'grpo' },
    { measure: 'beyond pass@256', arm: 'then-rl', against: 'sft' },
    // What RL adds to its warm start, which is over by then.
    { measure: 'beyond pass@1', arm: 'warm', against: null, between: WARM },
    { measure: 'beyond pass@256', arm: 'warm', against: null, between: WARM },
  ],
  papers: [
    {
      says: 'RL does not bring in reasoning that the base lacks.',
      source: YUE,
      sign: 0,
      measure: 'beyond solvable',
      arm: 'grpo',
      against: 'base',
    },
    {
      says: 'Distillation does.',
      source: `${YUE}, figure 7`,
      sign: 1,
      measure: 'beyond pass@256',
      arm: 'sft',
      against: 'base',
    },
    ...(['pass@1', 'pass@256'] as const).map((of): PaperSpec => ({
      says: `After a short warm start RL comes to solve problems of pass@k 0 (read here as ${of} on them, since the warm start).`,
      why: 'The warm start already solves nearly all of these problems with 256 samples, so that RL sharpens what it brought and loses the rest.',
      source: 'Sun et al. 2025 (DELTA-Code), arXiv 2509.21016',
      ...{ sign: 1, measure: `beyond ${of}`, arm: 'warm', against: null, between: WARM },
    })),
  ],
  why: `${TEACHER_WHY} Its answers here teach nearly all there is to reach: a start of 20 steps already solves most of these problems with 256 samples, and RL then sharpens what it brought.`,
});
