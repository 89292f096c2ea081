import { ALGORITHMS, type AlgorithmName } from '../../../rl/algorithms.ts';
import { armsOver, COUNTDOWN, GRPO_ARM, study, YUE } from './shared.ts';

/** The six algorithms that Yue et al. compare. */
const COMPARED: readonly AlgorithmName[] = ['ppo', 'reinforce-pp', 'rloo', 'remax', 'dapo'];

export const algorithms = study({
  name: 'algorithms',
  title: 'Six algorithms of the paper',
  question: 'Does one of the algorithms that the paper compares keep what the base can solve?',
  settings: COUNTDOWN,
  arms: [
    GRPO_ARM,
    ...COMPARED.map((name) => ({
      id: name,
      label: ALGORITHMS[name].label,
      role: 'other' as const,
      settings: { algorithm: name },
    })),
  ],
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@256' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'Δ_SE', 'KL'],
  claims: [
    { measure: 'pass@256', arm: 'grpo', against: 'base' },
    ...COMPARED.map((arm) => ({ measure: 'pass@256', arm, against: 'grpo' })),
  ],
  papers: [
    {
      says: 'Among the six, DAPO has the highest pass@1 in training by a little.',
      source: `${YUE}, table 3`,
      sign: 1,
      measure: 'pass@1',
      arm: 'dapo',
      against: 'grpo',
    },
    {
      says: 'ReMax has the lowest pass@1.',
      source: `${YUE}, table 3`,
      sign: -1,
      measure: 'pass@1',
      arm: 'remax',
      against: 'grpo',
    },
    {
      says: 'Every one of the six raises pass@1.',
      source: `${YUE}, table 3`,
      sign: 1,
      measure: 'pass@1',
      arm: 'lowest',
      against: 'base',
    },
    {
      says: 'Not even the best of the six brings pass@256 above the base’s for good.',
      source: `${YUE}, table 3`,
      sign: -1,
      measure: 'pass@256',
      arm: 'highest',
      against: 'base',
    },
  ],
  why: 'All arms take the same number of steps at one learning rate, so an algorithm with several updates per step moves further. The column KL says how far.',
});

export const kl = study({
  name: 'kl',
  title: 'A KL penalty',
  question: 'Does holding the policy to its base protect what the base can solve?',
  settings: COUNTDOWN,
  arms: armsOver('klCoefficient', [0, 0.01, 0.1, 0.3], (beta) => `β = ${beta}`),
  figure: { kind: 'passAtK' },
  measures: ['pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy', 'KL'],
  claims: [
    { measure: 'pass@1', arm: 'klCoefficient-0.1', against: 'klCoefficient-0' },
    { measure: 'pass@256', arm: 'klCoefficient-0.1', against: 'klCoefficient-0' },
    { measure: 'pass@256', arm: 'klCoefficient-0.3', against: 'klCoefficient-0' },
    { measure: 'pass@1', arm: 'klCoefficient-0.01', against: 'klCoefficient-0' },
    { measure: 'pass@256', arm: 'klCoefficient-0.01', against: 'klCoefficient-0' },
  ],
  papers: [
    {
      says: 'A KL term of 0.001 leaves pass@1 as it is …',
      source: `${YUE}, figure 16`,
      sign: 0,
      measure: 'pass@1',
      arm: 'klCoefficient-0.01',
      against: 'klCoefficient-0',
    },
    {
      says: '… and lowers pass@128 much.',
      why: 'Here KL to the base keeps rare right answers, as its exact optimum does; the paper’s coefficient is ten times smaller and its run longer.',
      source: `${YUE}, figure 16`,
      sign: -1,
      measure: 'pass@256',
      arm: 'klCoefficient-0.01',
      against: 'klCoefficient-0',
    },
  ],
  why: 'In the exact optimum of KL-regularised RL no right answer loses against another, so pass@k rises for every k. The larger β is, the nearer the toy comes to it. The paper’s coefficient is smaller and its runs are longer.',
});

export const passAtKTraining = study({
  name: 'pass-at-k-training',
  title: 'Rewarding the group, not the answer',
  question: 'Does training on pass@k instead of pass@1 keep the rare right answers?',
  settings: COUNTDOWN,
  arms: [
    GRPO_ARM,
    {
      id: 'pass-k',
      label: 'pass@k training, k = 4',
      role: 'other',
      settings: { algorithm: 'pass-at-k', passK: 4 },
    },
    {
      id: 'entropy',
      label: 'entropy bonus 0.1',
      role: 'other',
      settings: { algorithm: 'entropy-bonus', entropyCoefficient: 0.1 },
    },
    { id: 'negative', label: 'only wrong answers', role: 'other', settings: { algorithm: 'nsr' } },
    {
      id: 'unsolved',
      label: 'only unsolved problems',
      role: 'other',
      settings: { algorithm: 'unsolved' },
    },
  ],
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@256' },
  claims: [
    { measure: 'pass@1', arm: 'pass-k', against: 'grpo' },
    { measure: 'pass@256', arm: 'pass-k', against: 'grpo' },
    { measure: 'pass@256', arm: 'entropy', against: 'grpo' },
    { measure: 'pass@256', arm: 'negative', against: 'grpo' },
    { measure: 'pass@256', arm: 'unsolved', against: 'grpo' },
  ],
  papers: [
    {
      says: 'Training on pass@k raises pass@k without losing pass@1.',
      source: 'Chen et al. 2025, arXiv 2508.10751',
      sign: 1,
      measure: 'pass@256',
      arm: 'pass-k',
      against: 'grpo',
    },
    {
      says: 'Training on wrong answers only keeps pass@256 at the base’s, above GRPO’s.',
      why: 'Pushing wrong answers down moves this small network far from all its answers, right ones too; a large model has somewhere for that probability to go.',
      source: 'Zhu et al. 2025, arXiv 2506.01347',
      sign: 1,
      measure: 'pass@256',
      arm: 'negative',
      against: 'grpo',
    },
    {
      says: 'Updating only on problems not solved before lifts pass@256 above the base.',
      source: 'arXiv 2606.15455',
      sign: 1,
      why: 'The problems left unsolved here are those that nothing samples, so their groups teach nothing. Those solved before narrow as with GRPO.',
      measure: 'pass@256',
      arm: 'unsolved',
      against: 'base',
    },
  ],
  why: 'For rewards of 0 and 1 the expected first update of negative-only training is that of positive-only training; what differs is noise and later updates.',
});
