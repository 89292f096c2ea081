import type { RunSettings } from '../../table.ts';
import type { StudyArm } from '../study.ts';
import { COUNTDOWN, GRPO_ARM, study } from './shared.ts';

const ZHENG = 'Zheng et al. 2025 (M2PO), arXiv 2510.01161';

const staleArm = (
  id: string,
  label: string,
  settings: Partial<RunSettings> & { staleness: number },
): StudyArm => ({ id, label, role: 'other', settings });

export const stale = study({
  name: 'stale',
  title: 'Stale rollouts',
  question: 'What if the answers come from the policy of some steps ago?',
  settings: { ...COUNTDOWN, answerProblems: 10 },
  arms: [
    { ...GRPO_ARM, label: 'fresh' },
    ...[1, 4, 16].map((L) => staleArm(`l${L}`, `${L} steps old`, { staleness: L })),
    staleArm('truncated', '16 steps old, weights up to 2', { staleness: 16, truncation: 2 }),
    staleArm('unbounded', '16 steps old, no bounds', { staleness: 16, surrogate: 'ratio' }),
    staleArm('ignored', '16 steps old, no ratio', { staleness: 16, surrogate: 'log-prob' }),
  ],
  figure: { kind: 'overSteps', measure: 'pass@1' },
  more: [{ kind: 'plane', x: 'pass@1', y: 'pass@256' }],
  measures: ['pass@1', 'pass@16', 'pass@256', 'answer entropy', 'KL', 'clipped share'],
  claims: [
    { measure: 'pass@1', arm: 'l1', against: 'grpo' },
    { measure: 'pass@1', arm: 'l16', against: 'grpo' },
    { measure: 'pass@256', arm: 'l16', against: 'grpo' },
    { measure: 'answer entropy', arm: 'l16', against: 'grpo' },
    { measure: 'clipped share', arm: 'l16', against: 'l1' },
    { measure: 'pass@1', arm: 'truncated', against: 'l16' },
    { measure: 'pass@1', arm: 'truncated', against: 'ignored' },
    { measure: 'pass@256', arm: 'truncated', against: 'ignored' },
    { measure: 'pass@1', arm: 'unbounded', against: 'l16' },
    { measure: 'pass@256', arm: 'ignored', against: 'grpo' },
  ],
  papers: [
    {
      says: 'On stale rollouts GRPO with its bounds gets worse.',
      source: ZHENG,
      sign: -1,
      measure: 'pass@1',
      arm: 'l16',
      against: 'grpo',
    },
    {
      says: 'Without bounds it first does better on them than with bounds, and collapses later.',
      source: ZHENG,
      sign: 1,
      why: 'The bounds help at large k here: without them the policy moves more than twice as far for the same pass@1, and loses more of pass@256.',
      measure: 'pass@1',
      arm: 'unbounded',
      against: 'l16',
    },
    {
      says: 'Truncated importance weights help where the policy that draws is not the one that learns.',
      source:
        'Yao et al. 2025, Your Efficient RL Framework Secretly Brings You Off-Policy RL Training',
      sign: 1,
      measure: 'pass@1',
      arm: 'truncated',
      against: 'ignored',
    },
  ],
  why: 'Zheng et al. go to 256 updates, and a step there moves the policy far less. Yao et al. have one policy on two engines, which differ by rounding, not by steps. Every rollout here is equally old; asynchronous systems mix ages.',
});

/** Bounds that bind: with 16 small updates a step, some 5 to 10 % of the tokens are beyond ±5 %. */
const BOUND = 0.05;
const NONE_BELOW = 1;
const NONE_ABOVE = 100;

const BOUNDS = [
  ['both', 'both bounds', BOUND, BOUND],
  ['low', 'bound below', BOUND, NONE_ABOVE],
  ['high', 'bound above', NONE_BELOW, BOUND],
  ['none', 'no bound', NONE_BELOW, NONE_ABOVE],
] as const;

const clippingArms = (
  prefix: string,
  payer: string,
  role: StudyArm['role'],
  verifier: RunSettings['verifier'],
): StudyArm[] =>
  BOUNDS.map(([id, label, clipLow, clipHigh]) => ({
    id: `${prefix}-${id}`,
    label: `${payer}, ${label}`,
    role,
    settings: { verifier, clipLow, clipHigh },
  }));

const PARK = 'Park et al. 2025, arXiv 2509.26114';

export const clipping = study({
  name: 'clipping',
  title: 'Which bound lowers the entropy',
  question: 'Do the bounds on the ratio move the entropy by themselves, whatever is rewarded?',
  settings: { ...COUNTDOWN, minibatches: 4, innerEpochs: 4, lr: 1e-4 },
  arms: [
    ...clippingArms('coin', 'coin', 'control', 'random'),
    ...clippingArms('true', 'verifier', 'other', 'truth'),
  ],
  figure: { kind: 'overSteps', measure: 'entropy' },
  measures: ['entropy', 'pass@1', 'pass@256', 'KL', 'clipped share'],
  claims: [
    { measure: 'clipped share', arm: 'coin-both', against: null },
    { measure: 'entropy', arm: 'coin-low', against: 'coin-none' },
    { measure: 'entropy', arm: 'coin-high', against: 'coin-none' },
    { measure: 'entropy', arm: 'coin-both', against: 'coin-none' },
    { measure: 'entropy', arm: 'coin-both', against: 'base' },
    { measure: 'entropy', arm: 'true-low', against: 'true-none' },
    { measure: 'entropy', arm: 'true-high', against: 'true-none' },
    { measure: 'pass@256', arm: 'true-low', against: 'true-both' },
  ],
  papers: [
    {
      says: 'A bound below raises the entropy, even where a coin pays.',
      source: PARK,
      sign: 1,
      measure: 'entropy',
      arm: 'coin-low',
      against: 'coin-none',
    },
    {
      says: 'A bound above lowers it.',
      source: PARK,
      sign: -1,
      measure: 'entropy',
      arm: 'coin-high',
      against: 'coin-none',
    },
    {
      says: 'With both, as they are usually set, it falls although a coin pays.',
      source: PARK,
      sign: -1,
      measure: 'entropy',
      arm: 'coin-both',
      against: 'base',
    },
    {
      says: 'With a verifier, too, a tight bound below raises it.',
      source: PARK,
      sign: 1,
      measure: 'entropy',
      arm: 'true-low',
      against: 'true-none',
    },
  ],
  why: 'The bounds are 5 %, since those of 20 % are reached by few tokens of a network that changes so little in a step. A coin teaches nothing, so whatever moves without bounds is chance, and it moves far.',
});
