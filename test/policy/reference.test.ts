import { expect, test } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { createBatch } from '../../src/policy/batch.ts';
import type { TokenWeights } from '../../src/policy/policy.ts';
import { adamStep } from '../../src/policy/reference/adam.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { multiplyAdd, rowMajor, transposed } from '../../src/policy/reference/matrix.ts';
import { arrangeBatch } from '../../src/policy/rows.ts';
import { parameterLayout } from '../../src/policy/shape.ts';
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

const T = SHAPE.responseLength;
const create = (parameters: ArrayLike<number> = exampleParameters(SHAPE)) =>
  createReferenceEngine('float64').createPolicy(SHAPE, parameters);

/** J itself, which an update reports before its step; a learning rate of 0 leaves the parameters alone. */
async function objectiveAt(
  parameters: ArrayLike<number>,
  request: { batch: ReturnType<typeof exampleBatch>; temperature: number; weights: TokenWeights },
): Promise<number> {
  const policy = await create(parameters);
  const optimizer = { ...ADAM, learningRate: 0 };
  return (await policy.update({ ...request, optimizer })).objective;
}

test('the gradient agrees with central differences in every named array', async () => {
  const B = 5;
  const request = {
    batch: exampleBatch(SHAPE, B),
    temperature: 0.7,
    weights: exampleWeights(SHAPE, B),
  };
  const parameters = Float64Array.from(exampleParameters(SHAPE));
  const gradient = await (await create(parameters)).gradient(request);
  const random = uniformSequence({ seed: 1, stream: 11, step: 0 });
  // Truncation grows with h² and rounding with 1e-16/h: both are near 1e-10 at h = 1e-5.
  const h = 1e-5;
  for (const { name, offset, size } of parameterLayout(SHAPE))
    for (let draw = 0; draw < Math.min(3, size); draw++) {
      const i = offset + Math.floor(random() * size);
      const moved = (by: number) => parameters.map((value, j) => (j === i ? value + by : value));
      const slope =
        ((await objectiveAt(moved(h), request)) - (await objectiveAt(moved(-h), request))) /
        (2 * h);
      expect(Math.abs(gradient[i]! - slope), `${name}[${i - offset}]`).toBeLessThan(2e-9);
    }
  // Not vacuous: the gradient is far larger than the tolerance.
  expect(Math.hypot(...gradient)).toBeGreaterThan(0.1);
});

test('each kind of weight has a gradient of its own, and they add up', async () => {
  const B = 6;
  const batch = exampleBatch(SHAPE, B);
  const { logProb, entropy, value } = exampleWeights(SHAPE, B);
  const none = new Float32Array(B * T);
  const policy = await create();
  const of = (weights: TokenWeights) => policy.gradient({ batch, temperature: 1.3, weights });
  const parts = [
    await of({ logProb }),
    await of({ logProb: none, entropy }),
    await of({ logProb: none, value }),
  ];
  for (const part of parts) expect(Math.hypot(...part)).toBeGreaterThan(0.01);
  const whole = await of({ logProb, entropy, value });
  const sum = whole.map((_, i) => parts[0]![i]! + parts[1]![i]! + parts[2]![i]!);
  expect(relativeDistance(sum, whole)).toBeLessThan(1e-13);
});

test('scoring a sample gives the log-probabilities and entropies that it was drawn with', async () => {
  const parameters = exampleParameters(SHAPE);
  const rollouts = await (
    await create(parameters)
  ).sample({
    prompts: examplePrompts(SHAPE, 7),
    groupSize: 3,
    temperature: 0.8,
    key: { seed: 2, stream: 5, step: 1 },
  });
  // Another policy, and copied arrays: nothing of the sampling pass can be reused.
  const scores = await (
    await create(parameters)
  ).score({ batch: structuredClone(rollouts), temperature: 0.8 });
  expect(largestDifference(scores.logProbs, rollouts.logProbs)).toBeLessThan(1e-12);
  expect(largestDifference(scores.entropies, rollouts.entropies)).toBeLessThan(1e-12);
  // Responses of different lengths, so that the end of a response was met.
  expect(new Set(rollouts.lengths).size).toBeGreaterThan(2);
});

test('what stands after the end of a response changes nothing and scores 0', async () => {
  const B = 5;
  const policy = await create();
  const batch = exampleBatch(SHAPE, B);
  const weights = exampleWeights(SHAPE, B);
  const garbled = structuredClone(batch);
  const garbledWeights = structuredClone(weights);
  for (let b = 0; b < B; b++)
    for (let t = batch.lengths[b]!; t < T; t++) {
      garbled.responses[b * T + t] = 1 + ((b + t) % (SHAPE.outputs - 1));
      for (const name of ['logProb', 'entropy', 'value'] as const)
        garbledWeights[name][b * T + t] = 1e3;
    }
  const plain = await policy.score({ batch, temperature: 1 });
  const other = await policy.score({ batch: garbled, temperature: 1 });
  expect(other).toEqual(plain);
  for (let b = 0; b < B; b++)
    for (let t = batch.lengths[b]!; t < T; t++)
      expect([plain.logProbs, plain.entropies, plain.values].map((a) => a[b * T + t])).toEqual([
        0, 0, 0,
      ]);
  const gradient = await policy.gradient({ batch, temperature: 1, weights });
  const garbledGradient = await policy.gradient({
    batch: garbled,
    temperature: 1,
    weights: garbledWeights,
  });
  expect(relativeDistance(garbledGradient, gradient)).toBeLessThan(1e-14);
});

test('a large batch scores as its parts do, to the last bit, though neighbours share beginnings', async () => {
  // Every response of 5 tokens from {1, 2, 3, 4} with one prompt, as a tree is walked: 1,024 of them.
  const rows = Array.from({ length: 4 ** T }, (_, n) => ({
    prompt: [1, 2, 3],
    response: Array.from({ length: T }, (_, t) => 1 + (Math.floor(n / 4 ** (T - 1 - t)) % 4)),
  }));
  const engine = createReferenceEngine('float32');
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  const whole = await policy.score({ batch: createBatch(SHAPE, rows), temperature: 0.7 });
  for (const from of [0, 300, 900]) {
    const batch = createBatch(SHAPE, rows.slice(from, from + 60));
    const part = await policy.score({ batch, temperature: 0.7 });
    for (const name of ['logProbs', 'entropies', 'values'] as const)
      expect(whole[name].slice(from * T, (from + 60) * T)).toEqual(part[name]);
  }
});

test('neighbours that begin alike share rows: 3 prompt tokens, then 1, 2 and 3 branches', () => {
  const sequences = [
    [1, 1, 1, 1, 0],
    [1, 1, 1, 2, 0],
    [1, 2, 1, 1, 0],
    [1, 2, 1, 1, 3], // differs in its last token only, which is never read
  ];
  const batch = createBatch(
    SHAPE,
    sequences.map((response) => ({ prompt: [4, 5, 6], response })),
  );
  const rowsOf = (sharesAnswers: boolean, everyRow = false) =>
    arrangeBatch(SHAPE, batch, { sharesAnswers, everyRow });
  const shared = rowsOf(true);
  const counts = Array.from({ length: 7 }, (_, i) => shared.start(i + 1) - shared.start(i));
  expect(counts).toEqual([1, 1, 1, 1, 2, 2, 3]);
  expect([0, 1, 2, 3].map((b) => shared.predicting(b, 2))).toEqual([4, 4, 5, 5]);
  expect([0, 1, 2, 3].map((b) => shared.predicting(b, 4))).toEqual([8, 9, 10, 10]);
  expect(rowsOf(false).count).toBe(3 + 4 * 4);
});

test('the same key draws the same tokens, another key others', async () => {
  const prompts = examplePrompts(SHAPE, 8);
  const draw = async (step: number) =>
    (await create()).sample({
      prompts,
      groupSize: 4,
      temperature: 1,
      key: { seed: 1, stream: 5, step },
    });
  const first = await draw(0);
  expect(await draw(0)).toEqual(first);
  expect((await draw(1)).responses).not.toEqual(first.responses);
});

test('sampled frequencies are the probabilities that are reported', async () => {
  // n = 1500 first tokens of one prompt; each count within 4 standard errors √(n p (1 − p)) of n·p.
  const n = 1500;
  const policy = await create();
  const prompts = examplePrompts(SHAPE, 1);
  const rollouts = await policy.sample({
    prompts,
    groupSize: n,
    temperature: 1.5,
    key: { seed: 3, stream: 5, step: 0 },
  });
  const counts = new Array<number>(SHAPE.outputs).fill(0);
  const p = new Array<number>(SHAPE.outputs).fill(0);
  for (let b = 0; b < n; b++) {
    counts[rollouts.responses[b * T]!]!++;
    p[rollouts.responses[b * T]!] = Math.exp(rollouts.logProbs[b * T]!);
  }
  expect(p.reduce((sum, value) => sum + value)).toBeCloseTo(1, 5);
  counts.forEach((count, v) =>
    expect(Math.abs(count - n * p[v]!)).toBeLessThan(4 * Math.sqrt(n * p[v]! * (1 - p[v]!))),
  );
});

test('Adam: a worked example of two parameters and two clipped steps', () => {
  // lr 0.1, β₁ 0.9, β₂ 0.99, ε 0.01, clip 1. Step 1: g = (3, −4), ‖g‖ = 5, clipped to (0.6, −0.8).
  //   m = (0.06, −0.08), m̂ = (0.6, −0.8); v = (0.0036, 0.0064), v̂ = (0.36, 0.64)
  //   θ = (1, 2) + 0.1 · (0.6/0.61, −0.8/0.81) = (1.0983606557, 1.9012345679)
  // Step 2: g = (0, 0.5), ‖g‖ = 0.5, not clipped.
  //   m = (0.054, −0.022), m̂ = m/0.19 = (0.2842105263, −0.1157894737)
  //   v = (0.003564, 0.008836), v̂ = v/0.0199 = (0.1790954774, 0.4440201005), √v̂ = (0.4231967360, 0.6663483327)
  //   θ += 0.1 · (0.2842105263/0.4331967360, −0.1157894737/0.6763483327) = (0.0656077232, −0.0171198013)
  const settings = { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0.01, maxGradNorm: 1 };
  const parameters = Float64Array.of(1, 2);
  const state = {
    firstMoment: new Float64Array(2),
    secondMoment: new Float64Array(2),
    updates: 0,
  };
  expect(adamStep(parameters, Float64Array.of(3, -4), state, settings)).toBe(5);
  expect(parameters[0]).toBeCloseTo(1.0983606557, 9);
  expect(parameters[1]).toBeCloseTo(1.9012345679, 9);
  expect(adamStep(parameters, Float64Array.of(0, 0.5), state, settings)).toBe(0.5);
  expect(parameters[0]).toBeCloseTo(1.0983606557 + 0.0656077232, 8);
  expect(parameters[1]).toBeCloseTo(1.9012345679 - 0.0171198013, 8);
  expect(state.updates).toBe(2);
});

test('a restored snapshot continues as if nothing had happened', async () => {
  const B = 6;
  const request = {
    batch: exampleBatch(SHAPE, B),
    temperature: 1,
    weights: exampleWeights(SHAPE, B),
    optimizer: ADAM,
  };
  const engine = createReferenceEngine('float32');
  const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
  for (let i = 0; i < 3; i++) await policy.update(request);
  const snapshot = await policy.snapshot();
  expect(snapshot.updates).toBe(3);
  await policy.update(request);
  const expected = await policy.snapshot();

  const other = await engine.createPolicy(SHAPE, exampleParameters(SHAPE, 99));
  await other.restore(snapshot);
  await other.update(request);
  expect(await other.snapshot()).toEqual(expected);
  expect(expected.parameters).not.toEqual(snapshot.parameters);
  await expect(other.restore({ ...snapshot, firstMoment: new Float32Array(3) })).rejects.toThrow(
    /firstMoment must have \d+ elements for this shape, got 3/,
  );
});

test('multiplyAdd is the triple loop, for every remainder of its blocks', () => {
  const random = uniformSequence({ seed: 4, stream: 11, step: 0 });
  for (let round = 0; round < 60; round++) {
    const [rows, columns] = [1 + Math.floor(random() * 11), 1 + Math.floor(random() * 11)];
    const inner = 1 + Math.floor(random() * (round % 4 === 0 ? 300 : 12));
    const fill = (length: number) => Float64Array.from({ length }, () => random() - 0.5);
    const pad = 1 + Math.floor(random() * 5);
    const c = fill(pad + rows * columns);
    const a = fill(pad + rows * inner);
    const b = fill(pad + inner * columns);
    const flipA = round % 2 === 1;
    const flipB = round % 3 === 1;
    const expected = c.slice();
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let l = 0; l < inner; l++)
          expected[pad + i * columns + j]! +=
            a[pad + (flipA ? l * rows + i : i * inner + l)]! *
            b[pad + (flipB ? j * inner + l : l * columns + j)]!;
    multiplyAdd(
      rowMajor(c, pad, columns),
      flipA ? transposed(rowMajor(a, pad, rows)) : rowMajor(a, pad, inner),
      flipB ? transposed(rowMajor(b, pad, inner)) : rowMajor(b, pad, columns),
      rows,
      inner,
      columns,
    );
    // 300 products of at most 0.25, summed in another order: 300 · 75 · 1.1e-16 at the very worst.
    expect(largestDifference(c, expected)).toBeLessThan(1e-12);
  }
});
