import { DEFAULT_PRETRAIN } from '../experiments/baseSettings.ts';
import { DEFAULT_ADAM } from '../policy/policy.ts';
import { GRPO } from '../rl/choices.ts';
import type { RunSettings, TaskFamily } from './setting.ts';

/** The values that the page begins with, apart from the table that says what they mean: its first load needs only these. */
export const STANDARD: RunSettings = {
  task: 'countdown',
  size: '3',
  prior: 'broad',
  experiment: 'rlvr',
  warmSteps: 0,
  teacherAnswers: 4000,
  teacherKeep: 'all',
  generationSteps: 25,
  generationAnswers: 2048,
  verifier: 'truth',
  judgeAnswers: 1024,
  domains: 'all',
  trainProblems: 0,
  beyondShare: 0.5,
  algorithm: 'grpo',
  seed: 1,
  steps: 300,
  lr: 1e-3,
  prompts: 32,
  groupSize: 16,
  maxGradNorm: DEFAULT_ADAM.maxGradNorm,
  temperature: 1,
  evalEvery: 10,
  evalProblems: 200,
  evalSamples: 16,
  evalTemperature: 1,
  evalTopP: 1,
  klSamples: 2,
  answerProblems: 0,
  finale: 'none',
  alpha: 4,
  blocks: 2,
  chains: 16,
  base: 'shipped',
  baseSeed: DEFAULT_PRETRAIN.seed,
  pretrainSteps: DEFAULT_PRETRAIN.steps,
  correctFraction: DEFAULT_PRETRAIN.correctFraction,
  pretrainLr: DEFAULT_PRETRAIN.learningRate,
  width: 32,
  engine: 'auto',
  ...GRPO,
};

/** What a task needs otherwise than Countdown: found by trying, as small as it still shows the effect. */
export const TASK_DEFAULTS: Record<TaskFamily, Partial<RunSettings>> = {
  countdown: {},
  // An accept set has 1,314 answers, so that 16 problems cost as much as 2,000 of Countdown.
  'countdown-steps': { steps: 150, evalEvery: 25, evalProblems: 16 },
  maze: { evalEvery: 25, evalProblems: 100, pretrainSteps: 1500, correctFraction: 0.15 },
  programs: { lr: 5e-4, pretrainSteps: 2500, pretrainLr: 4e-3, correctFraction: 0.4 },
  mixed: { lr: 5e-4, pretrainSteps: 2400, correctFraction: 0.35, width: 48 },
};

export const DEFAULT_SETTINGS: RunSettings = { ...STANDARD, ...TASK_DEFAULTS[STANDARD.task] };
