import { describe, expect, it } from 'vitest';
import { startTraining, type TrainRow } from '../../../src/experiments/train.ts';
import { DEFAULT_ADAM } from '../../../src/policy/policy.ts';
import type { WebglEngine } from '../../../src/policy/webgl/engine.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../../src/run/settings.ts';
import { baseOf } from './base.ts';

export function describeDeferredReport(webgl: () => WebglEngine): void {
  describe('a deferred report', () => {
    it('is the one that a readback at once gives, whichever verb brings it', async () => {
      const { task, split, shape, parameters } = await baseOf();
      const policy = await webgl().createPolicy(shape, parameters);
      const request = (step: number) => ({
        prompts: Int32Array.from(
          split.train.slice(0, 3).flatMap((problem) => task.encode(problem)),
        ),
        groupSize: 5, // 15 sequences, so that a quad is padded
        temperature: 1,
        key: { seed: 1, stream: 5, step },
      });
      const start = await policy.snapshot();
      const updated = async <Next>(deferReport: boolean, then: () => Promise<Next>) => {
        await policy.restore(start);
        const batch = await policy.sample(request(1));
        const logProb = Float32Array.from(batch.logProbs, (_, i) => Math.sin(i));
        const update = policy.update({
          batch,
          temperature: 1,
          weights: { logProb },
          optimizer: { ...DEFAULT_ADAM, learningRate: 0.01 },
          deferReport,
        });
        if (!deferReport) await update;
        const next = await then();
        return { report: await update, next };
      };
      const atOnce = await updated(false, () => policy.sample(request(2)));
      expect(atOnce.report.gradientNorm).toBeGreaterThan(0);
      const bySample = await updated(true, () => policy.sample(request(2)));
      expect(bySample).toEqual(atOnce);
      const score = () => policy.score({ batch: bySample.next, temperature: 1 });
      expect((await updated(true, score)).report).toEqual(atOnce.report);
      expect((await updated(true, () => policy.snapshot())).report).toEqual(atOnce.report);
      policy.dispose();
    });

    it('leaves one readback to an on-policy step, at most 150 draws, and the same rows as without', async () => {
      const { task, split, shape, parameters } = await baseOf();
      const engine = webgl();
      const settings = trainSettings({
        ...DEFAULT_SETTINGS,
        steps: 8,
        prompts: 4,
        groupSize: 8,
        evalEvery: 4,
        evalProblems: 4,
        evalSamples: 0,
      });
      const run = await startTraining(engine, task, shape, parameters, split, settings);
      const rows: TrainRow[] = [];
      const counted: { readbacks: number; draws: number }[] = [];
      engine.resetStats();
      for await (const row of run.rows) {
        rows.push(row);
        counted.push(engine.stats());
        engine.resetStats();
      }
      // Steps 6 and 7 begin and end between evaluations: their readback is the next rollout's.
      for (const step of [6, 7]) {
        expect(counted[step]!.readbacks, `step ${step}`).toBe(1);
        expect(counted[step]!.draws, `step ${step}`).toBeLessThanOrEqual(150);
      }
      // With an evaluation after every step no report is deferred; the steps themselves must be the same.
      const everyStep = await startTraining(engine, task, shape, parameters, split, {
        ...settings,
        evalEvery: 1,
      });
      const step = ({ step, reward, entropy, loss, grad_norm }: TrainRow) => ({ step, reward, entropy, loss, grad_norm }); // prettier-ignore
      const undeferred: TrainRow[] = [];
      for await (const row of everyStep.rows) undeferred.push(row);
      run.dispose();
      everyStep.dispose();
      expect(rows.map(step)).toEqual(undeferred.map(step));
      expect(Math.max(...rows.slice(1).map(({ grad_norm }) => grad_norm!))).toBeGreaterThan(0);
    });
  });
}
