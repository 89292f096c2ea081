import { defineSetting } from '../../core/setting.ts';
import { COVARIANCES } from '../covariance.ts';
import { KL_ESTIMATORS, KL_PLACEMENTS } from '../kl.ts';
import {
  goesOffPolicy,
  klReaches,
  PENALISES,
  type Chosen,
  type Controlled,
  type Penalty,
} from '../needs.ts';
import { TOKENS, type TokenChoiceName } from '../tokens.ts';

/** What is added to the objective, and which tokens it is of. */
export const TERM_CHOICES = [
  defineSetting({
    key: 'klCoefficient',
    flag: 'kl',
    label: 'KL to base',
    help: 'Coefficient of the penalty that holds the policy near its base.',
    kind: 'number',
    range: [0, 100],
    default: 0,
    place: 220,
    needs: [
      {
        when: klReaches,
        otherwise:
          'This advantage knows only right and wrong, so no penalty in the reward reaches it',
      },
    ],
  }),
  defineSetting({
    key: 'klPlacement',
    flag: 'kl-placement',
    label: 'KL stands',
    help: 'Where the KL penalty enters.',
    kind: 'choice',
    table: KL_PLACEMENTS,
    default: 'loss',
    needs: [PENALISES],
  }),
  defineSetting({
    key: 'klEstimator',
    flag: 'kl-estimator',
    label: 'KL estimate',
    help: 'How the KL distance is estimated from the sampled tokens.',
    kind: 'choice',
    table: KL_ESTIMATORS,
    default: 'k3',
    needs: [
      {
        when: (choices: Chosen & Penalty) => PENALISES.when(choices) && klReaches(choices),
        otherwise: 'There is no KL penalty, or none that the advantage sees',
      },
    ],
  }),
  defineSetting({
    key: 'entropyCoefficient',
    flag: 'entropy-bonus',
    label: 'Entropy bonus',
    help: 'Coefficient of the entropy that is added to the objective.',
    kind: 'number',
    range: [0, 100],
    default: 0,
    place: 230,
  }),
  defineSetting({
    key: 'tokens',
    flag: 'tokens',
    label: 'Tokens',
    help: 'Which tokens of the answers are trained on.',
    kind: 'choice',
    table: TOKENS,
    default: 'all',
  }),
  defineSetting({
    key: 'tokenShare',
    flag: 'token-share',
    label: 'High-entropy share',
    help: 'Share of the tokens that are trained on, if only those of high entropy are.',
    kind: 'number',
    range: [0, 1],
    default: 0.2,
    needs: [
      {
        when: ({ tokens }: { tokens: TokenChoiceName }) => tokens !== 'all',
        otherwise: 'All tokens are trained on',
      },
    ],
  }),
  defineSetting({
    key: 'covariance',
    flag: 'covariance',
    label: 'Covariance control',
    help: 'What is done to the tokens that lower the entropy most.',
    kind: 'choice',
    table: COVARIANCES,
    default: 'none',
    needs: [
      {
        when: (settings: Controlled) => settings.covariance !== 'kl-cov' || goesOffPolicy(settings),
        otherwise: 'With one update per step the penalty of KL-Cov has no gradient',
      },
    ],
  }),
  defineSetting({
    key: 'covarianceShare',
    flag: 'covariance-share',
    label: 'Covariance share',
    help: 'Share of the tokens that the covariance control acts on.',
    kind: 'number',
    range: [0, 1],
    default: 0.02,
    needs: [
      {
        when: ({ covariance }: Pick<Controlled, 'covariance'>) => covariance !== 'none',
        otherwise: 'There is no covariance control',
      },
    ],
  }),
  defineSetting({
    key: 'covariancePenalty',
    flag: 'covariance-penalty',
    label: 'KL-Cov penalty',
    help: 'Coefficient of the penalty of KL-Cov.',
    kind: 'number',
    range: [0, 100],
    default: 1,
    needs: [
      {
        when: (settings: Controlled) => settings.covariance === 'kl-cov' && goesOffPolicy(settings),
        otherwise: 'Only KL-Cov has a penalty, from the second update of a step on',
      },
    ],
  }),
] as const;
