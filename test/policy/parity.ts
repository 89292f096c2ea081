import type { Policy, UpdateRequest } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { parameterLayout, type PolicyShape } from '../../src/policy/shape.ts';
import {
  ADAM,
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  largestDifference,
  relativeDistance,
  SHAPE,
} from './example.ts';

/** What the page takes for Countdown. */
export const PAGE: PolicyShape = {
  vocabulary: 38,
  outputs: 14,
  promptLength: 4,
  responseLength: 6,
  width: 32,
  layers: 2,
  heads: 4,
};

/** Widths with heads of whole texels and of parts of one; one layer to three; a response and a prompt of one token. */
export const SHAPES: Readonly<Record<string, PolicyShape>> = {
  'nothing round': SHAPE,
  'three layers, heads of 5 channels': { ...SHAPE, width: 20, heads: 4, layers: 3 },
  'one layer, one head, one response token': { ...SHAPE, layers: 1, heads: 1, responseLength: 1 },
  'one prompt token, heads of 2 channels': { ...SHAPE, promptLength: 1, width: 8, heads: 4 },
  'as the page': PAGE,
  'width 48, heads of 12 channels': { ...SHAPE, width: 48, heads: 4 },
  'width 64': { ...SHAPE, width: 64, heads: 4 },
};

/** What the kernels in WebAssembly pad: channels, heads, channels of heads; WebGL takes widths of whole texels only. */
export const PADDED_SHAPES: Readonly<Record<string, PolicyShape>> = {
  'width 15, five heads of 3 channels': { ...SHAPE, width: 15, heads: 5 },
  'width 18, six heads of 3 channels': { ...SHAPE, width: 18, heads: 6, layers: 1 },
  'width 26, one head': { ...SHAPE, width: 26, heads: 1 },
  'width 14, seven heads, five outputs of five': {
    ...{ ...SHAPE, width: 14, heads: 7, vocabulary: 5, outputs: 5 },
  },
};

export const someShapes = (...names: string[]): Record<string, PolicyShape> =>
  Object.fromEntries(names.map((name) => [name, SHAPES[name]!]));

/** How far an engine is from the reference engine in float64. */
export interface Distances {
  /** Tokens that differ, of rollouts from whole distributions and from a nucleus. */
  tokens: number;
  /** Largest differences |a − b| / max(1, |b|), of rollouts, of scores, and of the distributions of all tokens. */
  logProbs: number;
  entropies: number;
  values: number;
  distributions: number;
  /** Largest ‖a − b‖ / ‖b‖ among the named arrays of two gradients, of a given batch and of drawn answers. */
  gradient: number;
  /** J and ‖∇J‖ of the updates, the latter relative. */
  objective: number;
  gradientNorm: number;
  /** ‖a − b‖ / ‖b‖ after the updates. */
  parameters: number;
}

/**
 * What rounding makes of them. Measured at most 2e-6, and 1e-5 of the parameters: Adam divides by √v, which magnifies the
 * rounding of gradients next to 0.
 */
export const ROUNDING: Distances = {
  tokens: 0,
  logProbs: 1e-4,
  entropies: 1e-4,
  values: 1e-4,
  distributions: 1e-4,
  gradient: 1e-4,
  objective: 1e-4,
  gradientNorm: 1e-3,
  parameters: 1e-3,
};

/**
 * What rounding makes of them on the processor, whose sums have one order in every run. Measured over all shapes here: 9e-6
 * of log-probabilities, 7e-6 of entropies, at most 4e-6 of all else.
 */
export const WASM_ROUNDING: Distances = {
  ...{ tokens: 0, logProbs: 1e-5, entropies: 1e-5, values: 1e-5, distributions: 1e-5 },
  ...{ gradient: 1e-5, objective: 1e-5, gradientNorm: 1e-5, parameters: 1e-5 },
};

/** The distances that are beyond rounding, or no numbers. */
export function beyondRounding(
  distances: Distances,
  rounding: Distances = ROUNDING,
): Partial<Distances> {
  return Object.fromEntries(
    Object.entries(distances).filter(
      ([name, value]) => !(value <= rounding[name as keyof Distances]),
    ),
  );
}

/** An engine whose policies show their gradients. */
export interface TestedEngine {
  createPolicy(shape: PolicyShape, parameters: Float32Array): Promise<TestedPolicy>;
}

interface TestedPolicy extends Policy {
  gradient(
    request: Omit<UpdateRequest, 'optimizer'>,
  ): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** max |a − b| / max(1, |b|) */
function largestScaled(a: Float32Array, b: Float32Array): number {
  const scale = (x: number): number => Math.max(1, Math.abs(x));
  return largestDifference(
    a.map((x, i) => x / scale(b[i]!)),
    b.map((x) => x / scale(x)),
  );
}

/** Scores, gradients and draws from the same parameters, and then `steps` updates, each on what was sampled before it. */
export async function distancesOf(
  engine: TestedEngine,
  shape: PolicyShape,
  steps: number,
): Promise<Distances> {
  const parameters = exampleParameters(shape);
  const tested = await engine.createPolicy(shape, parameters);
  const oracle = await createReferenceEngine('float64').createPolicy(shape, parameters);
  const both = async <Result>(ask: (policy: typeof tested | typeof oracle) => Promise<Result>) =>
    [await ask(tested), await ask(oracle)] as const;
  const largest: Distances = {
    ...{ tokens: 0, logProbs: 0, entropies: 0, values: 0, distributions: 0 },
    ...{ gradient: 0, objective: 0, gradientNorm: 0, parameters: 0 },
  };
  const note = (name: keyof Distances, distance: number): void => {
    // One NaN makes it NaN.
    largest[name] = Math.max(largest[name], distance);
  };

  /** Rollouts of both, of which a draw within 1e-6 of the edge between two tokens may differ; none of these seeds has one. */
  async function draw(step: number, topP: number) {
    const request = {
      prompts: examplePrompts(shape, 5, step),
      groupSize: 6,
      temperature: 0.8,
      topP,
      key: { seed: 9, stream: 5, step },
    };
    const [ours, theirs] = await both((policy) => policy.sample(request));
    const differ = ours.responses.filter((token, i) => token !== theirs.responses[i]).length;
    largest.tokens += differ;
    for (const name of ['logProbs', 'entropies'] as const)
      note(name, largestScaled(ours[name], theirs[name]));
    return [ours, theirs] as const;
  }

  function noteGradients(ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
    const part = (of: ArrayLike<number>, from: number, size: number) =>
      Array.from({ length: size }, (_, i) => of[from + i]!);
    // A key's bias moves all scores of a query alike: its gradient is 0 up to rounding, within qkv.bias.
    for (const { offset, size } of parameterLayout(shape))
      note('gradient', relativeDistance(part(ours, offset, size), part(theirs, offset, size)));
  }

  const B = 13;
  const given = { batch: exampleBatch(shape, B), temperature: 0.7, distributions: true };
  const [ours, theirs] = await both((policy) => policy.score(given));
  for (const name of ['logProbs', 'entropies', 'values', 'distributions'] as const)
    note(name, largestScaled(ours[name]!, theirs[name]!));
  const weights = exampleWeights(shape, B);
  const request = { batch: given.batch, temperature: 0.7, weights };
  noteGradients(await tested.gradient(request), await oracle.gradient(request));

  const nucleus = await draw(2, 0.7);
  const ofNucleus = { temperature: 0.8, weights: exampleWeights(shape, 30) };
  noteGradients(
    await tested.gradient({ ...ofNucleus, batch: nucleus[0] }),
    await oracle.gradient({ ...ofNucleus, batch: nucleus[1] }),
  );

  for (let step = 0; step < steps; step++) {
    const drawn = await draw(step, 1);
    const update = { temperature: 0.8, weights: exampleWeights(shape, 30, step), optimizer: ADAM };
    const report = (policy: Policy, side: 0 | 1) =>
      policy.update({ ...update, batch: drawn[side] });
    const [a, b] = [await report(tested, 0), await report(oracle, 1)];
    note('objective', Math.abs(a.objective - b.objective));
    note('gradientNorm', Math.abs(a.gradientNorm / b.gradientNorm - 1));
  }
  const [a, b] = await both((policy) => policy.snapshot());
  note('parameters', relativeDistance(a.parameters, b.parameters));
  tested.dispose();
  oracle.dispose();
  return largest;
}
