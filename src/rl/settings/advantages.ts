import { defineSetting } from '../../core/setting.ts';
import { ADVANTAGES, NORMALISATIONS, rewardSeen, seesRewards } from '../advantages.ts';
import { FILTERS } from '../filters.ts';
import { goesOffPolicy, HAS_VALUES, type Chosen, type Updates } from '../needs.ts';
import { REWARDS } from '../rewards.ts';
import { SHAPINGS, type ShapingName } from '../shapings.ts';

/** From answers to their advantages. */
export const ADVANTAGE_CHOICES = [
  defineSetting({
    key: 'filter',
    flag: 'filter',
    label: 'Trained on',
    help: 'Which prompts and groups count.',
    kind: 'choice',
    table: FILTERS,
    default: 'none',
    inWarmStart: true,
  }),
  defineSetting({
    key: 'reward',
    flag: 'reward',
    label: 'Reward',
    help: 'What an answer earns.',
    kind: 'choice',
    table: REWARDS,
    default: 'outcome',
    needs: [
      {
        when: ({ advantage }: Chosen) => seesRewards(advantage),
        otherwise: 'This advantage knows only right and wrong',
      },
    ],
  }),
  defineSetting({
    key: 'unlikeliness',
    flag: 'unlikeliness',
    label: 'Unlikeliness β',
    help: 'What the likeliest right answer of a group loses of its reward.',
    kind: 'number',
    range: [0, 1],
    default: 0.25,
    needs: [
      {
        when: (choices: Chosen) => rewardSeen(choices) === 'unlikeliness',
        otherwise: 'Only an advantage that sees the reward ‘unlikely answers first’ uses it',
      },
    ],
  }),
  defineSetting({
    key: 'advantage',
    flag: 'advantage',
    label: 'Advantage',
    help: 'How rewards become a push up or down.',
    kind: 'choice',
    table: ADVANTAGES,
    default: 'group-standardized',
  }),
  defineSetting({
    key: 'positiveWeight',
    flag: 'positive-weight',
    label: 'Weight of right λ',
    help: 'In weighted reinforcement, the weight of a right answer; a wrong one weighs 1.',
    kind: 'number',
    range: [0, 100],
    default: 0.1,
    needs: [
      {
        when: ({ advantage }: Chosen) => advantage === 'weighted',
        otherwise: 'Only the advantage ‘+λ for right, −1 for wrong’ uses it',
      },
    ],
  }),
  defineSetting({
    key: 'passK',
    flag: 'pass-k',
    label: 'k of pass@k training',
    help: 'A subset of this many answers is rewarded if any of them is right.',
    kind: 'integer',
    range: [1, 256],
    default: 4,
    needs: [
      {
        when: ({ advantage }: Chosen) => advantage === 'pass-at-k',
        otherwise: 'Only the advantage ‘pass@k of subsets’ uses it',
      },
    ],
  }),
  defineSetting({
    key: 'gaeLambda',
    flag: 'gae-lambda',
    label: 'GAE λ',
    help: 'How far the outcome is trusted (1), not the value output (0).',
    kind: 'number',
    range: [0, 1],
    default: 1,
    needs: [HAS_VALUES],
  }),
  defineSetting({
    key: 'valueCoefficient',
    flag: 'value-coef',
    label: 'Value loss',
    help: 'Coefficient of the loss of the value output.',
    kind: 'number',
    range: [0, 100],
    default: 0.1,
    needs: [HAS_VALUES],
  }),
  defineSetting({
    key: 'valueClip',
    flag: 'value-clip',
    label: 'Value clip',
    help: 'How far the value output may move in a step.',
    kind: 'number',
    range: [0, 100],
    default: 0.2,
    needs: [
      {
        when: (settings: Chosen & Updates) => HAS_VALUES.when(settings) && goesOffPolicy(settings),
        otherwise:
          'Only GAE has a value output, and only a second update of a step can reach the bound',
      },
    ],
  }),
  defineSetting({
    key: 'normalisation',
    flag: 'normalisation',
    label: 'Normalised',
    help: 'What is done to the advantages of the whole batch.',
    kind: 'choice',
    table: NORMALISATIONS,
    default: 'none',
  }),
  defineSetting({
    key: 'shaping',
    flag: 'shaping',
    label: 'Shaped',
    help: 'What is done to the advantages for the sake of variety.',
    kind: 'choice',
    table: SHAPINGS,
    default: 'none',
  }),
  defineSetting({
    key: 'shapingStrength',
    flag: 'shaping-strength',
    label: 'Shaping strength',
    help: 'γ of differential smoothing, τ of an even push among right answers, c of the penalty on repeats; 0 for none.',
    kind: 'number',
    range: [0, 1],
    default: 0.3,
    needs: [
      {
        when: ({ shaping }: { shaping: ShapingName }) => shaping !== 'none',
        otherwise: 'The advantages are not shaped',
      },
    ],
  }),
] as const;
