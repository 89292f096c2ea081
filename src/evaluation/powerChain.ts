import { exp, log } from '../core/elementary.ts';
import { uniformAt } from '../core/random.ts';
import type { Policy } from '../policy/policy.ts';
import { extend, isComplete, scorePrefixes, type Prefix } from './prefixes.ts';

/** A response with all its beginnings: `path[t]` has t tokens, the last is complete. */
export type Path = readonly Prefix[];

/** Where a chain's random numbers come from: the seed, the number of the move, and a stream for each purpose. */
export interface MoveKey {
  seed: number;
  step: number;
  streams: { position: number; token: number; acceptance: number };
}

export interface Move {
  path: Path;
  accepted: boolean;
  /** Tokens drawn for it, without those beyond the visible ones. */
  tokens: number;
  /** Σ of the entropies that they were drawn with, in nats. */
  entropy: number;
}

/** log Z of a beginning: Z = Σ_v π(v | beginning)^α, what normalises the proposal of its next token. */
function logNormaliser(next: Float32Array, alpha: number): number {
  let sum = 0;
  for (const logProb of next) sum += exp(alpha * logProb);
  return log(sum);
}

/**
 * Completes beginnings by the proposal q(v) = π(v | …)^α / Z, which is the policy at temperature 1/α. Token t of
 * beginning c is drawn with counter c·T + t of the key.
 */
export async function complete(
  policy: Policy,
  beginnings: readonly Path[],
  alpha: number,
  key: { seed: number; stream: number; step: number },
): Promise<Path[]> {
  const T = policy.shape.responseLength;
  const paths = beginnings.map((path) => [...path]);
  for (;;) {
    const open = paths.flatMap((path, c) => (isComplete(path.at(-1)!, T) ? [] : [c]));
    if (open.length === 0) return paths;
    await scorePrefixes(
      policy,
      open.map((c) => paths[c]!.at(-1)!),
      1,
    );
    for (const c of open) {
      const tip = paths[c]!.at(-1)!;
      const u = uniformAt(key, c * T + tip.tokens.length);
      paths[c]!.push(extend(tip, drawPower(tip.next!, alpha, u)));
    }
  }
}

/** Inverse-CDF draw from π^α / Z. */
function drawPower(next: Float32Array, alpha: number, u: number): number {
  const logZ = logNormaliser(next, alpha);
  let cumulative = 0;
  let lastPossible = 0;
  for (let v = 0; v < next.length; v++) {
    const probability = exp(alpha * next[v]! - logZ);
    if (probability > 0) lastPossible = v;
    cumulative += probability;
    if (cumulative > u) return v;
  }
  return lastPossible;
}

/** How many tokens of a response are within the first `limit`. */
const visibleLength = (path: Path, limit: number): number => Math.min(path.length - 1, limit);

/**
 * The logarithm of the Metropolis–Hastings ratio of replacing `old` by `proposed`, equal up to token `position`, where
 * the target is π^α of the first `limit` tokens. With n and n' visible tokens, a uniformly drawn position and both
 * rests from the proposal q,
 *
 *   ratio = [ π(y')^α · q(y_rest) / n' ] / [ π(y)^α · q(y'_rest) / n ] = (n / n') · Π_t Z(y'_<t) / Π_t Z(y_<t)
 *
 * over the rests, since π^α / q of a token is the normaliser Z of the distribution that it was drawn from. Responses
 * may differ in length: that is what n / n' is for.
 */
export function logAcceptance(
  old: Path,
  proposed: Path,
  position: number,
  limit: number,
  alpha: number,
): number {
  const ofRest = (path: Path): number => {
    let sum = 0;
    for (let t = position; t < visibleLength(path, limit); t++)
      sum += logNormaliser(path[t]!.next!, alpha);
    return sum - log(visibleLength(path, limit));
  };
  return ofRest(proposed) - ofRest(old);
}

/**
 * One move of every chain towards π^α over the first `limit` tokens of a response: the rest from a uniformly drawn
 * visible position on is drawn anew and accepted with probability min(1, ratio). What lies beyond the limit comes from
 * the proposal and is not looked at, so it can be made visible later as a block drawn by the proposal.
 *
 * Source: Karan & Du 2025, algorithm 1. Theirs draws to a given length; here a response may end anywhere.
 */
export async function moveChains(
  policy: Policy,
  chains: readonly Path[],
  limit: number,
  alpha: number,
  { seed, step, streams }: MoveKey,
): Promise<Move[]> {
  const uniform = (stream: number, c: number): number => uniformAt({ seed, stream, step }, c);
  const positions = chains.map((path, c) =>
    Math.floor(uniform(streams.position, c) * visibleLength(path, limit)),
  );
  const proposals = await complete(
    policy,
    chains.map((path, c) => path.slice(0, positions[c]! + 1)),
    alpha,
    { seed, stream: streams.token, step },
  );
  return chains.map((old, c) => {
    const proposed = proposals[c]!;
    const position = positions[c]!;
    const logRatio = logAcceptance(old, proposed, position, limit, alpha);
    const accepted = log(uniform(streams.acceptance, c)) < logRatio;
    const tokens = visibleLength(proposed, limit) - position;
    const entropy = proposalEntropy(proposed.slice(position, position + tokens), alpha);
    return { path: accepted ? proposed : old, accepted, tokens, entropy };
  });
}

/** Σ of the entropies of the proposal after each of some beginnings, in nats. */
export function proposalEntropy(beginnings: readonly Prefix[], alpha: number): number {
  let sum = 0;
  for (const { next } of beginnings) {
    const logZ = logNormaliser(next!, alpha);
    for (const logProb of next!) {
      const proposed = alpha * logProb - logZ;
      const probability = exp(proposed);
      if (probability !== 0) sum -= probability * proposed;
    }
  }
  return sum;
}
