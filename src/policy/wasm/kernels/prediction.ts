import { exp4, F32, log1, sum1 } from './elementary';
import { uniform } from './random';

/**
 * Tokens come in lists of n: `rows` [n] says which row of logits each is predicted from. Logits have `columns` in a row, of
 * which those after the `outputs` are −∞: of no probability. `scratch` has room for three rows.
 */

/**
 * log π = log softmax(z / τ) at `logProbs` and π behind it; gives the entropy in nats. Shifted by the largest logit, so
 * that it is finite for any finite logits; a probability that underflows to 0 adds no entropy, NaN stays NaN.
 */
function distribution(logProbs: usize, logits: usize, columns: i32, temperature: f32): f32 {
  const size = <usize>columns * F32;
  const probabilities = logProbs + size;
  let largest4 = f32x4.splat(-Infinity);
  for (let at: usize = 0; at < size; at += 16)
    largest4 = f32x4.pmax(largest4, v128.load(logits + at));
  const largest = max<f32>(
    max<f32>(f32x4.extract_lane(largest4, 0), f32x4.extract_lane(largest4, 1)),
    max<f32>(f32x4.extract_lane(largest4, 2), f32x4.extract_lane(largest4, 3)),
  );
  const shift = f32x4.splat(largest);
  const tau = f32x4.splat(temperature);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < size; at += 16) {
    const scaled = f32x4.div(f32x4.sub(v128.load(logits + at), shift), tau);
    const power = exp4(scaled);
    v128.store(logProbs + at, scaled);
    v128.store(probabilities + at, power);
    sum = f32x4.add(sum, power);
  }
  const total = sum1(sum);
  const logTotal = f32x4.splat(log1(total));
  const total4 = f32x4.splat(total);
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(logProbs + at, f32x4.sub(v128.load(logProbs + at), logTotal));
    v128.store(probabilities + at, f32x4.div(v128.load(probabilities + at), total4));
  }
  return entropyOf(logProbs, columns);
}

function entropyOf(logProbs: usize, columns: i32): f32 {
  const size = <usize>columns * F32;
  let entropy = f32x4.splat(0);
  for (let at: usize = 0; at < size; at += 16) {
    const probability = v128.load(logProbs + size + at);
    entropy = f32x4.sub(entropy, weighted(probability, v128.load(logProbs + at)));
  }
  return sum1(entropy);
}

/** π · x, 0 where π is 0, whatever x is. */
function weighted(probability: v128, x: v128): v128 {
  return v128.and(f32x4.mul(probability, x), f32x4.ne(probability, f32x4.splat(0)));
}

/** As core/categorical.ts has it. */
const NUCLEUS_SLACK: f64 = 1e-6;

/**
 * Keeps the nucleus of `keepNucleus` in core/categorical.ts, in O(outputs²), and renormalises; the others get log π = −∞ and
 * π = 0. Behind the probabilities there is room for what is kept.
 */
function keepNucleus(logProbs: usize, columns: i32, outputs: i32, topP: f64): void {
  const probabilities = logProbs + <usize>columns * F32;
  const kept = probabilities + <usize>columns * F32;
  const size = <usize>outputs * F32;
  let mass: f64 = 0;
  for (let v: usize = 0; v < size; v += F32) {
    const own = load<f32>(logProbs + v);
    let above: f64 = 0;
    for (let u: usize = 0; u < size; u += F32) {
      const other = load<f32>(logProbs + u);
      if (other > own || (other == own && u < v)) above += load<f32>(probabilities + u);
    }
    // Above the likeliest there is nothing.
    const isKept = above == 0 || above < topP - NUCLEUS_SLACK;
    if (isKept) mass += load<f32>(probabilities + v);
    store<i32>(kept + v, <i32>isKept);
  }
  const logMass = log1(<f32>mass);
  for (let v: usize = 0; v < size; v += F32) {
    const isKept = load<i32>(kept + v);
    store<f32>(logProbs + v, isKept ? load<f32>(logProbs + v) - logMass : <f32>-Infinity);
    store<f32>(probabilities + v, isKept ? load<f32>(probabilities + v) / <f32>mass : <f32>0);
  }
}

/**
 * Draws n tokens from the nucleus `topP` of softmax(z / τ): the smallest v with π_0 + … + π_v > u, where u is the uniform
 * number of (seed, stream, step, counter). Gives tokens, their log π and the entropies they were drawn with, [n] each.
 */
export function draw(
  tokens: usize,
  logProbs: usize,
  entropies: usize,
  logits: usize,
  rows: usize,
  counters: usize,
  n: i32,
  scratch: usize,
  columns: i32,
  outputs: i32,
  temperature: f32,
  topP: f64,
  seed: u32,
  stream: u32,
  step: u32,
): void {
  const size = <usize>columns * F32;
  const end = <usize>outputs * F32;
  for (let i: usize = 0; i < <usize>n * F32; i += F32) {
    let entropy = distribution(
      scratch,
      logits + <usize>load<i32>(rows + i) * size,
      columns,
      temperature,
    );
    if (topP < 1) {
      keepNucleus(scratch, columns, outputs, topP);
      entropy = entropyOf(scratch, columns);
    }
    const u = <f64>uniform(seed, stream, step, load<u32>(counters + i));
    let cumulative: f64 = 0;
    // If rounding leaves the whole sum at or below u, the last token with any probability.
    let token: usize = 0;
    for (let v: usize = 0; v < end; v += F32) {
      const probability = load<f32>(scratch + size + v);
      if (probability > 0) token = v;
      cumulative += probability;
      if (cumulative > u) break;
    }
    store<i32>(tokens + i, <i32>(token / F32));
    store<f32>(logProbs + i, load<f32>(scratch + token));
    store<f32>(entropies + i, entropy);
  }
}

/** Of n given tokens, log π and the entropy; and where `distributions` is not 0, [n, columns] log π of every token. */
export function score(
  logProbs: usize,
  entropies: usize,
  distributions: usize,
  logits: usize,
  rows: usize,
  tokens: usize,
  n: i32,
  scratch: usize,
  columns: i32,
  temperature: f32,
): void {
  const size = <usize>columns * F32;
  for (let i: usize = 0; i < <usize>n * F32; i += F32) {
    const row = logits + <usize>load<i32>(rows + i) * size;
    const entropy = distribution(scratch, row, columns, temperature);
    store<f32>(logProbs + i, load<f32>(scratch + <usize>load<i32>(tokens + i) * F32));
    store<f32>(entropies + i, entropy);
    if (distributions) {
      memory.copy(distributions, scratch, size);
      distributions += size;
    }
  }
}

/**
 * Of n tokens with weights a on log π, b on the entropy H and c on the value, gives J = Σ (a·log π + b·H + c·value) and adds
 * ∂J/∂z = (a·(1[v = token] − π_v) − b·π_v·(log π_v + H)) / τ to the logits' gradient, c to that of the values.
 */
export function objectiveGradient(
  dLogits: usize,
  dValues: usize,
  logits: usize,
  values: usize,
  rows: usize,
  tokens: usize,
  logProbWeights: usize,
  entropyWeights: usize,
  valueWeights: usize,
  n: i32,
  scratch: usize,
  columns: i32,
  temperature: f32,
): f64 {
  const size = <usize>columns * F32;
  let objective: f64 = 0;
  for (let i: usize = 0; i < <usize>n * F32; i += F32) {
    const row = <usize>load<i32>(rows + i);
    const token = <usize>load<i32>(tokens + i) * F32;
    const logProbWeight = load<f32>(logProbWeights + i);
    const entropyWeight = load<f32>(entropyWeights + i);
    const valueWeight = load<f32>(valueWeights + i);
    const entropy = distribution(scratch, logits + row * size, columns, temperature);
    const d = dLogits + row * size;
    const a = f32x4.splat(logProbWeight / temperature);
    const b = f32x4.splat(entropyWeight / temperature);
    const H = f32x4.splat(entropy);
    for (let at: usize = 0; at < size; at += 16) {
      const probability = v128.load(scratch + size + at);
      const surprise = weighted(probability, f32x4.add(v128.load(scratch + at), H));
      const slope = f32x4.add(f32x4.mul(a, probability), f32x4.mul(b, surprise));
      v128.store(d + at, f32x4.sub(v128.load(d + at), slope));
    }
    store<f32>(d + token, load<f32>(d + token) + logProbWeight / temperature);
    store<f32>(dValues + row * F32, load<f32>(dValues + row * F32) + valueWeight);
    objective +=
      <f64>logProbWeight * <f64>load<f32>(scratch + token) +
      <f64>entropyWeight * <f64>entropy +
      <f64>valueWeight * <f64>load<f32>(values + row * F32);
  }
  return objective;
}
