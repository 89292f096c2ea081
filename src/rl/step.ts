import { Stream, uniformSequence } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import { sliceRollouts } from '../policy/batch.ts';
import { begunOf, type Policy, type Rollouts, type UpdateReport } from '../policy/policy.ts';
import type { Task } from '../tasks/task.ts';
import { ADVANTAGES, advantagesOf, NORMALISATIONS, type Advantage } from './advantages.ts';
import { withAnswers, type Beside } from './beside.ts';
import { KL_ESTIMATORS, type KlEstimator } from './kl.ts';
import { meanK3, metricsOf, proxyMetrics, type StepMetrics } from './metrics.ts';
import { hasKlLoss, objective } from './objective.ts';
import type { Payer } from './payer.ts';
import { REWARDS, type Reward } from './rewards.ts';
import {
  fillWithMixedGroups,
  judgeAndPay,
  rollOut,
  type Draw,
  type JudgedDraw,
} from './rollouts.ts';
import { shapeAdvantages } from './shapings.ts';
import type { StepSettings } from './stepSettings.ts';
import { truncated } from './truncation.ts';
import { generalisedAdvantages } from './valueFunction.ts';

export interface StepResult {
  metrics: StepMetrics;
  /** All that was drawn first, and what was trained on: the same but with dynamic sampling; null for nothing. */
  drawn: JudgedDraw;
  /** Of dynamic sampling: all draws, of which `drawn` is the first. */
  draws?: readonly JudgedDraw[];
  batch: JudgedDraw | null;
  /** [B, T] advantages of the batch's tokens; of the drawn ones where there is no batch. */
  advantages: Float64Array;
  /** [B, T] what they were made from: rewards, less a KL penalty that stands there, and value outputs where needed. */
  rewards: Float64Array;
  values: Float32Array | null;
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
  /** What draws the rollouts where they are stale: an older policy. `policy` alone is scored and updated. */
  sampler?: Policy;
  /** The frozen base, for the KL term and the KL metric. */
  reference: Policy;
  task: Task;
  /** What pays for an answer in the place of the task's verifier. */
  payer?: Payer;
  /** What every update learns beside. */
  beside?: Beside;
  /** P problems; each gets `groupSize` rollouts. */
  problems: readonly unknown[];
  /** The problems of further draws of dynamic sampling, the first of which is number 1; without it there are none. */
  moreProblems?(draw: number): readonly unknown[];
  settings: StepSettings;
  seed: number;
  step: number;
  /** False: roll out and verify only, as for the row of the base. */
  train: boolean;
  /** True: compute the kl metric even where no KL term needs it. */
  measureKl: boolean;
  /** The rollouts of this step, if {@link rollOut} has drawn them already. */
  drawn?: Draw;
  /** True: leave the report of the last update to {@link StepResult.finish}; see `UpdateRequest.deferReport`. */
  deferReport?: boolean;
}

/**
 * One step: sample P × G rollouts → verify → rewards → advantages → token weights → `innerEpochs` × `minibatches`
 * updates. The first update is on-policy, so it uses the log-probabilities of the rollouts themselves, unless they are
 * stale. A KL penalty in the reward, and the metrics of what was drawn, are of the policy that drew.
 * @throws NonFiniteError before a non-finite number can reach the parameters, or after one came out of an update.
 */
export async function trainingStep(request: StepRequest): Promise<StepResult> {
  const { policy, reference, settings, step, train } = request;
  const { temperature } = settings;
  const drawing = { ...request, policy: request.sampler ?? policy };
  const drawn = await judgeAndPay(request, request.drawn ?? (await rollOut(drawing)));
  const metrics = metricsOf(drawn);
  if (request.payer) Object.assign(metrics, proxyMetrics(drawn));
  requireFinite(step, 'entropy', metrics.entropy);

  let batch: JudgedDraw | null = drawn;
  let draws: readonly JudgedDraw[] = [drawn];
  if (train && settings.filter === 'mixed') {
    const filled = await fillWithMixedGroups(drawing, drawn);
    ({ batch, draws } = filled);
    metrics.num_gen_batches = draws.length;
    metrics.num_tokens = filled.tokens;
  }

  const scoreByReference = async (rollouts: Rollouts): Promise<Float32Array> =>
    (await reference.score({ batch: rollouts, temperature })).logProbs;
  const hasKlTerm = settings.klCoefficient !== 0;
  let referenceLogProbs: Float32Array | undefined;
  if (request.measureKl || (hasKlTerm && batch === drawn)) {
    referenceLogProbs = await scoreByReference(drawn.rollouts);
    metrics.kl = meanK3(drawn.rollouts, referenceLogProbs);
    requireFinite(step, 'kl', metrics.kl);
  }
  if (batch !== drawn)
    referenceLogProbs = batch && hasKlTerm ? await scoreByReference(batch.rollouts) : undefined;

  const { needs }: Advantage = ADVANTAGES[settings.advantage];
  const shown = batch ?? drawn;
  const oldValues =
    needs === 'values'
      ? (await policy.score({ batch: shown.rollouts, temperature })).values
      : undefined;
  const made = advantagesOfDraw(settings, shown, referenceLogProbs, oldValues);
  const { rewards, advantages, returns } = made;
  const result: StepResult = {
    ...{ metrics, drawn, draws, batch, advantages, rewards },
    values: oldValues ?? null,
    finish: () => Promise.resolve(),
  };
  if (train && batch) await update(request, result, { referenceLogProbs, oldValues, returns });
  return result;
}

/** Token rewards, with the KL penalty where it stands in the reward, then advantages, normalised and shaped. */
function advantagesOfDraw(
  settings: StepSettings,
  { rollouts, outcomes, greedyRewards, steps }: JudgedDraw,
  referenceLogProbs: Float32Array | undefined,
  values: Float32Array | undefined,
): { rewards: Float64Array; advantages: Float64Array; returns: Float64Array | undefined } {
  const { groupSize, klCoefficient } = settings;
  const { lengths, logProbs, responses } = rollouts;
  const T = logProbs.length / lengths.length;
  const isToken = (at: number): boolean => {
    const b = Math.floor(at / T);
    return at % T < lengths[b]! && at % T >= begunOf(rollouts, b);
  };
  const { ofTokens }: Reward = REWARDS[settings.reward];
  const checks = steps ? { steps } : {};
  const rewards = ofTokens({
    groupSize,
    T,
    lengths,
    outcomes,
    logProbs,
    ...checks,
    unlikeliness: settings.unlikeliness,
  });
  if (settings.klPlacement === 'reward' && klCoefficient !== 0) {
    const { value }: KlEstimator = KL_ESTIMATORS[settings.klEstimator];
    // Of the policy that drew the tokens: their ratio is 1.
    rewards.forEach((_, at) => {
      if (isToken(at))
        rewards[at]! -= klCoefficient * value(logProbs[at]! - referenceLogProbs![at]!, 0);
    });
  }
  const advantages = advantagesOf(
    settings.advantage,
    {
      groupSize,
      T,
      lengths,
      rewards,
      outcomes,
      ...checks,
      ...(values ? { values } : {}),
      ...(greedyRewards ? { greedyRewards } : {}),
    },
    settings,
  );
  NORMALISATIONS[settings.normalisation].apply(advantages, isToken);
  shapeAdvantages(
    settings.shaping,
    advantages,
    { groupSize, T, lengths, begun: rollouts.begun, outcomes, logProbs, responses },
    settings.shapingStrength,
  );
  const returns =
    values && generalisedAdvantages(rewards, values, lengths, T, settings.gaeLambda).returns;
  return { rewards, advantages, returns };
}

interface UpdateInput {
  referenceLogProbs: Float32Array | undefined;
  oldValues: Float32Array | undefined;
  returns: Float64Array | undefined;
}

/** Makes the updates of a step and enters what they report into its metrics. */
async function update(
  { policy, sampler, settings, seed, step, beside, deferReport }: StepRequest,
  result: StepResult,
  { referenceLogProbs, oldValues, returns }: UpdateInput,
): Promise<void> {
  const { metrics } = result;
  const { problems } = result.batch!;
  const { temperature, optimizer, truncation } = settings;
  const given = { rollouts: result.batch!.rollouts, advantages: result.advantages };
  const isTruncated = sampler !== undefined && truncation > 0;
  const { rollouts, advantages } = isTruncated
    ? await truncated(policy, given, temperature, truncation)
    : given;
  const isStale = sampler !== undefined && !isTruncated;
  const T = policy.shape.responseLength;
  const random = uniformSequence({ seed, stream: Stream.covariance, step });
  const parts = minibatchBounds(problems.length, settings.minibatches);
  const updates = settings.innerEpochs * parts.length;
  const losses: number[] = [];
  const clipRatios: number[] = [];
  const norms: number[] = [];
  const valueLosses: number[] = [];
  const covarianceShares: number[] = [];

  for (let index = 0; index < updates; index++) {
    const [from, to] = parts[index % parts.length]!.map((p) => p * settings.groupSize);
    // The whole batch stays the object that the engines know, and whose forward pass they may still hold.
    const old = parts.length === 1 ? rollouts : sliceRollouts(policy.shape, rollouts, from!, to!);
    const part = <A extends Float32Array | Float64Array>(array: A): A =>
      array.subarray(from! * T, to! * T) as A;
    const scores = index === 0 && !isStale ? null : await policy.score({ batch: old, temperature });
    const { weights, loss, clipRatio, valueLoss, covarianceShare } = objective(settings, {
      logProbs: scores?.logProbs ?? old.logProbs,
      oldLogProbs: old.logProbs,
      ...(referenceLogProbs && hasKlLoss(settings)
        ? { referenceLogProbs: part(referenceLogProbs) }
        : {}),
      entropies: scores?.entropies ?? old.entropies,
      ...{ lengths: old.lengths, begun: old.begun },
      advantages: part(advantages),
      ...(oldValues && returns
        ? {
            critic: {
              values: scores?.values ?? part(oldValues),
              oldValues: part(oldValues),
              returns: part(returns),
            },
          }
        : {}),
      random,
    });
    requireFinite(step, 'loss', loss);
    const deferred = deferReport === true && index === updates - 1;
    const reported = policy.update({
      ...(beside ? withAnswers(old, weights, beside) : { batch: old, weights }),
      temperature,
      optimizer,
      deferReport: deferred,
    });
    // A lost device rejects the next call as well; nobody may be waiting for this one yet.
    reported.catch(() => undefined);
    result.finish = async () => {
      const { gradientNorm } = await reported;
      requireFinite(step, 'grad_norm', gradientNorm);
      norms[index] = gradientNorm;
      metrics.grad_norm = mean(norms);
    };
    losses.push(loss);
    clipRatios.push(clipRatio);
    if (valueLoss !== null) valueLosses.push(valueLoss);
    if (covarianceShare !== null) covarianceShares.push(covarianceShare);
    if (!deferred) await result.finish();
  }
  metrics.loss = mean(losses);
  metrics.clip_ratio = mean(clipRatios);
  if (valueLosses.length > 0) metrics.value_loss = mean(valueLosses);
  if (covarianceShares.length > 0) metrics.cov_share = mean(covarianceShares);
}

/**
 * Enters what the only update of a step reports into its metrics: at once, or where the report is deferred with
 * {@link StepResult.finish}. The loss is `lossOf` the update's objective.
 * @throws NonFiniteError if one of them is not finite; where deferred, `finish` does.
 */
export async function finishWith(
  result: StepResult,
  step: number,
  reported: Promise<UpdateReport>,
  deferred: boolean,
  lossOf: (objective: number) => number,
): Promise<void> {
  // A lost device rejects the next call as well; nobody may be waiting for this one yet.
  reported.catch(() => undefined);
  result.finish = async () => {
    const { objective, gradientNorm } = await reported;
    requireFinite(step, 'loss', lossOf(objective));
    requireFinite(step, 'grad_norm', gradientNorm);
    result.metrics.loss = lossOf(objective);
    result.metrics.grad_norm = gradientNorm;
  };
  if (!deferred) await result.finish();
}

/** P problems in `count` runs of nearly equal length, without empty ones. */
function minibatchBounds(P: number, count: number): [from: number, to: number][] {
  const parts = Math.min(count, P);
  const at = (part: number): number => Math.round((part * P) / parts);
  return Array.from({ length: parts }, (_, part) => [at(part), at(part + 1)]);
}

function requireFinite(step: number, quantity: string, value: number): void {
  if (!Number.isFinite(value)) throw new NonFiniteError(step, quantity, value);
}
