import { EXPERIMENTS, type ExperimentName } from '../experiments/experiments.ts';
import type { TrainRow } from '../experiments/train.ts';
import { ADVANTAGES, type Advantage } from '../rl/advantages.ts';
import { LARGEST_DRAWS } from '../rl/rollouts.ts';
import { VERIFIERS } from '../rl/verifiers.ts';
import { goesOffPolicy } from '../run/matters.ts';
import type { RunSettings } from '../run/table.ts';

/** A number of a step as the page shows it, under the name that TRL gives to it where it has one. */
export interface Metric {
  name: string;
  /** Null where the row has none. */
  value(row: TrainRow, evaluation: TrainRow | null): number | null | undefined;
  digits: number;
  unit?: string;
  /** Whether it belongs to a run at all; without it, it always does. */
  belongs?(settings: RunSettings): boolean;
  /** What it means for the algorithm of a run, and when 0 is normal. */
  help(settings: RunSettings): string;
}

/** Whether the answers of a group that all earn `reward` are pushed anywhere, by the row's own formula. */
function teachesAlone(settings: RunSettings, reward: 0 | 1): boolean {
  const { ofGroup }: Advantage = ADVANTAGES[settings.advantage];
  return ofGroup(new Array<number>(4).fill(reward), settings).some((a) => Math.abs(a) > 1e-9);
}

/** Whether the advantages of a group add up to 0, or those of a batch after whitening. */
function isCentred(settings: RunSettings): boolean {
  const { ofGroup }: Advantage = ADVANTAGES[settings.advantage];
  const sum = ofGroup([1, 0, 0, 0], settings).reduce((total, a) => total + a, 0);
  return settings.normalisation === 'batch' || Math.abs(sum) < 1e-9;
}

function uniformGroups(settings: RunSettings): string {
  const { needs }: Advantage = ADVANTAGES[settings.advantage];
  if (settings.filter === 'mixed')
    return 'Dynamic sampling drops them and draws others in their place.';
  if (needs === 'values')
    return 'They teach all the same: the baseline is the value output, not the group.';
  if (needs === 'greedy answers')
    return 'They teach all the same wherever the greedy answer fared otherwise.';
  if (settings.reward === 'process') return 'They teach all the same where their steps differ.';
  if (settings.reward === 'unlikeliness')
    return 'All-right ones still teach, since likelier answers earn less; all-wrong ones do not.';
  const [right, wrong] = [teachesAlone(settings, 1), teachesAlone(settings, 0)];
  if (settings.normalisation === 'batch' && (right || wrong))
    return 'They teach all the same: whitening compares answers across the batch.';
  if (right && wrong) return 'They teach all the same: no answer is compared with its group.';
  if (right) return 'All-right ones teach all the same; all-wrong ones teach nothing.';
  if (wrong) return 'All-wrong ones teach all the same; all-right ones teach nothing.';
  return 'They teach nothing: every advantage in them is 0.';
}

function clipWords(settings: RunSettings): string {
  if (settings.surrogate === 'log-prob')
    return 'Always 0 here: the surrogate log-probability has no bounds.';
  if (!goesOffPolicy(settings))
    return 'Always 0 here: with one update a step the ratio is 1, and nothing can leave the bounds.';
  const first = 'The first update of a step adds 0, since its ratio is 1.';
  if (settings.surrogate === 'clipped-weight')
    return `Share of tokens whose weight was bounded; they still learn. ${first}`;
  if (settings.ratio === 'sequence')
    return `Share of tokens in answers beyond the bounds, which get no gradient; high is normal with bounds so narrow. ${first}`;
  return `Share of tokens beyond the bounds, which get no gradient. ${first} 0 is normal where steps are small.`;
}

/** What the loss is where it is no policy gradient's. */
const OTHER_LOSSES: Partial<Record<ExperimentName, string>> = {
  distillation: 'Mean cross-entropy of the teacher’s tokens before the step, in nats.',
  'on-policy-distillation':
    'Mean of log π − log π_teacher over the sampled tokens, in nats: the reverse KL distance from the teacher.',
  'expert-iteration': 'Mean cross-entropy of the right answers that were kept, in nats a token.',
  'self-training': 'Mean cross-entropy of the policy’s own answers, in nats a token.',
};

function lossWords(settings: RunSettings): string {
  const other = OTHER_LOSSES[settings.experiment];
  if (other) return other;
  const { surrogate, klCoefficient, klPlacement, entropyCoefficient, advantage } = settings;
  const policy =
    surrogate !== 'clipped-ratio'
      ? 'It is −A · log π and says little on its own: it may rise while the policy gets better.'
      : settings.normalisation === 'batch' && settings.minibatches > 1
        ? 'It moves about 0: the advantages of the batch add up to 0, those of its first minibatch only nearly. Its gradient is not 0.'
        : isCentred(settings)
          ? 'Near 0 by construction, since the advantages add up to 0; what is left comes from answers of different lengths. Its gradient is not 0.'
          : 'It is minus the mean advantage, so it follows the reward; it says nothing about progress on its own.';
  const more = [
    ...(advantage === 'gae' ? ['the value loss'] : []),
    ...(klCoefficient !== 0 && klPlacement === 'loss' ? ['the KL penalty, 0 at the base'] : []),
    ...(entropyCoefficient !== 0 ? ['the entropy bonus, which is negative'] : []),
  ];
  return `The loss of the first update of a step. ${policy}${more.length > 0 ? ` In it are also ${more.join(' and ')}.` : ''}`;
}

function gradientWords(settings: RunSettings): string {
  const clip = `Norm of the gradient before it is scaled down to at most ${settings.maxGradNorm}, mean over the updates of a step.`;
  if (settings.filter === 'unsolved') return `${clip} None once no problem is left unsolved.`;
  if (settings.filter === 'mixed') return `${clip} None where no draw held a mixed group.`;
  return `${clip} ${zeroGradient(settings)}`;
}

/** When a step has no gradient. */
function zeroGradient(settings: RunSettings): string {
  const { advantage, normalisation, entropyCoefficient, klCoefficient, klPlacement } = settings;
  if (entropyCoefficient !== 0 || (klCoefficient !== 0 && klPlacement === 'loss'))
    return '0 is not normal here: the entropy bonus or the KL penalty pulls even where no answer does.';
  const { needs }: Advantage = ADVANTAGES[advantage];
  if (needs !== undefined) return '0 is not normal here: the baseline is not the group.';
  const [right, wrong] = [teachesAlone(settings, 1), teachesAlone(settings, 0)];
  if (!right && !wrong) return '0 is normal where no group of a step is mixed.';
  if (normalisation === 'batch') return '0 is normal only where all answers of a step fare alike.';
  if (right && wrong) return '0 is not normal here: every answer teaches.';
  return `0 is normal only in a step without a ${right ? 'right' : 'wrong'} answer.`;
}

export const METRICS: readonly Metric[] = [
  {
    name: 'reward',
    value: (row) => row.reward,
    digits: 3,
    help: ({ reward, filter, verifier, experiment }) =>
      (verifier === 'truth'
        ? 'Share of the step’s rollouts on training problems that the verifier accepts. 0 is normal where the base solves next to nothing.'
        : `Share of the step’s rollouts on training problems that are paid for, by ${VERIFIERS[verifier].label}; what is right is told by accuracy.`) +
      (EXPERIMENTS[experiment].usesRewards
        ? ''
        : ' Nothing is learned from it in this experiment.') +
      (reward === 'outcome' ? '' : ' It is the outcome alone, not the reward that is trained on.') +
      (filter === 'unsolved'
        ? ' It stays low, since solved problems leave the training set.'
        : filter === 'mixed'
          ? ' It is that of the first draw, before groups are replaced.'
          : ''),
  },
  {
    name: 'accuracy',
    value: (row) => row.accuracy,
    digits: 3,
    belongs: ({ verifier }) => verifier !== 'truth',
    help: () =>
      'Share of the step’s rollouts that the program which checks answers accepts. Nothing is paid for it.',
  },
  {
    name: 'false_positives',
    value: (row) => row.false_positives,
    digits: 3,
    belongs: ({ verifier }) => verifier !== 'truth',
    help: () => 'Share of the answers paid for that are wrong; none where nothing is paid for.',
  },
  {
    name: 'acceptance',
    value: (row) => row.acceptance,
    digits: 3,
    belongs: ({ experiment }) => experiment === 'power-sampling',
    help: () =>
      'Share of the chains that took the answer proposed in this move. Near 1 the proposal is nearly what is wanted; near 0 the chains stand still.',
  },
  {
    name: 'reward_std',
    value: (row) => row.reward_std,
    digits: 3,
    help: () =>
      'Standard deviation of the outcomes within a group, mean over groups. 0 means that every group is all right or all wrong.',
  },
  {
    name: 'frac_reward_zero_std',
    value: (row) => row.frac_reward_zero_std,
    digits: 3,
    help: (settings) =>
      `Share of groups whose answers are all right or all wrong. ${uniformGroups(settings)} 0 means that all are mixed.`,
  },
  {
    name: 'entropy',
    value: (row) => row.entropy,
    digits: 3,
    help: ({ entropyCoefficient }) =>
      `Nats per sampled token; 0 would be always the same choice.${entropyCoefficient === 0 ? '' : ` The bonus holds it up, with coefficient ${entropyCoefficient}.`}`,
  },
  {
    name: 'kl',
    value: (row) => row.kl,
    digits: 4,
    help: ({ klCoefficient }) =>
      `Nats per sampled token from the base (k3), 0 at the base. ${klCoefficient === 0 ? 'Nothing holds it down here; measured at evaluations.' : `Penalised with coefficient ${klCoefficient}; measured at each step.`}`,
  },
  {
    name: 'KL from base',
    value: (_row, evaluation) => evaluation?.heldOut?.kl,
    digits: 2,
    unit: 'nats',
    help: () =>
      'How far the policy has moved: nats per whole answer to held-out problems, at the last evaluation. An estimate from 2 answers each, so a little below 0 is normal near the base.',
  },
  {
    name: 'clip_ratio',
    value: (row) => row.clip_ratio,
    digits: 3,
    help: clipWords,
  },
  { name: 'grad_norm', value: (row) => row.grad_norm, digits: 3, help: gradientWords },
  { name: 'loss', value: (row) => row.loss, digits: 4, help: lossWords },
  {
    name: 'value_loss',
    value: (row) => row.value_loss,
    digits: 4,
    belongs: ({ advantage }) => advantage === 'gae',
    help: () =>
      'Half the squared error of the value output, mean over tokens. It begins untrained; it cannot reach 0 while answers to a problem are now right, now wrong: ½ p (1 − p) is left.',
  },
  {
    name: 'cov_share',
    value: (row) => row.cov_share,
    digits: 4,
    belongs: ({ covariance }) => covariance !== 'none',
    help: ({ covariance, covarianceShare }) =>
      covariance === 'clip-cov'
        ? `Share of tokens that got no gradient, at most ${covarianceShare}. 0 is normal where no token has a covariance from 1 to 5.`
        : `Share of tokens that pay the penalty: ${covarianceShare}, those of the highest covariance. It is not 0 in any step.`,
  },
  {
    name: 'num_gen_batches',
    value: (row) => row.num_gen_batches,
    digits: 0,
    belongs: ({ filter }) => filter === 'mixed',
    help: () =>
      `Draws made to fill the batch with mixed groups. 1 means that the first draw was enough; ${LARGEST_DRAWS} that it gave up and trained on what there was.`,
  },
  {
    name: 'wrong_steps',
    value: (_row, evaluation) => evaluation?.wrong_steps,
    digits: 3,
    belongs: ({ task }) => task === 'countdown-steps',
    help: ({ reward }) =>
      `Share of the rewarded rollouts with a step whose arithmetic is wrong, at the last evaluation. 0 means that every right answer was reached soundly.${reward === 'process' ? '' : ' The reward does not look at the steps.'}`,
  },
  {
    name: 'wrong_credit',
    value: (row) => row.wrong_credit,
    digits: 3,
    belongs: ({ task, experiment }) =>
      task === 'countdown-steps' && EXPERIMENTS[experiment].usesRewards,
    help: () =>
      'Of all pushes upwards on written steps, the share that lands on steps whose arithmetic is wrong. 0 means that only sound steps are credited.',
  },
  {
    name: 'completions/mean_length',
    value: (row) => row['completions/mean_length'],
    digits: 2,
    help: () => 'Tokens of an answer, the end included.',
  },
  {
    name: 'step_time',
    value: (row) => row.step_time,
    digits: 2,
    unit: 's',
    help: () => 'Seconds for the step, without the evaluation.',
  },
];

/** The metrics that belong to a run. */
export function metricsOf(settings: RunSettings): Metric[] {
  return METRICS.filter(({ belongs }) => !belongs || belongs(settings));
}
