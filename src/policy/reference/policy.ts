import { drawIndex, entropy, keepNucleus, logSoftmax } from '../../core/categorical.ts';
import { uniformAt } from '../../core/random.ts';
import { END } from '../../tasks/task.ts';
import { checkBatch, sliceBatch, undrawnRollouts } from '../batch.ts';
import { checkSnapshot } from '../snapshot.ts';
import type {
  Batch,
  Between,
  Policy,
  Rollouts,
  SampleRequest,
  ScoreRequest,
  Scores,
  TokenWeights,
  UpdateReport,
  UpdateRequest,
} from '../policy.ts';
import type { PolicyShape } from '../shape.ts';
import { createTurns } from '../turns.ts';
import { adamStep, type AdamState } from './adam.ts';
import type { RealArray, RealArrayConstructor } from './matrix.ts';
import { addLogitGradient } from './logitGradient.ts';
import { createNetwork, type Network } from './network.ts';
import { arrangeRows, placeTokens, sharedBeginnings, type Rows } from './rows.ts';

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
  between: Between = async () => undefined,
): ReferencePolicy {
  const { promptLength, responseLength: T, outputs: R } = shape;
  const parameters = new Real(initial.length);
  parameters.set(initial);
  const adam: AdamState = {
    firstMoment: new Real(initial.length),
    secondMoment: new Real(initial.length),
    updates: 0,
  };
  const gradient = new Real(initial.length);
  const logProbsV = new Float64Array(R);
  const inTurn = createTurns();

  /** Grown to the largest batch so far. */
  let network: Network | null = null;
  /** The batch whose whole forward pass, at the current parameters, the network still holds, and its rows. */
  let computed: { batch: Batch; rows: Rows } | null = null;

  function networkFor(rows: Rows): Network {
    if (!network || network.capacity < rows.count) network = createNetwork(shape, rows.count, Real);
    return network;
  }

  /** log π of the token that response token t of sequence b is drawn from, into `logProbsV`. */
  function predict(net: Network, rows: Rows, b: number, t: number, temperature: number): number {
    const row = rows.predicting(b, t) - rows.firstPredicting;
    logSoftmax(net.logits, row * R, temperature, logProbsV);
    return row;
  }

  async function sampleAll(request: SampleRequest): Promise<Rollouts> {
    const { prompts, groupSize, temperature, topP = 1, key } = request;
    const rollouts = undrawnRollouts(shape, prompts, groupSize);
    const B = rollouts.lengths.length;
    const rows = arrangeRows(shape, sharedBeginnings(shape, rollouts.prompts));
    const net = networkFor(rows);
    placeTokens(net.tokens, shape, rows, rollouts);
    net.forward(parameters, rows, 0, rows.start(promptLength));
    const ended = new Uint8Array(B);
    for (let t = 0; t < T; t++) {
      await between();
      for (let b = 0; b < B; b++) {
        if (ended[b]) continue;
        predict(net, rows, b, t, temperature);
        keepNucleus(logProbsV, topP);
        const at = b * T + t;
        const token = drawIndex(logProbsV, uniformAt(key, at));
        rollouts.responses[at] = token;
        rollouts.logProbs[at] = logProbsV[token]!;
        rollouts.entropies[at] = entropy(logProbsV);
        if (token === END) {
          ended[b] = 1;
          rollouts.lengths[b] = t + 1;
        }
      }
      if (t === T - 1) break;
      const from = rows.start(promptLength + t);
      for (let b = 0; b < B; b++) net.tokens[from + b] = rollouts.responses[b * T + t]!;
      net.forward(parameters, rows, from, from + B);
    }
    computed = { batch: rollouts, rows };
    return rollouts;
  }

  /**
   * Runs the whole forward pass of a batch, unless the last one was of this batch at these parameters. Neighbours share
   * the rows of their prompts, and with `sharesResponses` those of the beginnings of their responses too; what follows
   * the longest response is then not computed.
   */
  function forwardOf(batch: Batch, sharesResponses = false): { net: Network; rows: Rows } {
    if (computed?.batch === batch) return { net: network!, rows: computed.rows };
    const responses = sharesResponses ? batch.responses : undefined;
    const rows = arrangeRows(shape, sharedBeginnings(shape, batch.prompts, responses));
    const net = networkFor(rows);
    placeTokens(net.tokens, shape, rows, batch);
    const longest = sharesResponses ? Math.max(...batch.lengths) : T;
    net.forward(parameters, rows, 0, rows.start(promptLength + longest - 1));
    // An update goes back through all rows, so it may find only a pass over all.
    computed = longest === T ? { batch, rows } : null;
    return { net, rows };
  }

  function scoreInto(
    scores: Scores,
    offset: number,
    batch: Batch,
    temperature: number,
    sharesResponses: boolean,
  ): void {
    const { net, rows } = forwardOf(batch, sharesResponses);
    for (let b = 0; b < batch.lengths.length; b++)
      for (let t = 0; t < batch.lengths[b]!; t++) {
        const row = predict(net, rows, b, t, temperature);
        const at = offset + b * T + t;
        scores.logProbs[at] = logProbsV[batch.responses[b * T + t]!]!;
        scores.entropies[at] = entropy(logProbsV);
        scores.values[at] = net.values[row]!;
        scores.distributions?.set(logProbsV, at * R);
      }
  }

  /** Fills `gradient` with ∇J and returns J; in steps, to be gone through to the end. */
  function* differentiate(
    batch: Batch,
    weights: TokenWeights,
    temperature: number,
  ): Generator<void, number> {
    const { net, rows } = forwardOf(batch);
    net.dLogits.fill(0);
    net.dValues.fill(0);
    let objective = 0;
    for (let b = 0; b < batch.lengths.length; b++)
      for (let t = 0; t < batch.lengths[b]!; t++) {
        const at = b * T + t;
        const token = batch.responses[at]!;
        const logProb = weights.logProb[at]!;
        const entropyWeight = weights.entropy?.[at] ?? 0;
        const value = weights.value?.[at] ?? 0;
        const row = predict(net, rows, b, t, temperature);
        addLogitGradient(
          net.dLogits,
          row * R,
          logProbsV,
          token,
          temperature,
          logProb,
          entropyWeight,
        );
        // Sequences of a group share the row of their first token, so both gradients add up.
        net.dValues[row]! += value;
        objective += logProb * logProbsV[token]! + value * net.values[row]!;
        if (entropyWeight !== 0) objective += entropyWeight * entropy(logProbsV);
      }
    gradient.fill(0);
    yield* net.backward(parameters, gradient, rows);
    return objective;
  }

  async function scoreAll({ batch, temperature, distributions }: ScoreRequest): Promise<Scores> {
    checkBatch(shape, batch);
    const B = batch.lengths.length;
    const scores: Scores = {
      logProbs: new Float32Array(B * T),
      entropies: new Float32Array(B * T),
      values: new Float32Array(B * T),
      ...(distributions ? { distributions: new Float32Array(B * T * R) } : {}),
    };
    // An update may follow on a batch of one chunk. Its gradient is summed row by row, so rows that responses share
    // would round it otherwise than those of rollouts; what is larger is only ever scored, and so is what whole distributions are asked of.
    if (B <= SCORE_CHUNK) scoreInto(scores, 0, batch, temperature, distributions === true);
    else
      for (let from = 0; from < B; from += SCORE_CHUNK) {
        await between();
        const to = Math.min(B, from + SCORE_CHUNK);
        scoreInto(scores, from * T, sliceBatch(shape, batch, from, to), temperature, true);
      }
    return scores;
  }

  async function updateWith({
    batch,
    weights,
    temperature,
    optimizer,
  }: UpdateRequest): Promise<UpdateReport> {
    checkBatch(shape, batch);
    const steps = differentiate(batch, weights, temperature);
    let next = steps.next();
    for (; !next.done; next = steps.next()) await between();
    const objective = next.value;
    const norm = adamStep(parameters, gradient, adam, optimizer);
    computed = null;
    return { objective, gradientNorm: norm };
  }

  return {
    shape,

    sample: (request) => inTurn(() => sampleAll(request)),

    score: (request) => inTurn(() => scoreAll(request)),

    gradient({ batch, weights, temperature }) {
      checkBatch(shape, batch);
      const steps = differentiate(batch, weights, temperature);
      while (!steps.next().done);
      return gradient.slice();
    },

    update: (request) => inTurn(() => updateWith(request)),

    snapshot: () =>
      inTurn(async () => ({
        parameters: Float32Array.from(parameters),
        firstMoment: Float32Array.from(adam.firstMoment),
        secondMoment: Float32Array.from(adam.secondMoment),
        updates: adam.updates,
      })),

    restore: (snapshot) =>
      inTurn(async () => {
        checkSnapshot(shape, snapshot);
        parameters.set(snapshot.parameters);
        adam.firstMoment.set(snapshot.firstMoment);
        adam.secondMoment.set(snapshot.secondMoment);
        adam.updates = snapshot.updates;
        computed = null;
      }),

    arrays: () => [
      parameters,
      gradient,
      adam.firstMoment,
      adam.secondMoment,
      ...(network?.arrays ?? []),
    ],

    dispose() {
      network = null;
      computed = null;
    },
  };
}
