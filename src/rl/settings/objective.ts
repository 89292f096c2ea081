import { defineSetting } from '../../core/setting.ts';
import { AGGREGATIONS } from '../aggregations.ts';
import { BOUNDS, goesOffPolicy, ONE_UPDATE, readBy, STEPS, type Updates } from '../needs.ts';
import { RATIOS, SURROGATES } from '../surrogates.ts';

/** From advantages to the objective, and how often a step climbs it. */
export const OBJECTIVE_CHOICES = [
  defineSetting({
    key: 'ratio',
    flag: 'ratio',
    label: 'Ratio',
    help: 'What is compared with the policy that drew the answers.',
    kind: 'choice',
    table: RATIOS,
    default: 'token',
    needs: [readBy('ratio', 'the surrogate log-probability has none')],
  }),
  defineSetting({
    key: 'surrogate',
    flag: 'surrogate',
    label: 'Surrogate',
    help: 'What is maximised for each token.',
    kind: 'choice',
    table: SURROGATES,
    default: 'clipped-ratio',
    needs: [
      {
        when: goesOffPolicy,
        otherwise: `${ONE_UPDATE}, where all surrogates have the same gradient`,
      },
    ],
  }),
  defineSetting({
    key: 'clipLow',
    flag: 'clip-low',
    label: 'Clip low',
    help: 'Probability ratios below 1 minus this are clipped.',
    kind: 'number',
    range: [0, 1],
    default: 0.2,
    needs: [BOUNDS],
  }),
  defineSetting({
    key: 'clipHigh',
    flag: 'clip-high',
    label: 'Clip high',
    help: 'Probability ratios above 1 plus this are clipped.',
    kind: 'number',
    range: [0, 100],
    default: 0.2,
    needs: [BOUNDS],
  }),
  defineSetting({
    key: 'dualClip',
    flag: 'dual-clip',
    label: 'Dual clip',
    help: 'Where the advantage is negative, ratios above this are clipped too; up to 1 they are not (verl: 3).',
    kind: 'number',
    range: [0, 100],
    default: 0,
    needs: [readBy('dualClip', 'only the surrogate ‘clipped ratio’ has a dual clip')],
  }),
  defineSetting({
    key: 'aggregation',
    flag: 'aggregation',
    label: 'Loss is the',
    help: 'How the tokens of a batch add up to one loss.',
    kind: 'choice',
    table: AGGREGATIONS,
    default: 'sequence-mean',
  }),
  defineSetting({
    key: 'innerEpochs',
    flag: 'inner-epochs',
    label: 'Epochs per step',
    help: 'Passes over the same rollouts. Clipping acts only from the second update on.',
    kind: 'integer',
    range: [1, 32],
    default: 1,
    needs: [STEPS],
  }),
  defineSetting({
    key: 'minibatches',
    flag: 'minibatches',
    label: 'Updates per epoch',
    help: 'The rollouts are split into this many minibatches, each with its own update.',
    kind: 'integer',
    range: [1, 512],
    default: 1,
    needs: [STEPS],
  }),
  defineSetting({
    key: 'truncation',
    flag: 'truncation',
    label: 'Truncated weights C',
    help: 'A token of stale rollouts weighs min(π / π_old, this), held constant; 0 for no weights.',
    kind: 'number',
    range: [0, 100],
    default: 0,
    needs: [
      {
        when: ({ staleness }: Pick<Updates, 'staleness'>) => staleness > 0,
        otherwise: 'Only stale rollouts have importance weights',
      },
      STEPS,
    ],
  }),
] as const;
