import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { drawProblems } from '../../src/experiments/trainingProblems.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { splitBySkill } from '../../src/tasks/prior.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const narrow = splitBySkill(task, split);
const { isNeeded } = task.skill;

describe('the problems of a step', () => {
  const drawn = (promptsPerStep: number, beyondShare: number, from = narrow) =>
    drawProblems(from, { seed: 1, promptsPerStep, beyondShare }, 5);

  it.each([
    [32, 0.5, 16],
    [32, 0, 0],
    [32, 1, 32],
    [5, 0.5, 3], // 2.5 is rounded up
    [7, 0.2, 1],
  ])('are %i, of which the share %f is beyond the prior: %i', (prompts, share, beyond) => {
    const problems = drawn(prompts, share);
    expect(problems.length).toBe(prompts);
    expect(problems.filter(isNeeded).length).toBe(beyond);
    expect(new Set(problems.map((problem) => task.showProblem(problem))).size).toBe(prompts);
    const heldOut = new Set([...narrow.heldOut, ...narrow.beyond!.heldOut]);
    expect(problems.filter((problem) => heldOut.has(problem))).toEqual([]);
  });

  it('are filled up from within where there are not as many beyond', () => {
    const few = { ...narrow, beyond: { train: narrow.beyond!.train.slice(0, 3), heldOut: [] } };
    const problems = drawn(10, 1, few);
    expect(problems.length).toBe(10);
    expect(problems.filter(isNeeded).length).toBe(3);
  });

  it('of a broad prior are the same for every share', () => {
    expect(drawn(8, 0, split)).toEqual(drawn(8, 1, split));
  });
});

describe('a run from a narrow prior', () => {
  const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
  const rowsOf = async (of: typeof split) => {
    const run = await startTraining(
      await createWasmEngine(),
      task,
      shape,
      initialParameters(shape, 1),
      of,
      trainSettings({
        ...DEFAULT_SETTINGS,
        ...{ steps: 4, evalEvery: 4, prompts: 4, groupSize: 8, evalProblems: 12, evalSamples: 0 },
      }),
    );
    const rows: TrainRow[] = [];
    for await (const row of run.rows) rows.push(row);
    run.dispose();
    return { rows, problems: run.problems };
  };

  it('evaluates the tier apart, by its own problems and chance', async () => {
    const { rows, problems } = await rowsOf(narrow);
    const tier = narrow.beyond!.heldOut.slice(0, 12);
    expect(problems.beyond!.skill).toBe('multiplication (×)');
    expect(problems.beyond!.heldOut).toEqual(tier.map((problem) => task.showProblem(problem)));
    expect(problems.beyond!.acceptCounts).toEqual(
      tier.map((problem) => task.acceptSet(problem).length),
    );
    // Guessing: each accepted answer of n tokens has probability 14⁻ⁿ.
    const chance = task.acceptSet(tier[0]).reduce((sum, { length }) => sum + 14 ** -length, 0);
    expect(problems.beyond!.chanceP[0]! / chance).toBeCloseTo(1, 12);
    for (const { beyond, heldOut } of rows.filter((row) => row.heldOut)) {
      expect(beyond!.p.length).toBe(12);
      expect(beyond!.passAt['16']).toBeCloseTo(meanPassAtK(beyond!.p, 16), 12);
      expect(beyond!.p).not.toEqual(heldOut!.p);
      expect(beyond).not.toHaveProperty('soundP'); // Countdown writes no steps
    }
    expect(rows[3]!.beyond).toBeUndefined();
    expect((await rowsOf(split)).problems).not.toHaveProperty('beyond');
  });

  it("shows the base's answers to the problem of the group, with no advantage, at evaluated steps", async () => {
    const { rows } = await rowsOf(narrow);
    expect(rows.map(({ group }) => group!.base?.length)).toEqual([8, 8, 8, undefined, 8]);
    for (const { group } of rows) {
      expect(task.showProblem(task.decode(group!.prompt))).toBe(group!.problem);
      for (const { tokens, correct, logProb } of [...group!.completions, ...(group!.base ?? [])]) {
        expect(task.verify(task.decode(group!.prompt), tokens).correct).toBe(correct);
        expect(logProb).toBeLessThan(0);
      }
      for (const { advantage } of group!.base ?? []) expect(advantage).toBe(0);
    }
  });

  it('draws those answers from the base itself, however far the policy has moved', async () => {
    const { rows } = await rowsOf(narrow);
    const { group } = rows.at(-1)!;
    const base = await (await createWasmEngine()).createPolicy(shape, initialParameters(shape, 1));
    const { tokens, logProb } = group!.base![3]!;
    const responses = Int32Array.from({ length: shape.responseLength }, (_, t) => tokens[t] ?? 0);
    const batch = {
      prompts: Int32Array.from(group!.prompt),
      responses,
      lengths: Int32Array.of(tokens.length),
    };
    const { logProbs } = await base.score({ batch, temperature: 1 });
    const sum = logProbs.reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(logProb, 4);
  });
});
