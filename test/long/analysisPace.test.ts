import { expect, it } from 'vitest';
import { analyse } from '../../src/results/analyse.ts';
import { madeCounts, modelOf } from '../results/made.ts';

it.each([
  // Of one n there are at most 1,025 different counts; with as many n, nearly each problem has its own.
  ['1,024', 1024, 1024, 3000],
  ['1,024 to 2,047', 1024, 2047, 6000],
])(
  'two models of 10,000 problems with %s samples are analysed, 2,000 resamples and all, in time',
  (_, least, most, within) => {
    const models = [1, 2].map((seed) => modelOf(`m${seed}`, madeCounts(seed, 10_000, least, most)));
    const began = performance.now();
    const { comparisons } = analyse(models, { base: 0, leastN: 1, resamples: 2000, seed: 0 });
    const took = performance.now() - began;
    console.log(`${took.toFixed(0)} ms`);
    expect(comparisons[0]!.joined).toBe(10_000);
    expect(took).toBeLessThan(within);
  },
  120_000,
);
