import { ADVANTAGES, NORMALISATIONS } from '../rl/advantages.ts';
import { AGGREGATIONS } from '../rl/aggregations.ts';
import { FILTERS, KL_PLACEMENTS } from '../rl/choices.ts';
import { COVARIANCES } from '../rl/covariance.ts';
import { KL_ESTIMATORS } from '../rl/kl.ts';
import { REWARDS } from '../rl/rewards.ts';
import { SHAPINGS } from '../rl/shapings.ts';
import { RATIOS, SURROGATES } from '../rl/surrogates.ts';
import { TOKENS } from '../rl/tokens.ts';
import { entriesOf } from './entries.ts';
import type { Setting } from './setting.ts';

const algorithm = entriesOf('algorithm');

/** What an algorithm is made of, in the order of a step. */
export const ALGORITHM_SETTINGS: readonly Setting[] = [
  algorithm.choice('filter', 'filter', 'Trained on', 'Which prompts and groups count.', FILTERS),
  algorithm.choice('reward', 'reward', 'Reward', 'What an answer earns.', REWARDS),
  algorithm.number(
    'unlikeliness',
    'unlikeliness',
    'Unlikeliness β',
    'What the likeliest right answer of a group loses of its reward.',
    [0, 1],
  ),
  algorithm.choice(
    'advantage',
    'advantage',
    'Advantage',
    'How rewards become a push up or down.',
    ADVANTAGES,
  ),
  algorithm.number(
    'positiveWeight',
    'positive-weight',
    'Weight of right λ',
    'What a right answer weighs beside a wrong one in weighted reinforcement.',
    [0, 100],
  ),
  algorithm.integer(
    'passK',
    'pass-k',
    'k of pass@k training',
    'Subsets of so many answers are rewarded if any is right.',
    [1, 256],
  ),
  algorithm.number(
    'gaeLambda',
    'gae-lambda',
    'GAE λ',
    'From trust in the value output (0) to trust in the outcome (1).',
    [0, 1],
  ),
  algorithm.number(
    'valueCoefficient',
    'value-coef',
    'Value loss',
    'Coefficient of the loss of the value output.',
    [0, 100],
  ),
  algorithm.number(
    'valueClip',
    'value-clip',
    'Value clip',
    'The value output may move so far in a step.',
    [0, 100],
  ),
  algorithm.choice(
    'normalisation',
    'normalisation',
    'Normalised',
    'What is done to the advantages of the whole batch.',
    NORMALISATIONS,
  ),
  algorithm.choice(
    'shaping',
    'shaping',
    'Shaped',
    'What is done to the advantages for the sake of variety.',
    SHAPINGS,
  ),
  algorithm.number(
    'shapingStrength',
    'shaping-strength',
    'Shaping strength',
    'γ of differential smoothing, τ of an even push among right answers, c of the penalty on repeats; 0 for none.',
    [0, 1],
  ),
  algorithm.choice(
    'ratio',
    'ratio',
    'Ratio',
    'What is compared with the policy that drew the answers.',
    RATIOS,
  ),
  algorithm.choice(
    'surrogate',
    'surrogate',
    'Surrogate',
    'What is maximised for each token.',
    SURROGATES,
  ),
  algorithm.number(
    'clipLow',
    'clip-low',
    'Clip low',
    'Probability ratios below 1 minus this are clipped.',
    [0, 1],
  ),
  algorithm.number(
    'clipHigh',
    'clip-high',
    'Clip high',
    'Probability ratios above 1 plus this are clipped.',
    [0, 100],
  ),
  algorithm.number(
    'dualClip',
    'dual-clip',
    'Dual clip',
    'Ratios above this are clipped where the advantage is negative, too; up to 1 they are not (verl: 3).',
    [0, 100],
  ),
  algorithm.choice(
    'aggregation',
    'aggregation',
    'Loss is the',
    'How the tokens of a batch add up to one loss.',
    AGGREGATIONS,
  ),
  algorithm.integer(
    'innerEpochs',
    'inner-epochs',
    'Epochs a step',
    'Passes over the same rollouts; clipping can only bind from the second update on.',
    [1, 32],
  ),
  algorithm.integer(
    'minibatches',
    'minibatches',
    'Updates an epoch',
    'The rollouts are split into so many minibatches, each with its own update.',
    [1, 512],
  ),
  algorithm.number(
    'truncation',
    'truncation',
    'Truncated weights C',
    'A token of stale rollouts weighs min(π / π_old, this), held constant; 0 for no weights.',
    [0, 100],
  ),
  algorithm.number(
    'klCoefficient',
    'kl',
    'KL to base',
    'Coefficient of the penalty that holds the policy near its base.',
    [0, 100],
  ),
  algorithm.choice(
    'klPlacement',
    'kl-placement',
    'KL stands',
    'Where the KL penalty enters.',
    KL_PLACEMENTS,
  ),
  algorithm.choice(
    'klEstimator',
    'kl-estimator',
    'KL estimate',
    'How the KL distance is estimated from the sampled tokens.',
    KL_ESTIMATORS,
  ),
  algorithm.number(
    'entropyCoefficient',
    'entropy-bonus',
    'Entropy bonus',
    'Coefficient of the entropy that is added to the objective.',
    [0, 100],
  ),
  algorithm.choice(
    'tokens',
    'tokens',
    'Tokens',
    'Which tokens of the answers are trained on.',
    TOKENS,
  ),
  algorithm.number(
    'tokenShare',
    'token-share',
    'High-entropy share',
    'Share of the tokens that are trained on, where only those of high entropy are.',
    [0, 1],
  ),
  algorithm.choice(
    'covariance',
    'covariance',
    'Covariance control',
    'What is done to the tokens that lower the entropy most.',
    COVARIANCES,
  ),
  algorithm.number(
    'covarianceShare',
    'covariance-share',
    'Share of tokens',
    'Share of the tokens that the covariance control acts on.',
    [0, 1],
  ),
  algorithm.number(
    'covariancePenalty',
    'covariance-penalty',
    'KL-Cov penalty',
    'Coefficient of the penalty of KL-Cov.',
    [0, 100],
  ),
];
