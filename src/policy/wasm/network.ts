import { powerOf } from '../../core/elementary.ts';
import type { AdamSettings, Batch, EngineMemory, PolicySnapshot } from '../policy.ts';
import type { RowNetwork, Tokens } from '../rowPolicy.ts';
import type { Rows } from '../rows.ts';
import type { PolicyShape } from '../shape.ts';
import { createArena } from './arena.ts';
import { backward } from './backward.ts';
import { forward, type Equipment } from './forward.ts';
import { instantiate } from './kernels.ts';
import { PADDED_BIAS, paddedLayout, paddedSizes } from './layout.ts';
import { createPlaces } from './places.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A network in a memory of its own. */
export interface WasmNetwork extends RowNetwork {
  memory(): EngineMemory;
}

/** The network of `shape.ts` in WebAssembly: TypeScript says what is computed and where, the kernels compute it. */
export function createWasmNetwork(
  module: WebAssembly.Module,
  shape: PolicyShape,
  initial: ArrayLike<number>,
): WasmNetwork {
  const { outputs: R } = shape;
  const sizes = paddedSizes(shape);
  const layout = paddedLayout(shape, sizes);
  const arena = createArena();
  const kernels = instantiate(module, arena.memory);
  const places = createPlaces(arena, shape, sizes, layout);
  const mask = arena.allocate(sizes.width);
  arena.integers(mask, sizes.width).fill(-1, 0, sizes.channels);
  const scratch = arena.allocate(Math.max(3 * sizes.outputs, 4 * sizes.positions));
  const equipment: Equipment = { kernels, sizes, places, mask, scratch };
  const trained = arena.count;
  let updates = 0;
  let space: Workspace | null = null;

  /** The values, and the padding as it was at first: a NaN that came into it must not stay. */
  function write(vector: number, values: ArrayLike<number>): void {
    const numbers = arena.floats(vector, layout.count).fill(0);
    layout.places.forEach((place, i) => (numbers[place] = values[i]!));
  }
  function read(vector: number): Float32Array {
    const numbers = arena.floats(vector, layout.count);
    return Float32Array.from(layout.places, (place) => numbers[place]!);
  }
  function writeParameters(values: ArrayLike<number>): void {
    write(places.parameters, values);
    const numbers = arena.floats(places.parameters, layout.count);
    for (const place of layout.paddedBiases) numbers[place] = PADDED_BIAS;
  }
  writeParameters(initial);

  /** Copies what the forward pass reads of rows into memory. */
  function place({ tokens, position, history }: Rows, from: number, to: number): void {
    const { positions: L } = sizes;
    arena.integers(space!.tokens.row(from), to - from).set(tokens.subarray(from, to));
    arena.integers(space!.positions.row(from), to - from).set(position.subarray(from, to));
    arena.integers(space!.history.row(from), (to - from) * L).set(history.subarray(from * L, to * L)); // prettier-ignore
  }

  /** Gives `work` arrays of n numbers, which are its own until it is done. */
  function withArrays<Result>(n: number, work: (array: () => number) => Result): Result {
    const { count } = arena;
    try {
      return work(() => arena.allocate(n));
    } finally {
      arena.release(count);
    }
  }
  const set = (address: number, values: readonly number[]): void =>
    arena.integers(address, values.length).set(values);
  /** The entries of `tokens` of an array of [B, T]; 0 where there is none. */
  const gather = (address: number, { at }: Tokens, from: Float32Array | undefined): void =>
    arena.floats(address, at.length).set(at.map((i) => from?.[i] ?? 0));
  const scatter = (to: Float32Array, { at }: Tokens, offset: number, address: number): void => {
    const numbers = arena.floats(address, at.length);
    at.forEach((i, n) => (to[offset + i] = numbers[n]!));
  };
  const givenTokens = ({ responses }: Batch, { at }: Tokens): number[] =>
    at.map((i) => responses[i]!);

  return {
    reserve(rows) {
      if (space && space.capacity >= rows) return;
      space = null;
      arena.release(trained);
      space = createWorkspace(arena, shape, sizes, rows);
    },

    forward(rows, from, to) {
      place(rows, from, to);
      forward(equipment, space!, rows, from, to);
    },

    draw(rollouts, tokens, { temperature, topP = 1, key: { seed, stream, step } }, firstCounter) {
      if (!(topP > 0 && topP <= 1))
        throw new RangeError(`top-p must be above 0 and at most 1, got ${topP}`);
      const n = tokens.at.length;
      withArrays(n, (array) => {
        const [rows, counters] = [array(), array()];
        const [drawn, logProbs, entropies] = [array(), array(), array()];
        set(rows, tokens.row);
        set(
          counters,
          tokens.at.map((i) => firstCounter + i),
        );
        const logits = space!.logits.row(0);
        const { outputs: columns } = sizes;
        kernels.draw(drawn, logProbs, entropies, logits, rows, counters, n, scratch, columns, R, temperature, topP, seed, stream, step); // prettier-ignore
        const answers = arena.integers(drawn, n);
        tokens.at.forEach((i, which) => (rollouts.responses[i] = answers[which]!));
        scatter(rollouts.logProbs, tokens, 0, logProbs);
        scatter(rollouts.entropies, tokens, 0, entropies);
      });
    },

    score(batch, tokens, temperature, scores, offset) {
      const n = tokens.at.length;
      const { outputs: columns } = sizes;
      const { distributions } = scores;
      withArrays(n, (array) => {
        const [rows, given] = [array(), array()];
        const [logProbs, entropies] = [array(), array()];
        const whole = distributions ? arena.allocate(n * columns) : 0;
        set(rows, tokens.row);
        set(given, givenTokens(batch, tokens));
        const logits = space!.logits.row(0);
        kernels.score(logProbs, entropies, whole, logits, rows, given, n, scratch, columns, temperature); // prettier-ignore
        scatter(scores.logProbs, tokens, offset, logProbs);
        scatter(scores.entropies, tokens, offset, entropies);
        const values = arena.floats(space!.values.row(0), space!.capacity);
        tokens.at.forEach((i, which) => (scores.values[offset + i] = values[tokens.row[which]!]!));
        const logProbsV = arena.floats(whole, distributions ? n * columns : 0);
        tokens.at.forEach((i, which) =>
          distributions?.set(
            logProbsV.subarray(which * columns, which * columns + R),
            (offset + i) * R,
          ),
        );
      });
    },

    *differentiate(rows, runs, tokens, { batch, weights, temperature }) {
      const n = tokens.at.length;
      const { outputs: columns } = sizes;
      const { dLogits, dValues } = space!.backward();
      for (const { from, to } of runs)
        for (const block of [dLogits, dValues])
          arena.floats(block.row(from), (to - from) * block.columns).fill(0);
      const objective = withArrays(n, (array) => {
        const [predicting, given] = [array(), array()];
        const [logProbs, entropies, values] = [array(), array(), array()];
        set(predicting, tokens.row);
        set(given, givenTokens(batch, tokens));
        gather(logProbs, tokens, weights.logProb);
        gather(entropies, tokens, weights.entropy);
        gather(values, tokens, weights.value);
        const [d, dV] = [dLogits.row(0), dValues.row(0)];
        const [z, v] = [space!.logits.row(0), space!.values.row(0)];
        return kernels.objectiveGradient(d, dV, z, v, predicting, given, logProbs, entropies, values, n, scratch, columns, temperature); // prettier-ignore
      });
      yield* backward(equipment, arena, space!, rows, runs);
      return objective;
    },

    step({ learningRate, beta1, beta2, epsilon, maxGradNorm }: AdamSettings) {
      const { parameters, gradient, firstMoment, secondMoment } = places;
      const norm = Math.sqrt(kernels.squares(gradient, layout.count));
      const clip = norm > maxGradNorm ? maxGradNorm / norm : 1;
      updates++;
      const rate = learningRate / (1 - powerOf(beta1, updates));
      const correction = 1 - powerOf(beta2, updates);
      kernels.adam(parameters, gradient, firstMoment, secondMoment, layout.count, clip, beta1, 1 - beta1, beta2, 1 - beta2, rate, correction, epsilon); // prettier-ignore
      return norm;
    },

    clearGradient: () => void arena.floats(places.gradient, layout.count).fill(0),

    gradient: () => read(places.gradient),

    snapshot: (): PolicySnapshot => ({
      parameters: read(places.parameters),
      firstMoment: read(places.firstMoment),
      secondMoment: read(places.secondMoment),
      updates,
    }),

    restore(snapshot) {
      writeParameters(snapshot.parameters);
      write(places.firstMoment, snapshot.firstMoment);
      write(places.secondMoment, snapshot.secondMoment);
      updates = snapshot.updates;
    },

    memory: () => ({ tensors: arena.count, bytes: arena.memory.buffer.byteLength }),

    dispose() {
      space = null;
      arena.release(trained);
    },
  };
}
