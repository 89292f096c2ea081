import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import { wrongCredit, wrongStepShare } from '../../src/experiments/completions.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { createBatch } from '../../src/policy/batch.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { advantagesOf } from '../../src/rl/advantages.ts';
import { choicesOf } from '../../src/rl/algorithms.ts';
import { REWARDS } from '../../src/rl/rewards.ts';
import { judge } from '../../src/rl/rollouts.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import { showResponse, type Task } from '../../src/tasks/task.ts';

const task = await createTask('countdown-steps');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
const engine = await createWasmEngine();

describe('a run of a task that writes steps', () => {
  it('evaluates sound success beside success, and shows the steps of its completions', async () => {
    const settings = trainSettings({
      ...DEFAULT_SETTINGS,
      ...{ steps: 4, evalEvery: 4, prompts: 4, groupSize: 4, evalProblems: 2, evalSamples: 0 },
    });
    const run = await startTraining(
      engine,
      task,
      shape,
      initialParameters(shape, 1),
      split,
      settings,
    );
    const rows: TrainRow[] = [];
    for await (const row of run.rows) rows.push(row);
    expect(rows.map((row) => 'wrong_steps' in row)).toEqual([true, true, true, false, true]);
    for (const { tokens, steps } of rows[0]!.group!.completions)
      expect(steps).toEqual(task.checkSteps!(split.train[0], tokens));
    expect(rows[0]!.group!.base![0]!.steps).toBeDefined();

    // A slow twin of the last evaluation: one response at a time, its steps read from the text.
    const { p, soundP, soundPassAt } = rows.at(-1)!.heldOut!;
    const problem = split.heldOut[1];
    const sums = { p: 0, sound: 0, chance: 0 };
    const operations = { '+': 1, '−': -1 } as Record<string, number>;
    for (const response of task.acceptSet(problem)) {
      const batch = createBatch(shape, [{ prompt: task.encode(problem), response }]);
      const { logProbs } = await run.policy.score({ batch, temperature: 1 });
      const probability = Math.exp(logProbs.reduce((sum, value) => sum + value, 0));
      sums.p += probability;
      const words = showResponse(task, response).split(' ');
      let sound = true;
      for (let at = 0; at + 4 < words.length; at += 4) {
        const [left, right, written] = [words[at], words[at + 2], words[at + 4]].map(Number);
        const sign = operations[words[at + 1]!];
        sound &&= (sign ? left! + sign * right! : left! * right!) === written;
      }
      if (sound) sums.sound += probability;
      if (sound) sums.chance += 29 ** -response.length;
    }
    expect(p[1]! / sums.p).toBeCloseTo(1, 5);
    expect(soundP![1]! / sums.sound).toBeCloseTo(1, 5);
    expect(run.problems.chanceSoundP![1]! / sums.chance).toBeCloseTo(1, 12);
    soundP!.forEach((sound, i) => expect(sound).toBeLessThan(p[i]!));
    expect(soundPassAt!['16']).toBeCloseTo(meanPassAtK(soundP!, 16), 12);
    run.dispose();
  });

  it('counts rewarded rollouts with a wrong step: one of two, and none of none', () => {
    const problem = { numbers: [2, 3, 7], target: 19 };
    const read = (written: string): number[] => [
      ...written.split(' ').map((word) => task.vocabulary.tokens.indexOf(word)),
      0,
    ];
    const shareOf = (answers: string[]): number | null => {
      const responses = answers.map(read);
      const batch = createBatch(
        shape,
        responses.map((response) => ({ prompt: task.encode(problem), response })),
      );
      const none = new Float32Array(batch.responses.length);
      const rollouts = { ...batch, logProbs: none, entropies: none };
      const draw = { problems: [problem], rollouts, greedy: null };
      return wrongStepShare(judge(task as Task, shape, draw));
    };
    const [sound, lucky, wrong] = [
      '7 × 3 = 21 − 2 = 19',
      '7 × 3 = 22 − 2 = 19',
      '7 × 3 = 22', // a wrong step, but not rewarded
    ];
    expect(shareOf([sound, lucky, wrong])).toBe(0.5);
    expect(shareOf([sound, wrong])).toBe(0);
    expect(shareOf([wrong])).toBe(null);
  });

  it('says where the credit falls: on the invalid steps of lucky answers, unless steps are rewarded', async () => {
    const problem = { numbers: [2, 3, 7], target: 19 };
    const answers = ['7 × 3 = 21 − 2 = 19', '7 × 2 = 16 + 3 = 19', '7 × 3 = 22'].map((written) => [
      ...written.split(' ').map((word) => task.vocabulary.tokens.indexOf(word)),
      0,
    ]);
    const rows = answers.map((response) => ({ prompt: task.encode(problem), response }));
    const batch = createBatch(shape, rows);
    const none = new Float32Array(batch.responses.length);
    const draw = {
      problems: [problem],
      rollouts: { ...batch, logProbs: none, entropies: none },
      greedy: null,
    };
    const drawn = judge(task as Task, shape, draw);
    const creditOf = (algorithm: 'dr-grpo' | 'process'): number | null => {
      const choices = choicesOf(algorithm);
      const checks = { steps: drawn.steps! };
      const input = { groupSize: 3, T: shape.responseLength, lengths: batch.lengths, ...checks };
      const { outcomes } = drawn;
      const rewards = REWARDS[choices.reward].ofTokens({
        ...{ ...input, outcomes, logProbs: none, unlikeliness: 0 },
      });
      const advantages = advantagesOf(choices.advantage, { ...input, rewards, outcomes }, choices);
      return wrongCredit({ drawn, batch: null, advantages });
    };
    // A = 1/3 for both right answers: 5 + 4 tokens of two valid steps, 5 of an invalid one and 4 of the valid next.
    expect(creditOf('dr-grpo')).toBeCloseTo(5 / 18, 12);
    // The step before a rewarded one gets a part of its credit, so that the slip does not go free.
    expect(creditOf('process')!).toBeLessThan(5 / 18);
    expect(wrongCredit({ drawn, batch: null, advantages: new Float64Array(none.length) })).toBe(
      null,
    );
    expect(
      wrongCredit({
        drawn: { ...drawn, steps: null },
        batch: null,
        advantages: Float64Array.from(none),
      }),
    ).toBe(null);
  });
});
