import { mean, sampleStandardDeviation } from '../core/statistics.ts';
import { Stream } from '../core/random.ts';
import { responseOf } from '../policy/batch.ts';
import type { AdamSettings, Policy, Rollouts } from '../policy/policy.ts';
import type { Task, Verdict } from '../tasks/task.ts';
import { groupAdvantages } from './advantages.ts';
import { ALGORITHMS, type AlgorithmName } from './algorithms.ts';
import { k3, objective, type ObjectiveChoices } from './objective.ts';

/** The settings of one step of RLVR. */
export interface StepSettings {
  algorithm: AlgorithmName;
  groupSize: number;
  temperature: number;
  /** Updates made on the same rollouts; from the second on they are off-policy and clipping can bind. */
  innerEpochs: number;
  clipLow: number;
  clipHigh: number;
  klCoefficient: number;
  entropyCoefficient: number;
  optimizer: AdamSettings;
}

/** The metrics of a step under the names of TRL's GRPO trainer; null where the step has no such number. */
export interface StepMetrics {
  /** Mean reward of the B rollouts, here the share that the verifier accepts. */
  reward: number;
  /** Mean over groups of the sample standard deviation of their rewards. */
  reward_std: number;
  /** Share of groups whose rewards are all equal; such a group gives no policy gradient. */
  frac_reward_zero_std: number;
  /** Mean over sampled tokens of the entropy of the distribution that they were drawn from, in nats. */
  entropy: number;
  /** Mean over sampled tokens of k3 against the base, in nats. Null when it was not computed. */
  kl: number | null;
  /** Share of tokens that the clip left without a gradient, mean over inner epochs. Null without an update. */
  clip_ratio: number | null;
  /** Norm of the gradient before clipping, mean over inner epochs. Null without an update. */
  grad_norm: number | null;
  loss: number | null;
  'completions/mean_length': number;
  /** Tokens sampled in this step. */
  num_tokens: number;
}

export interface StepResult {
  metrics: StepMetrics;
  rollouts: Rollouts;
  verdicts: Verdict[];
  rewards: number[];
  advantages: number[];
  /**
   * Waits for the report of a deferred update and puts grad_norm into the metrics; call it after the next verb of the
   * policy. @throws NonFiniteError as the step itself does.
   */
  finish(): Promise<void>;
}

/** A number that is not finite; training stops rather than go on with garbage. */
export class NonFiniteError extends Error {
  constructor(
    readonly step: number,
    readonly quantity: string,
    readonly value: number,
  ) {
    super(`${quantity} became ${value} in step ${step}`);
    this.name = 'NonFiniteError';
  }
}

export interface StepRequest {
  policy: Policy;
  /** The frozen base, for the KL term and the KL metric. */
  reference: Policy;
  task: Task;
  /** P problems; each gets `groupSize` rollouts. */
  problems: readonly unknown[];
  settings: StepSettings;
  seed: number;
  step: number;
  /** False: roll out and verify only, as for the row of the base. */
  train: boolean;
  /** True: compute the kl metric even where no KL term needs it. */
  measureKl: boolean;
  /** The rollouts of this step, if {@link rollOut} has drawn them already. */
  rollouts?: Rollouts;
  /** True: leave the report of the last update to {@link StepResult.finish}; see `UpdateRequest.deferReport`. */
  deferReport?: boolean;
}

/** Draws the P × G rollouts of a step. */
export function rollOut({
  policy,
  task,
  problems,
  settings,
  seed,
  step,
}: Pick<
  StepRequest,
  'policy' | 'task' | 'problems' | 'settings' | 'seed' | 'step'
>): Promise<Rollouts> {
  return policy.sample({
    prompts: Int32Array.from(problems.flatMap((problem) => task.encode(problem))),
    groupSize: settings.groupSize,
    temperature: settings.temperature,
    key: { seed, stream: Stream.rollouts, step },
  });
}

/**
 * One step: sample P × G rollouts → verify → advantages → token weights → `innerEpochs` updates.
 * The first update is on-policy, so it uses the log-probabilities of the rollouts themselves.
 * @throws NonFiniteError before a non-finite number can reach the parameters, or after one came out of an update.
 */
export async function trainingStep(request: StepRequest): Promise<StepResult> {
  const { policy, reference, task, problems, settings, step } = request;
  const { groupSize, temperature } = settings;
  const rollouts = request.rollouts ?? (await rollOut(request));
  const B = rollouts.lengths.length;
  const verdicts = Array.from({ length: B }, (_, b) =>
    task.verify(problems[Math.floor(b / groupSize)], responseOf(policy.shape, rollouts, b)),
  );
  const rewards = verdicts.map(({ correct }) => (correct ? 1 : 0));
  const algorithm = ALGORITHMS[settings.algorithm];
  const advantages = groupAdvantages(algorithm.advantage, rewards, groupSize);

  const tokens = rollouts.lengths.reduce((sum, length) => sum + length, 0);
  const metrics: StepMetrics = {
    reward: mean(rewards),
    ...groupStatistics(rewards, groupSize),
    entropy: rollouts.entropies.reduce((sum, value) => sum + value, 0) / tokens,
    kl: null,
    clip_ratio: null,
    grad_norm: null,
    loss: null,
    'completions/mean_length': tokens / B,
    num_tokens: tokens,
  };
  requireFinite(step, 'entropy', metrics.entropy);

  let referenceLogProbs: Float32Array | undefined;
  if (request.measureKl || settings.klCoefficient !== 0) {
    ({ logProbs: referenceLogProbs } = await reference.score({ batch: rollouts, temperature }));
    metrics.kl = meanK3(rollouts, referenceLogProbs);
    requireFinite(step, 'kl', metrics.kl);
  }

  let finish = (): Promise<void> => Promise.resolve();
  if (request.train) {
    const choices: ObjectiveChoices = { ...algorithm, ...settings };
    const losses: number[] = [];
    const clipRatios: number[] = [];
    const norms: number[] = [];
    for (let epoch = 0; epoch < settings.innerEpochs; epoch++) {
      const current = epoch === 0 ? rollouts : await policy.score({ batch: rollouts, temperature });
      const { weights, loss, clipRatio } = objective(choices, {
        logProbs: current.logProbs,
        oldLogProbs: rollouts.logProbs,
        ...(referenceLogProbs ? { referenceLogProbs } : {}),
        entropies: current.entropies,
        lengths: rollouts.lengths,
        advantages,
      });
      requireFinite(step, 'loss', loss);
      const deferReport = request.deferReport === true && epoch === settings.innerEpochs - 1;
      const { optimizer } = settings;
      const update = policy.update({
        batch: rollouts,
        temperature,
        weights,
        optimizer,
        deferReport,
      });
      // A lost device rejects the next call as well; nobody may be waiting for this one yet.
      update.catch(() => undefined);
      finish = async () => {
        const { gradientNorm } = await update;
        requireFinite(step, 'grad_norm', gradientNorm);
        norms[epoch] = gradientNorm;
        metrics.grad_norm = mean(norms);
      };
      losses.push(loss);
      clipRatios.push(clipRatio);
      if (!deferReport) await finish();
    }
    metrics.loss = losses[0]!;
    metrics.clip_ratio = mean(clipRatios);
  }
  return { metrics, rollouts, verdicts, rewards, advantages, finish };
}

function requireFinite(step: number, quantity: string, value: number): void {
  if (!Number.isFinite(value)) throw new NonFiniteError(step, quantity, value);
}

function groupStatistics(
  rewards: readonly number[],
  groupSize: number,
): Pick<StepMetrics, 'reward_std' | 'frac_reward_zero_std'> {
  const deviations: number[] = [];
  for (let start = 0; start < rewards.length; start += groupSize)
    deviations.push(sampleStandardDeviation(rewards.slice(start, start + groupSize)));
  return {
    reward_std: mean(deviations),
    frac_reward_zero_std: mean(deviations.map((deviation) => (deviation === 0 ? 1 : 0))),
  };
}

function meanK3(rollouts: Rollouts, referenceLogProbs: Float32Array): number {
  const T = rollouts.logProbs.length / rollouts.lengths.length;
  let sum = 0;
  let tokens = 0;
  rollouts.lengths.forEach((length, b) => {
    for (let at = b * T; at < b * T + length; at++)
      sum += k3(rollouts.logProbs[at]!, referenceLogProbs[at]!);
    tokens += length;
  });
  return sum / tokens;
}
