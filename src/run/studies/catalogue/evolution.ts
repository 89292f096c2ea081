import { STUDY_SEEDS } from '../study.ts';
import { COUNTDOWN, GRPO_ARM, study } from './shared.ts';

const QIU = 'Qiu et al. 2025, arXiv 2509.24372';

/** As many rollouts to learn from as GRPO has: 16 prompts by 8 members. */
const EVOLUTION = { experiment: 'evolution', population: 8, sigma: 0.02, lr: 0.005 } as const;

export const evolution = study({
  name: 'evolution',
  title: 'Evolution strategies',
  question: 'Can a policy be trained by comparing perturbed copies of it, without a gradient?',
  settings: COUNTDOWN,
  // A run of a thousand steps takes minutes.
  seeds: STUDY_SEEDS.slice(0, 8),
  arms: [
    GRPO_ARM,
    { id: 'es', label: 'ES, as many rollouts', role: 'other', settings: EVOLUTION },
    {
      id: 'es-large',
      label: 'ES, 4 times the members, 10 times the steps',
      role: 'other',
      settings: { ...EVOLUTION, population: 32, steps: 1000, evalEvery: 200 },
    },
  ],
  figure: { kind: 'plane', x: 'pass@1', y: 'pass@256' },
  more: [{ kind: 'overSteps', measure: 'pass@1', arms: ['es', 'es-large'] }],
  measures: ['pass@1', 'pass@16', 'pass@256', 'entropy', 'KL', 'tokens'],
  claims: [
    { measure: 'pass@1', arm: 'es', against: 'base' },
    { measure: 'pass@1', arm: 'es', against: 'grpo' },
    { measure: 'pass@1', arm: 'es-large', against: 'base' },
    { measure: 'pass@1', arm: 'es-large', against: 'grpo' },
    { measure: 'pass@256', arm: 'es-large', against: 'grpo' },
    { measure: 'pass@256', arm: 'es-large', against: 'base' },
    { measure: 'entropy', arm: 'es-large', against: 'grpo' },
    { measure: 'KL', arm: 'es-large', against: 'grpo' },
  ],
  papers: [
    {
      says: 'Evolution strategies raise the accuracy on Countdown …',
      source: QIU,
      sign: 1,
      measure: 'pass@1',
      arm: 'es-large',
      against: 'base',
    },
    {
      says: '… and above that of GRPO.',
      source: QIU,
      sign: 1,
      why: 'Few of the random directions raise the reward of so small a network, while one gradient has the whole of it: GRPO gets further with a fiftieth of the tokens.',
      measure: 'pass@1',
      arm: 'es-large',
      against: 'grpo',
    },
    {
      says: 'They move the policy further than GRPO does (there on other tasks).',
      source: 'Hoy et al. 2026, arXiv 2604.01499',
      sign: 1,
      why: 'They have gained less too; for each nat they have gained about as much as GRPO.',
      measure: 'KL',
      arm: 'es-large',
      against: 'grpo',
    },
  ],
  why: 'A large model has many directions that raise its reward, so that 30 random ones find some; this network has 27 thousand parameters, and most of what a step moves is noise. In the paper every member answers all 200 training problems, greedily.',
});
