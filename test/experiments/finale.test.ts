import { describe, expect, it } from 'vitest';
import { loadStart } from '../../src/cli/base.ts';
import { enumerateAnswers } from '../../src/evaluation/answers.ts';
import { enumerateAcceptSets } from '../../src/evaluation/exact.ts';
import { samplerSuccess } from '../../src/evaluation/samplers.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';

const engine = await createWasmEngine();
const { task, shape, parameters, split } = await loadStart(DEFAULT_SETTINGS, engine);
const settings: RunSettings = {
  ...DEFAULT_SETTINGS,
  steps: 4,
  prompts: 8,
  groupSize: 8,
  lr: 3e-3,
  evalEvery: 4,
  evalProblems: 8,
  evalSamples: 0,
};

async function rowsOf(changes: Partial<RunSettings>): Promise<TrainRow[]> {
  const train = trainSettings({ ...settings, ...changes });
  const run = await startExperiment(engine, task, shape, parameters, split, train);
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
  run.dispose();
  return rows;
}

describe('the finale', () => {
  it('between the weights begins at the base and ends at the last row, to the last bit', async () => {
    const rows = await rowsOf({ finale: 'interpolation' });
    const { kind, points } = rows.at(-1)!.finale!;
    expect(kind).toBe('interpolation');
    expect(points.map(({ x }) => x)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    const last = rows.at(-1)!.heldOut!;
    expect(points[0]!.p).toEqual(rows[0]!.heldOut!.p);
    expect(points[0]!.passAt).toEqual(rows[0]!.heldOut!.passAt);
    expect(points[10]!.p).toEqual(last.p);
    expect(points[10]!.passAt).toEqual(last.passAt);
    expect(points[5]!.p).not.toEqual(points[0]!.p);
    expect(points[5]!.p).not.toEqual(last.p);
    // And it changes nothing else of the run.
    const plain = await rowsOf({});
    expect(plain).toEqual(rows.map(({ finale: _, ...row }) => row));
    expect(rows.slice(0, -1).some((row) => 'finale' in row)).toBe(false);
  });

  it('of temperatures has both policies as the run evaluates them, and one at equal entropy', async () => {
    const rows = await rowsOf({ finale: 'temperatures', evalProblems: 20 });
    const { points } = rows.at(-1)!.finale!;
    const at = (of: string, x: number, topP = 1) =>
      points.find(
        (point) => point.of === of && point.topP === topP && Math.abs(point.x - x) < 1e-9,
      )!;
    expect(points.length).toBe(41);
    for (const [of, row] of [
      ['base', rows[0]!],
      ['now', rows.at(-1)!],
    ] as const)
      at(of, 1).p.forEach((p, i) => expect(p / row.heldOut!.p[i]!).toBeCloseTo(1, 4));
    const sets = enumerateAcceptSets(task, shape, split.heldOut.slice(0, 20));
    const base = await engine.createPolicy(shape, parameters);
    const [nucleus] = await samplerSuccess(base, sets, [{ temperature: 0.6, topP: 0.95 }]);
    expect(at('base', 0.6, 0.95).p).toEqual(nucleus!.p);
    base.dispose();
    // A higher temperature has a higher entropy; so has the whole distribution than its nucleus.
    for (const of of ['base', 'now'])
      for (let x = 0.4; x < 2.1; x += 0.2) {
        expect(at(of, x).entropy).toBeGreaterThan(at(of, x - 0.2).entropy);
        expect(at(of, x, 0.95).entropy).toBeLessThan(at(of, x).entropy);
      }
    const matched = points.find(({ of }) => of === 'matched')!;
    expect(at('now', 1).entropy).toBeLessThan(at('base', 1).entropy);
    expect(matched.x).toBeGreaterThan(1);
    expect(Math.abs(matched.entropy - at('base', 1).entropy)).toBeLessThan(0.02);
  });
});

describe('a nucleus in the evaluation', () => {
  it('is in the exact numbers and in the samples, within 4 standard errors of 20 problems 64 times', async () => {
    const [row] = await rowsOf({ steps: 0, evalProblems: 20, evalTopP: 0.8, evalSamples: 64 });
    const [plain] = await rowsOf({ steps: 0, evalProblems: 20 });
    const { passAt, p, sampled } = row!.heldOut!;
    expect(p.filter((each) => each === 0).length).toBeGreaterThan(0);
    expect(Math.min(...plain!.heldOut!.p)).toBeGreaterThan(0);
    for (const k of [1, 16])
      expect(Math.abs(sampled!.passAt[k]! - passAt[k]!)).toBeLessThan(
        4 * sampled!.standardError[k]!,
      );
  });
});

describe('the measures of enumerated answers', () => {
  it('are in evaluated rows, of the problems asked for, and leave the others as they are', async () => {
    const rows = await rowsOf({ answerProblems: 2 });
    expect(rows.map((row) => 'answers' in row)).toEqual([true, true, true, false, true]);
    const { answers: first, ...row } = rows[0]!;
    expect(row).toEqual((await rowsOf({}))[0]);
    const last = rows.at(-1)!.answers!;
    for (const answers of [first!, last]) {
      expect(answers.problems).toBe(2);
      expect(answers.missing).toBeLessThan(0.03);
      // One vote is one answer: p itself, but for what is missing.
      expect(answers.distinct['4']).toBeGreaterThan(1);
      expect(answers.distinct['1024']! - answers.distinctError['1024']!).toBeLessThan(1024);
    }
    const p = (of: TrainRow): number =>
      of.heldOut!.p.slice(0, 2).reduce((sum, each) => sum + each, 0) / 2;
    expect(Math.abs(first!.majority['1']! - p(rows[0]!))).toBeLessThan(first!.majorityError['1']!);
    expect(Math.abs(last.majority['1']! - p(rows.at(-1)!))).toBeLessThan(last.majorityError['1']!);
    expect(first!.perplexity.now).toBe(first!.perplexity.base);
    expect(last.perplexity.base).toBe(first!.perplexity.base);
    expect(last.perplexity.now).not.toBe(last.perplexity.base);
    // The base itself, one level deeper: its entropy is where the first row says.
    const base = await engine.createPolicy(shape, parameters);
    const deeper = await enumerateAnswers(base, task, split.heldOut.slice(0, 2), {
      smallest: 1e-6,
      temperature: 1,
    });
    const entropy =
      deeper.reduce(
        (sum, { answers }) =>
          sum - answers.reduce((h, { logProb }) => h + Math.exp(logProb) * logProb, 0),
        0,
      ) / 2;
    expect(Math.abs(entropy - first!.entropy)).toBeLessThan(2 * first!.entropyError + 0.01);
    base.dispose();
  });
});
