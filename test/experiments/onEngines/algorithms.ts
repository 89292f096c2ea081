import { describe, expect, it } from 'vitest';
import { startTraining, type TrainRow } from '../../../src/experiments/train.ts';
import type { Engine } from '../../../src/policy/policy.ts';
import { ALGORITHMS, type AlgorithmName } from '../../../src/rl/algorithms.ts';
import { defaultsFor, trainSettings } from '../../../src/run/settings.ts';
import type { TaskFamily } from '../../../src/run/table.ts';
import { baseOf, reference } from './base.ts';

type Case = readonly [AlgorithmName, TaskFamily];

/** Every algorithm, on a task that it is made for. */
export const ALL_ALGORITHMS: readonly Case[] = (Object.keys(ALGORITHMS) as AlgorithmName[]).map(
  (algorithm) => [algorithm, algorithm === 'process' ? 'countdown-steps' : 'countdown'],
);

async function rowsOn(
  engine: Engine,
  algorithm: AlgorithmName,
  family: TaskFamily,
): Promise<TrainRow[]> {
  const { task, split, shape, parameters } = await baseOf(
    family === 'countdown' ? 'countdown-3' : family,
  );
  const settings = trainSettings({
    ...defaultsFor({ task: family, algorithm }),
    steps: 5,
    prompts: 4,
    // With k = G there would be one subset, and no advantage.
    passK: 2,
    groupSize: 4,
    evalEvery: 5,
    evalProblems: 4,
    evalSamples: 0,
  });
  const run = await startTraining(engine, task, shape, parameters, split, settings);
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  run.dispose();
  return rows;
}

/** Training has the same rows on an engine as on the reference engine. */
export function describeAlgorithms(tested: () => Engine, cases: readonly Case[]): void {
  describe('an algorithm trains on both engines to the same rows', () => {
    it.each(cases)('%s on %s', async (algorithm, family) => {
      const [onTested, onReference] = [
        await rowsOn(tested(), algorithm, family),
        await rowsOn(reference, algorithm, family),
      ];
      // The policy has moved, or the comparison would be one of the base with itself.
      expect(onReference[5]!.heldOut!.p).not.toEqual(onReference[0]!.heldOut!.p);
      expect(onTested.length).toBe(6);
      onReference.forEach((expected, step) => {
        const actual = onTested[step]!;
        expect(actual.reward, `reward of step ${step}`).toBe(expected.reward);
        expect(actual.group!.completions.map(({ text }) => text)).toEqual(
          expected.group!.completions.map(({ text }) => text),
        );
        for (const metric of [
          'entropy',
          'kl',
          'clip_ratio',
          'grad_norm',
          'loss',
          'value_loss',
          'cov_share',
        ] as const) {
          const [a, b] = [actual[metric], expected[metric]];
          if (b === null) expect(a, metric).toBeNull();
          // float32 on both sides, amplified by up to 20 updates.
          else
            expect(Math.abs(a! - b), `${metric} of step ${step}`).toBeLessThan(
              2e-3 * (1 + Math.abs(b)),
            );
        }
        expected.heldOut?.p.forEach((p, i) =>
          expect(Math.abs(actual.heldOut!.p[i]! - p), `p of problem ${i}`).toBeLessThan(2e-3),
        );
      });
    });
  });
}
