import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { enumerateAnswers } from '../../src/evaluation/answers.ts';
import { enumerateAcceptSets, exactSuccess } from '../../src/evaluation/exact.ts';
import { visibleTokens } from '../../src/experiments/powerSampling.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';

const engine = await createWasmEngine();
const settings: RunSettings = {
  ...DEFAULT_SETTINGS,
  experiment: 'power-sampling',
  steps: 12,
  evalEvery: 4,
  evalProblems: 6,
  chains: 48,
  blocks: 2,
};
const start = await loadStart(settings, engine);

async function rowsOf(changes: Partial<RunSettings> = {}): Promise<TrainRow[]> {
  const { task, shape, parameters, split } = start;
  const run = await startExperiment(
    engine,
    task,
    shape,
    parameters,
    split,
    trainSettings({ ...settings, ...changes }),
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
  run.dispose();
  return rows;
}

describe('power sampling', () => {
  it('has the base in row 0 and the exact target wherever it is evaluated', async () => {
    const rows = await rowsOf();
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, step) => step));
    const evaluated = rows.filter(({ heldOut }) => heldOut);
    expect(evaluated.map(({ step }) => step)).toEqual([0, 1, 2, 4, 8, 12]);

    const { task, shape, parameters, split } = start;
    const policy = await engine.createPolicy(shape, parameters);
    const problems = split.heldOut.slice(0, 6);
    const sets = enumerateAcceptSets(task, shape, problems);
    expect(rows[0]!.heldOut!.p).toEqual((await exactSuccess(policy, sets, 1)).p);
    // Twice as deep an enumeration, summed without a tolerance, is within the error that the rows state.
    const answers = await enumerateAnswers(policy, task, problems, {
      smallest: 1e-6,
      temperature: 1,
    });
    const last = rows.at(-1)!;
    expect(last.target_error).toBeLessThan(1e-6);
    answers.forEach((of, i) => {
      const power = (only: boolean): number =>
        of.answers.reduce(
          (sum, { logProb, correct }) => sum + (only && !correct ? 0 : Math.exp(4 * logProb)),
          0,
        );
      expect(Math.abs(last.heldOut!.p[i]! - power(true) / power(false))).toBeLessThan(1e-5);
    });
    for (const row of evaluated.slice(1)) expect(row.heldOut!.p).toEqual(last.heldOut!.p);
    policy.dispose();
  });

  it('samples what it computes: base and target within 4 standard errors of 288 answers', async () => {
    const rows = await rowsOf({ steps: 24, evalEvery: 24 });
    for (const { heldOut } of [rows[0]!, rows.at(-1)!])
      for (const k of [1, 4, 16]) {
        const { passAt, standardError, samples } = heldOut!.sampled!;
        expect(samples).toBe(48);
        expect(standardError[k]).toBeLessThan(0.1);
        expect(Math.abs(passAt[k]! - heldOut!.passAt[k]!)).toBeLessThan(4 * standardError[k]!);
      }
  });

  it('counts the tokens that it draws, and how many proposals were taken', async () => {
    const rows = await rowsOf({ blocks: 1 });
    const C = 6 * 48;
    expect(rows[0]!.acceptance).toBe(null);
    expect(rows[0]!.num_tokens / C).toBeCloseTo(rows[0]!['completions/mean_length'], 10);
    for (const row of rows.slice(2)) {
      // A position is uniform, so the rest is on average (n + 1) / 2 tokens of about n.
      const expected = (rows[1]!['completions/mean_length'] + 1) / 2;
      expect(Math.abs(row.num_tokens / C - expected)).toBeLessThan(0.4);
      expect(row.acceptance).toBeGreaterThan(0.3);
      expect(row.acceptance).toBeLessThanOrEqual(1);
    }
    expect(rows[1]!.num_tokens / C).toBeGreaterThan(rows[0]!['completions/mean_length']);
  });

  it('is the same twice, and other chains for another seed', async () => {
    const few = { steps: 4, chains: 4 };
    const rows = await rowsOf(few);
    expect(await rowsOf(few)).toEqual(rows);
    const other = await rowsOf({ ...few, seed: 2 });
    expect(other.map(({ group }) => group)).not.toEqual(rows.map(({ group }) => group));
    expect(other.at(-1)!.heldOut!.p).toEqual(rows.at(-1)!.heldOut!.p);
  });

  it('makes 7 tokens visible in 3 blocks over 9 moves: 3, then 5, then 7', () => {
    const visible = Array.from({ length: 9 }, (_, i) =>
      visibleTokens({ steps: 9, blocks: 3 }, 7, i + 1),
    );
    expect(visible).toEqual([3, 3, 3, 5, 5, 5, 7, 7, 7]);
    expect(visibleTokens({ steps: 2, blocks: 16 }, 6, 2)).toBe(6);
  });
});
