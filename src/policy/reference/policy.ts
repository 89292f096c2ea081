import { drawIndex, entropy, logSoftmax } from '../../core/categorical.ts';
import { uniformAt } from '../../core/random.ts';
import { checkBatch, inputToken, sliceBatch } from '../batch.ts';
import { checkSnapshot } from '../snapshot.ts';
import type {
  Batch,
  Policy,
  Rollouts,
  SampleRequest,
  ScoreRequest,
  Scores,
  TokenWeights,
  UpdateRequest,
} from '../policy.ts';
import { positionCount, type PolicyShape } from '../shape.ts';
import { adamStep, type AdamState } from './adam.ts';
import type { RealArray, RealArrayConstructor } from './matrix.ts';
import { addLogitGradient, createNetwork, type Network } from './network.ts';

/** A policy of the reference engine; beside the three verbs it shows its gradient and what it holds. */
export interface ReferencePolicy extends Policy {
  /** ∇J of the request at the current parameters, without a step. */
  gradient(request: Omit<UpdateRequest, 'optimizer'>): RealArray;
  arrays(): RealArray[];
}

/** Sequences scored at once: enough to fill the caches' blocks, few enough to bound the memory. */
const SCORE_CHUNK = 512;

export function createReferencePolicy(
  shape: PolicyShape,
  initial: ArrayLike<number>,
  Real: RealArrayConstructor,
): ReferencePolicy {
  const { promptLength, responseLength: T, outputs: R } = shape;
  const L = positionCount(shape);
  const parameters = new Real(initial.length);
  parameters.set(initial);
  const adam: AdamState = {
    firstMoment: new Real(initial.length),
    secondMoment: new Real(initial.length),
    updates: 0,
  };
  const gradient = new Real(initial.length);
  const logProbsV = new Float64Array(R);

  /** Networks by batch size: training and evaluation alternate between a few sizes. */
  const networks = new Map<number, Network>();
  /** The batch whose whole forward pass, at the current parameters, the network of its size still holds. */
  let computed: Batch | null = null;

  const networkFor = (sequences: number): Network => {
    let network = networks.get(sequences);
    if (!network) {
      if (networks.size >= 4) networks.delete(networks.keys().next().value!);
      network = createNetwork(shape, sequences, Real);
      networks.set(sequences, network);
    }
    return network;
  };

  function sampleAll({ prompts, groupSize, temperature, key }: SampleRequest): Rollouts {
    const B = (prompts.length / promptLength) * groupSize;
    const network = networkFor(B);
    const rollouts: Rollouts = {
      prompts: new Int32Array(B * promptLength),
      responses: new Int32Array(B * T),
      lengths: new Int32Array(B).fill(T),
      logProbs: new Float32Array(B * T),
      entropies: new Float32Array(B * T),
    };
    const ended = new Uint8Array(B);
    for (let b = 0; b < B; b++)
      for (let i = 0; i < promptLength; i++) {
        const token = prompts[Math.floor(b / groupSize) * promptLength + i]!;
        rollouts.prompts[b * promptLength + i] = token;
        network.tokens[i * B + b] = token;
      }
    network.forward(parameters, 0, promptLength);
    for (let t = 0; t < T; t++) {
      for (let b = 0; b < B; b++) {
        if (ended[b]) continue;
        logSoftmax(network.logits, (t * B + b) * R, temperature, logProbsV);
        const token = drawIndex(logProbsV, uniformAt(key, b * T + t));
        rollouts.responses[b * T + t] = token;
        rollouts.logProbs[b * T + t] = logProbsV[token]!;
        rollouts.entropies[b * T + t] = entropy(logProbsV);
        if (token === 0) {
          ended[b] = 1;
          rollouts.lengths[b] = t + 1;
        }
      }
      if (t === T - 1) break;
      const position = promptLength + t;
      for (let b = 0; b < B; b++) network.tokens[position * B + b] = rollouts.responses[b * T + t]!;
      network.forward(parameters, position, position + 1);
    }
    computed = rollouts;
    return rollouts;
  }

  /** Runs the whole forward pass of a batch, unless the last one was of this batch at these parameters. */
  function forwardOf(batch: Batch): Network {
    const B = batch.lengths.length;
    const network = networkFor(B);
    if (computed === batch) return network;
    for (let i = 0; i < L; i++)
      for (let b = 0; b < B; b++) network.tokens[i * B + b] = inputToken(shape, batch, b, i);
    network.forward(parameters, 0, L);
    computed = batch;
    return network;
  }

  function scoreInto(scores: Scores, offset: number, batch: Batch, temperature: number): void {
    const B = batch.lengths.length;
    const network = forwardOf(batch);
    for (let b = 0; b < B; b++)
      for (let t = 0; t < batch.lengths[b]!; t++) {
        logSoftmax(network.logits, (t * B + b) * R, temperature, logProbsV);
        const place = offset + b * T + t;
        scores.logProbs[place] = logProbsV[batch.responses[b * T + t]!]!;
        scores.entropies[place] = entropy(logProbsV);
        scores.values[place] = network.values[t * B + b]!;
      }
  }

  /** Fills `gradient` with ∇J and returns J. */
  function differentiate(batch: Batch, weights: TokenWeights, temperature: number): number {
    const B = batch.lengths.length;
    const network = forwardOf(batch);
    const dLogits = new Real(T * B * R);
    const dValues = new Real(T * B);
    let objective = 0;
    for (let b = 0; b < B; b++)
      for (let t = 0; t < batch.lengths[b]!; t++) {
        const place = b * T + t;
        const row = t * B + b;
        const token = batch.responses[place]!;
        const logProbWeight = weights.logProb[place]!;
        const entropyWeight = weights.entropy?.[place] ?? 0;
        const valueWeight = weights.value?.[place] ?? 0;
        logSoftmax(network.logits, row * R, temperature, logProbsV);
        addLogitGradient(
          dLogits,
          row * R,
          logProbsV,
          token,
          temperature,
          logProbWeight,
          entropyWeight,
        );
        dValues[row] = valueWeight;
        objective += logProbWeight * logProbsV[token]! + valueWeight * network.values[row]!;
        if (entropyWeight !== 0) objective += entropyWeight * entropy(logProbsV);
      }
    gradient.fill(0);
    network.backward(parameters, gradient, dLogits, dValues);
    return objective;
  }

  return {
    shape,

    async sample(request) {
      return sampleAll(request);
    },

    async score({ batch, temperature }: ScoreRequest) {
      checkBatch(shape, batch);
      const B = batch.lengths.length;
      const scores: Scores = {
        logProbs: new Float32Array(B * T),
        entropies: new Float32Array(B * T),
        values: new Float32Array(B * T),
      };
      if (B <= SCORE_CHUNK) scoreInto(scores, 0, batch, temperature);
      else
        for (let from = 0; from < B; from += SCORE_CHUNK) {
          const to = Math.min(B, from + SCORE_CHUNK);
          scoreInto(scores, from * T, sliceBatch(shape, batch, from, to), temperature);
        }
      return scores;
    },

    gradient({ batch, weights, temperature }) {
      checkBatch(shape, batch);
      differentiate(batch, weights, temperature);
      return gradient.slice();
    },

    async update({ batch, weights, temperature, optimizer }) {
      checkBatch(shape, batch);
      const objective = differentiate(batch, weights, temperature);
      const norm = adamStep(parameters, gradient, adam, optimizer);
      computed = null;
      return { objective, gradientNorm: norm };
    },

    async snapshot() {
      return {
        parameters: Float32Array.from(parameters),
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
      computed = null;
    },

    arrays: () => [
      parameters,
      gradient,
      adam.firstMoment,
      adam.secondMoment,
      ...[...networks.values()].flatMap((network) => network.arrays),
    ],

    dispose() {
      networks.clear();
      computed = null;
    },
  };
}
