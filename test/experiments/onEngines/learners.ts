import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../../src/core/random.ts';
import { startTraining, type TrainRow } from '../../../src/experiments/train.ts';
import { createBatch } from '../../../src/policy/batch.ts';
import type { Engine } from '../../../src/policy/policy.ts';
import { createJudge } from '../../../src/rl/judge.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../../src/run/settings.ts';
import { baseOf, reference } from './base.ts';

export const ALL_LEARNERS: readonly Partial<RunSettings>[] = [
  { experiment: 'distillation' },
  { experiment: 'on-policy-distillation' },
  { experiment: 'expert-iteration' },
  { experiment: 'self-training', warmSteps: 2 },
  { verifier: 'majority' },
  { staleness: 2 },
  { staleness: 2, truncation: 2 },
  { hintShare: 0.5 },
  { experiment: 'evolution', population: 4, lr: 0.01 },
];

async function rowsOn(
  engine: Engine,
  changes: Partial<RunSettings>,
  teacherWidth: number,
): Promise<TrainRow[]> {
  const { task, split, shape, parameters } = await baseOf('countdown-3', { correctFraction: 0.5 });
  const teacher = await baseOf('countdown-3', { width: teacherWidth });
  const settings = trainSettings({
    ...DEFAULT_SETTINGS,
    ...{ steps: 6, prompts: 8, groupSize: 8, evalEvery: 6, evalProblems: 4, evalSamples: 0 },
    ...{ teacherAnswers: 200, generationAnswers: 200, generationSteps: 3 },
    ...changes,
  });
  const run = await startTraining(
    ...([engine, task, shape, parameters, split, settings] as const),
    null,
    { shape: teacher.shape, parameters: teacher.parameters },
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  run.dispose();
  return rows;
}

/** What RLVR is compared with has the same rows on both engines. */
export function describeLearners(
  webgl: () => Engine,
  cases: readonly Partial<RunSettings>[],
  teacherWidth: number,
): void {
  describe('what RLVR is compared with trains on both engines to the same rows', () => {
    it.each(cases)('%j', async (changes) => {
      const onReference = await rowsOn(reference, changes, teacherWidth);
      const onWebgl = await rowsOn(webgl(), changes, teacherWidth);
      expect(onReference[6]!.heldOut!.p).not.toEqual(onReference[0]!.heldOut!.p);
      expect(onWebgl.length).toBe(7);
      onReference.forEach((expected, step) => {
        const actual = onWebgl[step]!;
        expect(actual.reward, `reward of step ${step}`).toBe(expected.reward);
        expect(actual.accuracy, `accuracy of step ${step}`).toBe(expected.accuracy);
        for (const metric of ['entropy', 'grad_norm', 'loss'] as const) {
          const [a, b] = [actual[metric], expected[metric]];
          if (b === null) expect(a, metric).toBeNull();
          // float32 on the one side, amplified by 6 updates.
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

export function describeJudge(webgl: () => Engine): void {
  it('a judge learns the same on both engines', async () => {
    const { task, split, shape, parameters } = await baseOf('countdown-3', {
      correctFraction: 0.5,
    });
    const random = uniformSequence({ seed: 1, stream: 99, step: 0 });
    const rows = split.heldOut.slice(0, 64).map((problem, i) => ({
      prompt: task.encode(problem),
      response: task.demonstrate(problem, i % 2, random),
    }));
    const batch = createBatch(shape, rows);
    const approvalsOn = async (engine: Engine) => {
      const settings = { seed: 1, judgeAnswers: 64, temperature: 1 };
      const judge = await createJudge(engine, task, shape, parameters, split.train, settings, null);
      const untaught = await judge.approvals(batch);
      for (let step = 0; step < 6; step++)
        await judge.learn(
          batch,
          rows.map((_, i) => i % 2),
        );
      const approvals = await judge.approvals(batch);
      judge.dispose();
      return { untaught, approvals };
    };
    const [expected, actual] = [await approvalsOn(reference), await approvalsOn(webgl())];
    expect(expected.approvals).not.toEqual(expected.untaught);
    // float32 on the one side, amplified by 14 updates of a value that goes from 0 to 1.
    expected.approvals.forEach((approval, b) =>
      expect(Math.abs(actual.approvals[b]! - approval)).toBeLessThan(2e-3),
    );
  });
}
