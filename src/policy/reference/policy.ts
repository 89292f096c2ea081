import { drawIndex, entropy, keepNucleus, logSoftmax } from '../../core/categorical.ts';
import { uniformAt } from '../../core/random.ts';
import { createRowPolicy, type RowNetwork, type RowPolicy } from '../rowPolicy.ts';
import type { Between } from '../policy.ts';
import type { PolicyShape } from '../shape.ts';
import { adamStep, type AdamState } from './adam.ts';
import { addLogitGradient } from './logitGradient.ts';
import type { RealArray, RealArrayConstructor } from './matrix.ts';
import { createNetwork, type Network } from './network.ts';

/** A policy of the reference engine, which shows what it holds. */
export interface ReferencePolicy extends RowPolicy {
  arrays(): RealArray[];
}

/** The policy in plain loops, computed in float64 and kept in the precision of `Real`. */
export function createReferencePolicy(
  shape: PolicyShape,
  initial: ArrayLike<number>,
  Real: RealArrayConstructor,
  between?: Between,
  options: { everyRow?: boolean } = {},
): ReferencePolicy {
  const { outputs: R } = shape;
  const parameters = new Real(initial.length);
  parameters.set(initial);
  const adam: AdamState = {
    firstMoment: new Real(initial.length),
    secondMoment: new Real(initial.length),
    updates: 0,
  };
  const gradient = new Real(initial.length);
  const logProbsV = new Float64Array(R);

  /** Grown to the largest batch so far. */
  let network: Network | null = null;

  const rowNetwork: RowNetwork = {
    reserve(rows) {
      if (!network || network.capacity < rows) network = createNetwork(shape, rows, Real);
    },

    forward: (rows, from, to) => network!.forward(parameters, rows, from, to),

    draw({ responses, logProbs, entropies }, tokens, { temperature, topP = 1, key }, firstCounter) {
      tokens.at.forEach((at, n) => {
        logSoftmax(network!.logits, tokens.row[n]! * R, temperature, logProbsV);
        keepNucleus(logProbsV, topP);
        const token = drawIndex(logProbsV, uniformAt(key, firstCounter + at));
        responses[at] = token;
        logProbs[at] = logProbsV[token]!;
        entropies[at] = entropy(logProbsV);
      });
    },

    score({ responses }, tokens, temperature, scores, offset) {
      tokens.at.forEach((at, n) => {
        const row = tokens.row[n]!;
        logSoftmax(network!.logits, row * R, temperature, logProbsV);
        scores.logProbs[offset + at] = logProbsV[responses[at]!]!;
        scores.entropies[offset + at] = entropy(logProbsV);
        scores.values[offset + at] = network!.values[row]!;
        scores.distributions?.set(logProbsV, (offset + at) * R);
      });
    },

    *differentiate(rows, runs, tokens, { batch, weights, temperature }) {
      const { logits, values, dLogits, dValues, backward } = network!;
      for (const { from, to } of runs) {
        dLogits.fill(0, from * R, to * R);
        dValues.fill(0, from, to);
      }
      let objective = 0;
      tokens.at.forEach((at, n) => {
        const row = tokens.row[n]!;
        const token = batch.responses[at]!;
        const logProb = weights.logProb[at]!;
        const entropyWeight = weights.entropy?.[at] ?? 0;
        const value = weights.value?.[at] ?? 0;
        logSoftmax(logits, row * R, temperature, logProbsV);
        // Sequences of a group share the row of their first token, so gradients add up.
        addLogitGradient(dLogits, row * R, logProbsV, token, temperature, logProb, entropyWeight);
        dValues[row]! += value;
        objective += logProb * logProbsV[token]! + value * values[row]!;
        if (entropyWeight !== 0) objective += entropyWeight * entropy(logProbsV);
      });
      yield* backward(parameters, gradient, rows, runs);
      return objective;
    },

    clearGradient: () => void gradient.fill(0),

    step: (settings) => adamStep(parameters, gradient, adam, settings),

    gradient: () => gradient.slice(),

    snapshot: () => ({
      parameters: Float32Array.from(parameters),
      firstMoment: Float32Array.from(adam.firstMoment),
      secondMoment: Float32Array.from(adam.secondMoment),
      updates: adam.updates,
    }),

    restore(snapshot) {
      parameters.set(snapshot.parameters);
      adam.firstMoment.set(snapshot.firstMoment);
      adam.secondMoment.set(snapshot.secondMoment);
      adam.updates = snapshot.updates;
    },

    dispose() {
      network = null;
    },
  };

  return {
    ...createRowPolicy(shape, rowNetwork, between, options),
    arrays: () => [
      parameters,
      gradient,
      adam.firstMoment,
      adam.secondMoment,
      ...(network?.arrays ?? []),
    ],
  };
}
