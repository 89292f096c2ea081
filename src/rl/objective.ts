import type { RandomSource } from '../core/random.ts';
import { begunOf, drawnLengths, type TokenWeights } from '../policy/policy.ts';
import { AGGREGATIONS } from './aggregations.ts';
import type { AlgorithmChoices } from './choices.ts';
import { covariancesOf, COVARIANCES, type Covariance } from './covariance.ts';
import { KL_ESTIMATORS, type KlEstimator } from './kl.ts';
import {
  limited,
  logRatios,
  SURROGATES,
  type Surrogate,
  type SurrogateTerm,
} from './surrogates.ts';
import { TOKENS } from './tokens.ts';
import { valueLoss } from './valueFunction.ts';

/**
 * The objective of a policy-gradient method and its gradient as one weight per token.
 *
 * With ratio w = π/π_old, advantage A and value output V of a token, share s of the aggregation, reference policy
 * π_ref, and everything in natural logarithms, the loss that is minimised is
 *
 *   loss = Σ_{b,t} s_bt · ( −surrogate(w, A) + klCoefficient · k(π, π_ref, w) − entropyCoefficient · H
 *                           + valueCoefficient · valueLoss(V, R) ) + the penalty of KL-Cov
 *
 * where tokens that are not trained on have no surrogate, and given ones no term at all. Since each term depends on the
 * parameters only through log π, H and V of the token, −∇loss is what `Policy.update` computes for the weights that
 * {@link objective} returns.
 */
export type ObjectiveChoices = Pick<
  AlgorithmChoices,
  | 'ratio'
  | 'surrogate'
  | 'tokens'
  | 'tokenShare'
  | 'covariance'
  | 'covarianceShare'
  | 'covariancePenalty'
  | 'aggregation'
  | 'clipLow'
  | 'clipHigh'
  | 'dualClip'
  | 'klPlacement'
  | 'klEstimator'
  | 'klCoefficient'
  | 'entropyCoefficient'
  | 'valueCoefficient'
  | 'valueClip'
>;

/** What the objective is computed from; [B, T] arrays, masked beyond `lengths`. */
export interface ObjectiveInput {
  logProbs: Float32Array;
  oldLogProbs: Float32Array;
  /** Needed where the KL term stands in the loss. */
  referenceLogProbs?: Float32Array;
  entropies: Float32Array;
  /** [B] */
  lengths: Int32Array;
  /** [B] given tokens of each answer, which are not trained on and do not count; see `Rollouts`. */
  begun?: Int32Array | undefined;
  advantages: Float64Array;
  /** Present where a value output is trained. */
  critic?: { values: Float32Array; oldValues: Float32Array; returns: Float64Array };
  /** Which tokens Clip-Cov takes. */
  random: RandomSource;
}

export interface Objective {
  weights: TokenWeights;
  loss: number;
  /** Share of tokens that count as clipped, in [0, 1]. 0 whenever the batch is on-policy, since then w = 1. */
  clipRatio: number;
  /** Share of tokens that the covariance control acts on; null without one. */
  covarianceShare: number | null;
  /** Mean clipped value loss of the tokens; null without a value output. */
  valueLoss: number | null;
}

/** Whether the loss itself, rather than the reward, holds a KL term. */
export function hasKlLoss(
  choices: Pick<AlgorithmChoices, 'klPlacement' | 'klCoefficient'>,
): boolean {
  return choices.klPlacement === 'loss' && choices.klCoefficient !== 0;
}

/** @throws Error where a KL term is asked for without `referenceLogProbs`. */
export function objective(choices: ObjectiveChoices, input: ObjectiveInput): Objective {
  const { logProbs, oldLogProbs, referenceLogProbs, entropies, lengths } = input;
  const { klCoefficient, entropyCoefficient, valueCoefficient } = choices;
  if (hasKlLoss(choices) && !referenceLogProbs)
    throw new Error('a KL term in the loss needs the log-probabilities of the reference');
  const B = lengths.length;
  const T = logProbs.length / B;
  const drawn = drawnLengths(input);
  const N = drawn.reduce((sum, length) => sum + length, 0);
  const { share } = AGGREGATIONS[choices.aggregation];
  const kl: KlEstimator = KL_ESTIMATORS[choices.klEstimator];
  const covariance: Covariance = COVARIANCES[choices.covariance];
  const terms = surrogateTerms(choices, input, T);
  const chosen = chooseByCovariance(choices, input, terms);
  const trained = trainedTokens(choices, entropies, terms);

  const logProbWeights = new Float32Array(B * T);
  const entropyWeights = entropyCoefficient === 0 ? undefined : new Float32Array(B * T);
  const valueWeights = input.critic && new Float32Array(B * T);
  let loss = 0;
  let clippedTokens = 0;
  let valueLosses = 0;
  for (let b = 0; b < B; b++) {
    const s = share(drawn[b]!, B, N, T);
    for (let at = b * T + begunOf(input, b); at < b * T + lengths[b]!; at++) {
      const term = terms.get(at)!;
      const dropped =
        !(trained?.has(at) ?? true) || (chosen?.has(at) && covariance.effect === 'drop');
      let slope = dropped ? 0 : term.slope;
      if (!dropped) loss -= s * term.value;
      if (term.clipped) clippedTokens++;
      if (chosen?.has(at) && covariance.effect === 'penalise') {
        const moved = logProbs[at]! - oldLogProbs[at]!;
        loss += s * choices.covariancePenalty * Math.abs(moved);
        slope -= choices.covariancePenalty * Math.sign(moved);
      }
      if (hasKlLoss(choices)) {
        const d = logProbs[at]! - referenceLogProbs![at]!;
        const logRatio = limited(logProbs[at]! - oldLogProbs[at]!);
        loss += s * klCoefficient * kl.value(d, logRatio);
        slope -= klCoefficient * kl.slope(d, logRatio);
      }
      if (entropyWeights) {
        loss -= s * entropyCoefficient * entropies[at]!;
        entropyWeights[at] = s * entropyCoefficient;
      }
      if (valueWeights) {
        const { values, oldValues, returns } = input.critic!;
        const term = valueLoss(values[at]!, oldValues[at]!, returns[at]!, choices.valueClip);
        loss += s * valueCoefficient * term.loss;
        valueLosses += term.loss;
        valueWeights[at] = -s * valueCoefficient * term.slope;
      }
      logProbWeights[at] = s * slope;
    }
  }
  return {
    weights: {
      logProb: logProbWeights,
      ...(entropyWeights ? { entropy: entropyWeights } : {}),
      ...(valueWeights ? { value: valueWeights } : {}),
    },
    loss,
    clipRatio: clippedTokens / N,
    covarianceShare: chosen && chosen.size / N,
    valueLoss: valueWeights ? valueLosses / N : null,
  };
}

/** The surrogate of each token, by its index in [B, T], in the order of the tokens. */
function surrogateTerms(
  choices: ObjectiveChoices,
  input: ObjectiveInput,
  T: number,
): Map<number, SurrogateTerm> {
  const surrogate: Surrogate = SURROGATES[choices.surrogate];
  const { logProbs, oldLogProbs, advantages } = input;
  const terms = new Map<number, SurrogateTerm>();
  drawnLengths(input).forEach((length, b) => {
    const start = b * T + begunOf(input, b);
    logRatios(choices.ratio, logProbs, oldLogProbs, start, length).forEach((logRatio, t) => {
      const at = start + t;
      terms.set(at, surrogate.ofToken(logRatio, logProbs[at]!, advantages[at]!, choices));
    });
  });
  return terms;
}

/** The tokens that the surrogate is of, by their index in [B, T]; null for all. */
function trainedTokens(
  { tokens, tokenShare }: ObjectiveChoices,
  entropies: Float32Array,
  terms: ReadonlyMap<number, SurrogateTerm>,
): Set<number> | null {
  if (tokens === 'all') return null;
  const places = [...terms.keys()];
  const of = places.map((at) => entropies[at]!);
  return new Set(TOKENS[tokens].choose(of, tokenShare).map((i) => places[i]!));
}

/** The tokens that the covariance control acts on, by their index in [B, T]; null without one. */
function chooseByCovariance(
  { covariance, covarianceShare }: ObjectiveChoices,
  { logProbs, advantages, random }: ObjectiveInput,
  terms: ReadonlyMap<number, SurrogateTerm>,
): Set<number> | null {
  if (covariance === 'none') return null;
  const places = [...terms.keys()];
  const covariances = covariancesOf(
    places.map((at) => advantages[at]!),
    places.map((at) => logProbs[at]!),
  );
  const tokens = places.map((at, i) => ({
    covariance: covariances[i]!,
    clipped: terms.get(at)!.clipped,
  }));
  const chosen = COVARIANCES[covariance].choose(tokens, covarianceShare, random);
  return new Set(chosen.map((i) => places[i]!));
}
