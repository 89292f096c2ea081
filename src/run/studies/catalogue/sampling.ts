import type { PaperSpec } from '../study.ts';
import { COUNTDOWN, GRPO_ARM, study, YUE } from './shared.ts';

export const power = study({
  name: 'power',
  title: 'Better sampling of the base, without training',
  question: 'How far does one get by drawing the base’s likelier answers more often?',
  settings: COUNTDOWN,
  arms: [
    GRPO_ARM,
    {
      id: 'power-4',
      label: 'exact p⁴',
      drawn: 'chain for p⁴',
      role: 'other',
      settings: { experiment: 'power-sampling', alpha: 4, steps: 10, evalEvery: 1 },
    },
    {
      id: 'power-2',
      label: 'exact p²',
      drawn: 'chain for p²',
      role: 'other',
      settings: { experiment: 'power-sampling', alpha: 2, steps: 10, evalEvery: 1 },
    },
    {
      id: 'cold',
      label: 'base at temperature ¼',
      role: 'control',
      settings: { steps: 0, evalTemperature: 0.25 },
    },
  ],
  figure: { kind: 'passAtK' },
  more: [
    {
      kind: 'overSteps',
      measure: 'chain pass@1',
      beside: 'pass@1',
      over: 'moves',
      arms: ['power-4', 'power-2'],
    },
  ],
  measures: [
    ...['pass@1', 'pass@16', 'pass@256'],
    ...['chain pass@1', 'chain pass@16', 'acceptance', 'tokens'],
  ],
  claims: [
    { measure: 'pass@1', arm: 'power-4', against: 'base' },
    { measure: 'pass@1', arm: 'power-4', against: 'grpo' },
    { measure: 'pass@256', arm: 'power-4', against: 'grpo' },
    { measure: 'pass@1', arm: 'power-4', against: 'cold' },
    { measure: 'chain pass@1', arm: 'power-4', against: null },
    { measure: 'chain pass@1 less target', arm: 'power-4', against: null },
    { measure: 'chain pass@1 less target', arm: 'power-2', against: null },
    { measure: 'acceptance', arm: 'power-4', against: null },
    { measure: 'tokens', arm: 'power-4', against: null },
  ],
  papers: [
    {
      says: 'Sampling from p⁴ comes near GRPO’s pass@1 without any training.',
      why: 'The exact fourth power sharpens more than 100 steps of GRPO do; no chain reaches it in as few moves.',
      source: 'Karan & Du 2025, arXiv 2510.14901',
      sign: 0,
      measure: 'pass@1',
      arm: 'power-4',
      against: 'grpo',
    },
    {
      says: 'Its pass@k stays above GRPO’s at large k.',
      source: 'Karan & Du 2025, arXiv 2510.14901',
      sign: 1,
      measure: 'pass@256',
      arm: 'power-4',
      against: 'grpo',
    },
  ],
  why: 'Sharpening helps as far as likelier answers are right more often. This base was shown seven wrong answers in ten, so it helps less than with a large model. The curves are of the exact power. Where not all answers can be added up, the chain is needed, and it mixes slowly here: most of its moves are accepted, and ten of them still leave it short of its target. The paper makes ten moves in each of sixteen blocks; here it is five in each of two.',
});

/** A point of the finale: a policy at a temperature, from all tokens or from a nucleus. */
const at = (of: 'base' | 'now', x: number, topP = 1) => ({ of, x, topP });

export const temperature = study({
  name: 'temperature',
  title: 'Temperature, and equal entropy',
  question: 'Is the narrowing only a matter of entropy? Does a higher temperature undo it?',
  settings: { ...COUNTDOWN, finale: 'temperatures' },
  arms: [GRPO_ARM],
  figure: { kind: 'finale', measure: 'pass@256' },
  more: [{ kind: 'finale', measure: 'pass@1' }],
  measures: ['pass@1', 'pass@256', 'entropy'],
  claims: [
    { measure: 'pass@256', arm: 'grpo', against: 'grpo', at: { of: 'matched' } },
    { measure: 'pass@256', arm: 'grpo', against: 'base', at: { of: 'matched' } },
    { measure: 'pass@1', arm: 'grpo', against: 'grpo', at: { of: 'matched' } },
    // As hot as it gets, both.
    { measure: 'pass@256', arm: 'grpo', against: 'grpo', at: at('now', 2), from: at('base', 2) },
    // The nucleus that the paper evaluates with, against all tokens.
    { measure: 'pass@1', arm: 'grpo', against: 'grpo', at: at('now', 1, 0.95) },
    { measure: 'pass@256', arm: 'grpo', against: 'grpo', at: at('now', 1, 0.95) },
    { measure: 'pass@1', arm: 'grpo', against: 'base', at: at('base', 1, 0.95) },
    { measure: 'pass@256', arm: 'grpo', against: 'base', at: at('base', 1, 0.95) },
  ],
  papers: [
    ...['pass@1', 'pass@256'].flatMap((measure): PaperSpec[] => [
      {
        says: `Above a temperature of 1 the base gets worse (read here as ${measure}, from 1 to 1.2).`,
        why: 'Its answers are too short for a hot token to spoil many of them, and what it never solves it does not solve hot either.',
        ...{ source: `${YUE}, figure 17`, sign: -1, measure, arm: 'grpo', against: 'grpo' },
        ...{ at: at('base', 1.2, 0.95), from: at('base', 1, 0.95) },
      },
      {
        says: `The trained model stays as it is there (likewise, as ${measure}).`,
        why: 'A trained policy of this size has little entropy left, so that heat gives back answers that it had nearly given up.',
        ...{ source: `${YUE}, figure 17`, sign: 0, measure, arm: 'grpo', against: 'grpo' },
        ...{ at: at('now', 1.2, 0.95), from: at('now', 1, 0.95) },
      },
    ]),
    {
      says: 'Raised to the base’s entropy, the RL model is slightly better at large k than before.',
      source: `${YUE}, figure 18`,
      sign: 1,
      measure: 'pass@256',
      arm: 'grpo',
      against: 'grpo',
      at: { of: 'matched' },
    },
    {
      says: 'It is still below the base.',
      source: `${YUE}, figure 18`,
      sign: -1,
      measure: 'pass@256',
      arm: 'grpo',
      against: 'base',
      at: { of: 'matched' },
    },
  ],
  why: 'Both raise the temperature until the entropies agree. The toy’s answers are five tokens long; a hot token spoils more of a long one. With 256 samples this base solves nearly everything, hot or not.',
});

export const interpolation = study({
  name: 'interpolation',
  title: 'Weights between base and trained',
  question:
    'Is there a mixture of the two networks with the pass@1 of one and the pass@256 of the other?',
  settings: { ...COUNTDOWN, finale: 'interpolation' },
  arms: [GRPO_ARM],
  figure: { kind: 'finale', measure: 'pass@256' },
  measures: ['pass@1', 'pass@256'],
  claims: [
    { measure: 'pass@256', arm: 'grpo', against: 'grpo', at: { x: 0.5 } },
    { measure: 'pass@1', arm: 'grpo', against: 'grpo', at: { x: 0.5 } },
    { measure: 'pass@1', arm: 'grpo', against: 'base', at: { x: 0.5 } },
  ],
  papers: [
    {
      says: 'Interpolating an early and a late checkpoint brings pass@k back.',
      source: 'Dang et al. 2025, arXiv 2504.10478',
      sign: 1,
      measure: 'pass@256',
      arm: 'grpo',
      against: 'grpo',
      at: { x: 0.5 },
    },
  ],
  why: 'There the checkpoints are of supervised fine-tuning.',
});
