import { exp, log } from '../core/elementary.ts';
import type { AnswerDistribution } from './answers.ts';

/** log π of each accepted response of a problem, and whether its written steps are sound, where they are checked. */
export interface Accepted {
  logProb: number;
  sound: boolean;
}

/** Success under p^α, and how much smaller it could be for what the enumeration left out. */
export interface PowerSuccess {
  p: number;
  soundP: number;
  error: number;
}

/**
 * The probability that an answer drawn with probability π(y)^α / Σ_u π(u)^α is right, α ≥ 1:
 *
 *   p = Σ_{y ∈ A} π(y)^α / ( Σ_{y ∈ A} π(y)^α + Σ_{y ∉ A} π(y)^α )
 *
 * The accepted answers A are all known; the others are those of the enumeration. What it left out has the probability m
 * in all and less than s in each, so it adds at most s^(α−1) · m to the second sum: the truth is from p − error to p.
 *
 * Source: Karan & Du 2025, "Reasoning with Sampling", section 4.1.
 * @throws RangeError if α < 1.
 */
export function powerSuccess(
  { answers, missing, smallest }: AnswerDistribution,
  accepted: readonly Accepted[],
  alpha: number,
): PowerSuccess {
  if (!(alpha >= 1)) throw new RangeError(`alpha must be at least 1, got ${alpha}`);
  const wrong = answers.filter(({ correct }) => !correct);
  // Relative to the likeliest answer, since fourth powers of small probabilities underflow.
  const largest = [...wrong, ...accepted].reduce(
    (most, { logProb }) => Math.max(most, logProb),
    log(smallest),
  );
  const power = ({ logProb }: { logProb: number }): number => exp(alpha * (logProb - largest));
  const total = (of: readonly { logProb: number }[]): number =>
    of.reduce((sum, answer) => sum + power(answer), 0);
  const right = total(accepted);
  const all = right + total(wrong);
  const leftOut = missing * exp((alpha - 1) * log(smallest) - alpha * largest);
  return {
    p: right / all,
    soundP: total(accepted.filter(({ sound }) => sound)) / all,
    error: right / all - right / (all + leftOut),
  };
}

/** [answers] π(y)^α / Σ_u π(u)^α of the answers of an enumeration. */
export function powerDistribution({ answers }: AnswerDistribution, alpha: number): number[] {
  const weights = answers.map(({ logProb }) => exp(alpha * (logProb - answers[0]!.logProb)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
