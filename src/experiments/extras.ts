/**
 * What a row has only where it was asked for, as plain data. A recording of before it could be asked for has none of it.
 */
export interface RowExtras {
  /** At evaluations: measures that need every answer with its probability, not only the right ones. */
  answers?: AnswerMeasures;
  /** In the last row of a run. */
  finale?: Finale;
}

/** Means over the first held-out problems, whose answers were enumerated with their probabilities. */
export interface AnswerMeasures {
  /** How many problems these are means over. */
  problems: number;
  /** −Σ_y π(y) ln π(y) over whole answers, in nats. */
  entropy: number;
  /** The probability of the answers that the enumeration left out, from 0 to 1. */
  missing: number;
  /** The expected number of different answers among k samples, by k. */
  distinct: Record<string, number>;
  /** Maj@k by k: the probability that the most frequent answer among k samples is right. */
  majority: Record<string, number>;
  /** Perplexity of a token under the base: of the base's own answers, and of the trained policy's. */
  perplexity?: { base: number; now: number };
}

/** What is measured of the trained policy once, at the end of a run. */
export type Finale =
  | { kind: 'interpolation'; points: InterpolationPoint[] }
  | { kind: 'temperatures'; points: TemperaturePoint[] };

/** The policy with the parameters (1 − x) · base + x · trained, on the held-out problems. */
export interface InterpolationPoint {
  /** From 0, the base, to 1, the trained policy. */
  x: number;
  /** Mean exact pass@k by k. */
  passAt: Record<string, number>;
  /** Exact success probability of each held-out problem. */
  p: number[];
  /** Mean entropy of its sampled tokens, in nats. */
  entropy: number;
}

/** A policy sampled at temperature x, on the held-out problems. */
export interface TemperaturePoint {
  x: number;
  /** `matched` is the trained policy at the temperature at which it has the base's entropy. */
  of: 'base' | 'now' | 'matched';
  passAt: Record<string, number>;
  entropy: number;
}
