import type { ClaimSpec, PaperSpec, StudyArm } from '../study.ts';
import { COUNTDOWN, study } from './shared.ts';

/** So many learning rates, a factor of 2 apart: with the weakest SFT gains about what RL gains with the strongest. */
const RL_RATES = [2.5e-4, 5e-4, 1e-3];
const SFT_RATES = [1.25e-4, 2.5e-4, 5e-4];

const rl = (lr: number): StudyArm => ({
  id: `rl-${lr}`,
  label: `GRPO, learning rate ${lr}`,
  role: 'now',
  settings: { lr },
});
const sft = (lr: number): StudyArm => ({
  id: `sft-${lr}`,
  label: `SFT on the teacher, learning rate ${lr}`,
  role: 'distilled',
  settings: { experiment: 'distillation', lr },
});

/** RL at its usual strength less SFT at one, where both have come equally far. */
const between = (measure: string, arm = 5e-4, against = 2.5e-4): ClaimSpec => ({
  measure,
  ...{ arm: `rl-${arm}`, against: `sft-${against}` },
});

const SHENFELD = 'Shenfeld et al. 2025 (RL’s Razor), arXiv 2509.04259';
/** The reason for whatever of it differs. */
const NEAREST =
  'The teacher answers as the demonstrations of the base do, without the wrong ones: the nearest way to right answers, on which the paper too finds the least forgotten. Its own supervised data are another model’s.';

const paper = (says: string, sign: PaperSpec['sign'], measure: string): PaperSpec => ({
  ...{ says, source: SHENFELD, sign, why: NEAREST },
  ...between(measure),
});

export const forgetting = study({
  name: 'forgetting',
  title: 'What is forgotten',
  question:
    'A policy is trained on one domain. At an equal gain, which loses less of the other: RL, or supervised learning from a teacher? And does the distance that the policy has moved decide the loss?',
  settings: { ...COUNTDOWN, task: 'mixed', domains: 'countdown', evalEvery: 10 },
  arms: [
    ...RL_RATES.map(rl),
    ...SFT_RATES.map(sft),
    {
      id: 'own',
      label: 'SFT on its own right answers',
      role: 'other',
      settings: { experiment: 'expert-iteration', lr: 2.5e-4 },
    },
  ],
  figure: { kind: 'plane', x: 'gained', y: 'lost@256' },
  more: [
    { kind: 'plane', x: 'forward KL', y: 'lost@256' },
    { kind: 'plane', x: 'gained', y: 'lost@1' },
  ],
  measures: [
    ...['gained', 'lost@1', 'lost@256', 'forward KL', 'forward KL error'],
    ...['lost@1 at gain 0.05', 'lost@256 at gain 0.05', 'forward KL at gain 0.05'],
    'lost@256 at KL 0.5',
  ],
  claims: [
    between('lost@1 at gain 0.05'),
    between('lost@256 at gain 0.05'),
    between('lost@256 at gain 0.05', 2.5e-4, 1.25e-4),
    between('lost@256 at gain 0.05', 1e-3, 5e-4),
    between('lost@256 at gain 0.1', 5e-4, 5e-4),
    { measure: 'lost@256 at gain 0.05', arm: 'own', against: 'sft-0.00025' },
    between('forward KL at gain 0.05'),
    between('lost@256 at KL 0.5'),
    { measure: 'lost@256 at KL 0.5', arm: 'own', against: 'sft-0.00025' },
    { measure: 'lost@256', arm: 'rl-0.0005', against: null },
    { measure: 'lost@256', arm: 'sft-0.00025', against: null },
  ],
  papers: [
    paper('At an equal gain on the new task RL forgets less.', -1, 'lost@1 at gain 0.05'),
    paper('The same, read here as pass@256.', -1, 'lost@256 at gain 0.05'),
    paper(
      'At an equal gain RL is nearer to the base, by the forward KL on the new task.',
      -1,
      'forward KL at gain 0.05',
    ),
    paper(
      'At an equal distance by that KL both have forgotten as much (read here as pass@256).',
      0,
      'lost@256 at KL 0.5',
    ),
  ],
  why: 'The two domains share no token but the end. The gain and the loss are read between evaluations ten steps apart; the KL is estimated from the base’s own answers, right and wrong.',
});
