import * as tf from '@tensorflow/tfjs';
import { drawIndex, entropy, logSoftmax } from '../../../src/core/categorical.ts';
import { uniformAt } from '../../../src/core/random.ts';
import { checkBatch, sliceBatch } from '../../../src/policy/batch.ts';
import type {
  Batch,
  Policy,
  Rollouts,
  SampleRequest,
  Scores,
  UpdateRequest,
} from '../../../src/policy/policy.ts';
import { adamStep, type AdamState } from '../../../src/policy/reference/adam.ts';
import { addLogitGradient } from '../../../src/policy/reference/logitGradient.ts';
import { positionCount, type PolicyShape } from '../../../src/policy/shape.ts';
import { checkSnapshot } from '../../../src/policy/snapshot.ts';
import { decodeConstants, evenAbove, passConstants } from './constants.ts';
import { read } from './context.ts';
import { cacheOfPrompts, decodeStep, type Cache } from './decode.ts';
import { foldedLayout } from './folding.ts';
import { addGradients } from './gradient.ts';
import { backward, forward, type Activations } from './network.ts';
import { uploadWeights, type Weights } from './weights.ts';

/**
 * The token that stands at position i of sequence b: the prompt, then y_1 … y_{T−1} from position promptLength on.
 */
function inputToken(shape: PolicyShape, batch: Batch, b: number, i: number): number {
  return i < shape.promptLength
    ? batch.prompts[b * shape.promptLength + i]!
    : batch.responses[b * shape.responseLength + i - shape.promptLength]!;
}

/** A policy of the stock engine; beside the three verbs it shows its gradient. */
export interface StockPolicy extends Policy {
  /** ∇J of the request at the current parameters, without a step. */
  gradient(request: Omit<UpdateRequest, 'optimizer'>): Promise<Float64Array>;
}

/** Sequences computed at once: bounds the GPU's memory; larger requests run in parts. */
const LARGEST_CHUNK = 512;

/** Batches are padded to a multiple of this, smaller ones to a power of two: few sizes, hence few programs. */
const BLOCK = 32;

/** The number ≥ n, and even, that a batch of n is padded to. */
export function paddedCount(n: number): number {
  return n > BLOCK ? Math.ceil(n / BLOCK) * BLOCK : Math.max(2, 2 ** Math.ceil(Math.log2(n)));
}

/** As {@link paddedCount}, save that one prompt with an even group need not be doubled. */
function paddedPrompts(prompts: number, groupSize: number): number {
  return prompts === 1 && groupSize % 2 === 0 ? 1 : paddedCount(prompts);
}

/**
 * The policy from stock operations: batched prompts, a cache of keys and values, layer norms folded into the products
 * that follow. Parameters and Adam's moments live on the CPU: a step reads the gradients back and uploads the
 * parameters again, a few hundred kilobytes, which costs less than the hundred small operations of Adam on the backend.
 */
export function createStockPolicy(shape: PolicyShape, initial: Float32Array): StockPolicy {
  const { promptLength, responseLength: T, outputs: R, vocabulary: V } = shape;
  const L = positionCount(shape);
  const N = evenAbove(L);
  const promptN = evenAbove(promptLength);
  const layout = foldedLayout(shape);
  const parameters = initial.slice();
  const adam: AdamState = {
    firstMoment: new Float32Array(initial.length),
    secondMoment: new Float32Array(initial.length),
    updates: 0,
  };
  const constants = passConstants(shape, N);
  const promptConstants = passConstants(shape, promptN);
  const decoding = decodeConstants(shape, N, promptN);
  let weights: Weights = uploadWeights(layout, parameters);
  const logProbsV = new Float64Array(R);

  function refreshWeights(): void {
    weights.dispose();
    weights = uploadWeights(layout, parameters);
  }

  /** Two-hot rows of token and position: row (b, i) for `count` sequences of `positions` from `first` on. */
  function twoHot(
    rows: number,
    count: number,
    positions: number,
    first: number,
    filled: number,
    tokenAt: (b: number, i: number) => number,
  ): tf.Tensor2D {
    const data = new Float32Array(rows * (V + L));
    for (let b = 0; b < count; b++)
      for (let i = 0; i < filled; i++) {
        const row = (b * positions + i) * (V + L);
        data[row + tokenAt(b, i)] = 1;
        data[row + V + first + i] = 1;
      }
    return tf.tensor2d(data, [rows, V + L]);
  }

  function forwardBatch(batch: Batch): Activations {
    const B = batch.lengths.length;
    const rows = paddedCount(B) * N;
    const input = twoHot(rows, B, N, 0, L, (b, i) => inputToken(shape, batch, b, i));
    return forward(weights, constants, input);
  }

  /** Index of the logits of token t of sequence b in an output of N positions. */
  const outputAt = (b: number, t: number): number => (b * N + promptLength - 1 + t) * (R + 1);

  /** Calls `visit` with each part of a batch and the place of its first token in [B, T]. */
  function inChunks(batch: Batch, visit: (chunk: Batch, offset: number) => void): void {
    const B = batch.lengths.length;
    for (let from = 0; from < B; from += LARGEST_CHUNK)
      visit(sliceBatch(shape, batch, from, Math.min(B, from + LARGEST_CHUNK)), from * T);
  }

  function scoreInto(scores: Scores, offset: number, batch: Batch, temperature: number): void {
    const output = tf.tidy(() => read(forwardBatch(batch).output));
    for (let b = 0; b < batch.lengths.length; b++)
      for (let t = 0; t < batch.lengths[b]!; t++) {
        const at = outputAt(b, t);
        logSoftmax(output, at, temperature, logProbsV);
        const place = offset + b * T + t;
        scores.logProbs[place] = logProbsV[batch.responses[b * T + t]!]!;
        scores.entropies[place] = entropy(logProbsV);
        scores.values[place] = output[at + R]!;
      }
  }

  /** Adds ∇J of one chunk to `gradient` and returns its J. */
  function differentiateChunk(
    gradient: Float64Array,
    batch: Batch,
    offset: number,
    { weights: tokenWeights, temperature }: Omit<UpdateRequest, 'optimizer'>,
  ): number {
    const B = batch.lengths.length;
    let objective = 0;
    tf.tidy(() => {
      const activations = forwardBatch(batch);
      const output = read(activations.output);
      const dOutput = new Float32Array(output.length);
      for (let b = 0; b < B; b++)
        for (let t = 0; t < batch.lengths[b]!; t++) {
          const at = outputAt(b, t);
          const place = offset + b * T + t;
          const token = batch.responses[b * T + t]!;
          const logProbWeight = tokenWeights.logProb[place]!;
          const entropyWeight = tokenWeights.entropy?.[place] ?? 0;
          const valueWeight = tokenWeights.value?.[place] ?? 0;
          logSoftmax(output, at, temperature, logProbsV);
          addLogitGradient(
            dOutput,
            at,
            logProbsV,
            token,
            temperature,
            logProbWeight,
            entropyWeight,
          );
          dOutput[at + R] = valueWeight;
          objective += logProbWeight * logProbsV[token]! + valueWeight * output[at + R]!;
          if (entropyWeight !== 0) objective += entropyWeight * entropy(logProbsV);
        }
      const gradients = backward(
        weights,
        constants,
        tf.ones([2, activations.output.shape[0]]),
        activations,
        tf.tensor2d(dOutput, activations.output.shape),
      );
      addGradients(gradient, gradients, layout, parameters);
    });
    return objective;
  }

  function differentiate(request: Omit<UpdateRequest, 'optimizer'>): {
    gradient: Float64Array;
    objective: number;
  } {
    checkBatch(shape, request.batch);
    const gradient = new Float64Array(parameters.length);
    let objective = 0;
    inChunks(request.batch, (chunk, offset) => {
      objective += differentiateChunk(gradient, chunk, offset, request);
    });
    return { gradient, objective };
  }

  /** Draws the responses to prompts `from` to `to`, writing to their places in `rollouts`. */
  function sampleChunk(request: SampleRequest, rollouts: Rollouts, from: number, to: number): void {
    const { groupSize, temperature, key } = request;
    const P = paddedPrompts(to - from, groupSize);
    const B = P * groupSize;
    const first = from * groupSize;
    const count = (to - from) * groupSize;
    const ended = new Uint8Array(count);

    /** Draws token t of all sequences; the logits of sequence b start at `logitsAt(b)`. */
    const draw = (output: Float32Array, t: number, logitsAt: (b: number) => number): void => {
      for (let b = 0; b < count; b++) {
        if (ended[b]) continue;
        const place = (first + b) * T + t;
        logSoftmax(output, logitsAt(b), temperature, logProbsV);
        const token = drawIndex(logProbsV, uniformAt(key, place));
        rollouts.responses[place] = token;
        rollouts.logProbs[place] = logProbsV[token]!;
        rollouts.entropies[place] = entropy(logProbsV);
        if (token === 0) {
          ended[b] = 1;
          rollouts.lengths[first + b] = t + 1;
        }
      }
    };

    // The prompt is computed once for its whole group.
    let cache: Cache = tf.tidy(() => {
      const promptToken = (p: number, i: number): number =>
        request.prompts[(from + p) * promptLength + i]!;
      const input = twoHot(P * promptN, to - from, promptN, 0, promptLength, promptToken);
      const prompts = forward(weights, promptConstants, input);
      const lastPosition = (b: number): number =>
        (Math.floor(b / groupSize) * promptN + promptLength - 1) * (R + 1);
      draw(read(prompts.output), 0, lastPosition);
      return T > 1 ? cacheOfPrompts(prompts, decoding, groupSize) : [];
    });
    try {
      for (let t = 1; t < T && !ended.every(Boolean); t++) {
        const position = promptLength + t - 1;
        const previous = (b: number): number => rollouts.responses[(first + b) * T + t - 1]!;
        const next = tf.tidy(() => {
          const input = twoHot(B, count, 1, position, 1, previous);
          const step = decodeStep(weights, constants, decoding, input, position, cache);
          draw(read(step.output), t, (b) => b * (R + 1));
          return step.cache;
        });
        disposeCache(cache);
        cache = next;
      }
    } finally {
      disposeCache(cache);
    }
  }

  return {
    shape,

    async sample(request) {
      const { prompts, groupSize } = request;
      const P = prompts.length / promptLength;
      const B = P * groupSize;
      const rollouts: Rollouts = {
        prompts: new Int32Array(B * promptLength),
        responses: new Int32Array(B * T),
        lengths: new Int32Array(B).fill(T),
        logProbs: new Float32Array(B * T),
        entropies: new Float32Array(B * T),
      };
      for (let b = 0; b < B; b++) {
        const start = Math.floor(b / groupSize) * promptLength;
        rollouts.prompts.set(prompts.subarray(start, start + promptLength), b * promptLength);
      }
      checkBatch(shape, rollouts);
      const promptsAtOnce = Math.max(1, Math.floor(LARGEST_CHUNK / groupSize));
      for (let from = 0; from < P; from += promptsAtOnce)
        sampleChunk(request, rollouts, from, Math.min(P, from + promptsAtOnce));
      return rollouts;
    },

    async score({ batch, temperature }) {
      checkBatch(shape, batch);
      const size = batch.lengths.length * T;
      const scores: Scores = {
        logProbs: new Float32Array(size),
        entropies: new Float32Array(size),
        values: new Float32Array(size),
      };
      inChunks(batch, (chunk, offset) => scoreInto(scores, offset, chunk, temperature));
      return scores;
    },

    gradient: async (request) => differentiate(request).gradient,

    async update(request) {
      const { gradient, objective } = differentiate(request);
      const norm = adamStep(parameters, gradient, adam, request.optimizer);
      refreshWeights();
      return { objective, gradientNorm: norm };
    },

    async snapshot() {
      return {
        parameters: parameters.slice(),
        firstMoment: Float32Array.from(adam.firstMoment),
        secondMoment: Float32Array.from(adam.secondMoment),
        updates: adam.updates,
      };
    },

    async restore(snapshot) {
      checkSnapshot(shape, snapshot);
      parameters.set(snapshot.parameters);
      adam.firstMoment.set(snapshot.firstMoment);
      adam.secondMoment.set(snapshot.secondMoment);
      adam.updates = snapshot.updates;
      refreshWeights();
    },

    dispose() {
      weights.dispose();
      tf.dispose([{ ...constants }, { ...promptConstants }, { ...decoding }]);
    },
  };
}

function disposeCache(cache: Cache): void {
  for (const { keys, values } of cache.flat()) tf.dispose([keys, values]);
}
