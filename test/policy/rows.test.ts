import { expect, test } from 'vitest';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createBatch } from '../../src/policy/batch.ts';
import { arrangeBatch, liveRuns, runsFrom } from '../../src/policy/rows.ts';
import {
  ADAM,
  exampleBatch,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  relativeDistance,
  SHAPE,
} from './example.ts';

const T = SHAPE.responseLength;

/** Two groups of two answers of 1, 3, 5 and 2 tokens. */
const batch = createBatch(SHAPE, [
  { prompt: [1, 2, 3], response: [0] },
  { prompt: [1, 2, 3], response: [4, 5, 0] },
  { prompt: [1, 2, 4], response: [4, 5, 6, 1, 2] },
  { prompt: [1, 2, 4], response: [4, 0] },
]);
const rows = arrangeBatch(SHAPE, batch, { sharesAnswers: false, everyRow: false });

test('an answer has rows for what is read before each of its tokens, and none after its end', () => {
  // Positions 0 and 1 are alike in all four sequences; the last prompt token and what follows is not.
  const counts = Array.from({ length: 7 }, (_, i) => rows.start(i + 1) - rows.start(i));
  expect(counts).toEqual([1, 1, 2, 3, 2, 1, 1]);
  expect(rows.count).toBe(11);
  expect([0, 1, 2, 3].map((b) => rows.predicting(b, 0))).toEqual([2, 2, 3, 3]);
  expect([0, 1, 2, 3].map((b) => rows.predicting(b, 1))).toEqual([-1, 4, 5, 6]);
  // The third answer is read to its fourth token; each row knows all before it.
  const last = rows.predicting(2, 4);
  expect(Array.from(rows.history.subarray(last * 7, last * 7 + 7))).toEqual([0, 1, 3, 5, 8, 9, 10]);
  expect(Array.from(rows.tokens.subarray(0, 11))).toEqual([1, 2, 3, 4, 4, 4, 4, 5, 5, 6, 1]);
});

test('the twin that computes every row has L of each sequence', () => {
  const every = arrangeBatch(SHAPE, batch, { sharesAnswers: false, everyRow: true });
  expect(every.count).toBe(4 + 4 * 4);
});

test('a row lives if a token with a weight is predicted from it, or from one after it', () => {
  const none = () => new Float32Array(4 * T);
  const weights = { logProb: none(), entropy: none(), value: none() };
  const runs = () => liveRuns(SHAPE, rows, batch, weights);
  expect(runs()).toEqual([]);
  // After the end of the first answer: not looked at.
  weights.logProb[1] = 5;
  expect(runs()).toEqual([]);
  // Each kind of weight counts, and NaN does.
  for (const name of ['logProb', 'entropy', 'value'] as const) {
    weights[name][2 * T + 4] = NaN;
    // Gaps of less than eight rows are computed along.
    expect(runs()).toEqual([{ from: 0, to: 11 }]);
    weights[name][2 * T + 4] = 0;
  }
  weights.value[T] = -1;
  // In whole fours.
  expect(runs()).toEqual([{ from: 0, to: 4 }]);
  expect(runsFrom([{ from: 0, to: 3 }, { from: 5, to: 9 }], 2)).toEqual([{ from: 2, to: 3 }, { from: 5, to: 9 }]); // prettier-ignore
  expect(runsFrom([{ from: 0, to: 3 }], 3)).toEqual([]);
});

test('dead rows change nothing: scores, draws, gradients and updates are those of all rows', async () => {
  const create = (everyRow: boolean) =>
    createReferenceEngine('float64', undefined, { everyRow }).createPolicy(
      SHAPE,
      exampleParameters(SHAPE),
    );
  const [live, every] = [await create(false), await create(true)];
  const B = 40;
  const given = exampleBatch(SHAPE, B);
  const weights = exampleWeights(SHAPE, B);
  // Groups of eight, of which some carry nothing, and single tokens without a weight.
  for (const name of ['logProb', 'entropy', 'value'] as const)
    weights[name].forEach((_, at) => {
      if (Math.floor(at / T / 8) % 2 === 0 || at % 3 === 0) weights[name][at] = 0;
    });
  const request = { batch: given, temperature: 0.9, weights };
  expect(
    relativeDistance(await live.gradient(request), await every.gradient(request)),
  ).toBeLessThan(1e-14);
  const scored = { batch: given, temperature: 0.9, distributions: true };
  expect(await live.score(scored)).toEqual(await every.score(scored));
  for (let step = 0; step < 3; step++) {
    const asked = { prompts: examplePrompts(SHAPE, 5, step), groupSize: 8, temperature: 1.2 };
    const [drawn, all] = await Promise.all(
      [live, every].map((policy) => policy.sample({ ...asked, key: { seed: 4, stream: 5, step } })),
    );
    expect(drawn).toEqual(all);
    const update = { temperature: 1.2, weights, optimizer: ADAM };
    const one = await live.update({ ...update, batch: drawn! });
    const other = await every.update({ ...update, batch: all! });
    expect(one.objective).toBeCloseTo(other.objective, 12);
    expect(one.gradientNorm).toBeCloseTo(other.gradientNorm, 12);
  }
});
