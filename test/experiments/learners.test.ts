import { beforeAll, describe, expect, it } from 'vitest';
import { mean, standardError } from '../../src/core/statistics.ts';
import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { zScores } from '../../src/experiments/evolution.ts';
import type { ExperimentName } from '../../src/experiments/experiments.ts';
import type { Teacher } from '../../src/experiments/learner.ts';
import { SUPERVISED_BATCH, supervisedIndices } from '../../src/experiments/supervised.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import type { TrainSettings } from '../../src/experiments/trainSettings.ts';
import { responseOf } from '../../src/policy/batch.ts';
import type { Batch, Policy, Rollouts, UpdateRequest } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { createCheckpoints } from '../../src/session/checkpoints.ts';
import { survivingRows } from '../../src/session/survive.ts';
import { splitBySkill } from '../../src/tasks/prior.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import { changedEngine, loseDevice, watchedEngine } from '../session/engines.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
const engine = await createWasmEngine();
let base: Float32Array;
let teacher: Teacher;

const small = (changes: Partial<RunSettings>): TrainSettings =>
  trainSettings({
    ...DEFAULT_SETTINGS,
    ...{ seed: 3, steps: 4, lr: 3e-3, prompts: 8, groupSize: 8, evalEvery: 100 },
    ...{ evalProblems: 24, evalSamples: 0, teacherAnswers: 300, generationAnswers: 300 },
    ...changes,
  });

beforeAll(async () => {
  const pretrained = async (width: number, correctFraction: number) => {
    const ofWidth = { ...shape, width };
    const settings = {
      seed: 2,
      steps: 120,
      batchSize: 32,
      learningRate: 1e-2,
      correctFraction,
      rarity: 1,
    };
    const generator = pretrain(engine, task, ofWidth, split, settings);
    for (;;) {
      const next = await generator.next();
      if (next.done) return { shape: ofWidth, parameters: next.value.parameters };
    }
  };
  base = (await pretrained(16, 0.3)).parameters;
  teacher = await pretrained(24, 1);
}, 60_000);

/** A run with every update that its policy was asked for. */
async function runOf(settings: TrainSettings, of = split) {
  const updates: UpdateRequest[] = [];
  const watched = changedEngine(
    ({ update }) => ({
      update(request) {
        updates.push(request);
        return update(request);
      },
    }),
    engine,
  );
  const run = await startTraining(watched, task, shape, base, of, settings, null, teacher);
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push({ ...row, step_time: 0 });
  run.dispose();
  return { rows, updates };
}
const answersIn = (batch: Batch) =>
  Array.from(batch.lengths, (_, b) => {
    const prompt = [...batch.prompts.subarray(4 * b, 4 * b + 4)];
    const problem = task.decode(prompt);
    const response = responseOf(shape, batch, b);
    const { correct } = task.verify(problem, response);
    return { name: `${prompt.join()}:${response.join()}`, problem, correct };
  });
/** Mean negative log-probability of the tokens at the base's parameters. */
async function crossEntropy(batch: Batch): Promise<number> {
  const policy = await engine.createPolicy(shape, base);
  const { logProbs } = await policy.score({ batch, temperature: 1 });
  const tokens = batch.lengths.reduce((sum, length) => sum + length, 0);
  return -logProbs.reduce((sum, logProb) => sum + logProb, 0) / tokens;
}

describe('batches of supervised learning', () => {
  it.each([
    [50, 0],
    [128, 0],
    [300, 7],
  ])('go through %i answers, each as often as another, from epoch %i on', (count, first) => {
    const seen = new Array<number>(count).fill(0);
    for (let batch = 0; batch < count; batch++)
      for (const index of supervisedIndices(count, batch, 1, first)) seen[index]!++;
    expect(seen).toEqual(new Array(count).fill(SUPERVISED_BATCH));
  });

  it('come in another order in another epoch', () => {
    expect(supervisedIndices(128, 0, 1)).not.toEqual(supervisedIndices(128, 1, 1));
    expect(supervisedIndices(128, 0, 1, 1)).toEqual(supervisedIndices(128, 1, 1));
  });
});

describe('RLVR beside a teacher', () => {
  it('makes the updates of RLVR with the answers that distillation learns there', async () => {
    const beside = await runOf(small({ sftWeight: 0.3, warmSteps: 1 }));
    const distilled = await runOf(small({ experiment: 'distillation' }));
    const alone = await runOf(small({ warmSteps: 1 }));
    // One step of warm start, then rollouts of 8 × 8 and 128 answers.
    expect(beside.updates.map(({ batch }) => batch.lengths.length)).toEqual([128, 192, 192, 192]);
    const ofAnswers = answersIn(beside.updates[1]!.batch).slice(64);
    expect(ofAnswers).toEqual(answersIn(distilled.updates[1]!.batch));
    const T = shape.responseLength;
    const { logProb } = beside.updates[1]!.weights;
    expect(logProb.subarray(0, 64 * T)).toEqual(alone.updates[1]!.weights.logProb);
    const each = distilled.updates[1]!.weights.logProb[0]!;
    for (const weight of logProb.subarray(64 * T)) expect(weight).toBeCloseTo(0.3 * each, 9);
    expect(beside.rows[2]!.loss).toBe(alone.rows[2]!.loss);
    expect(beside.rows[3]).not.toEqual(alone.rows[3]);
  });
});

describe('distillation', () => {
  it('learns tokens of the teacher’s answers to training problems, each weighing 1/N', async () => {
    const { rows, updates } = await runOf(small({ experiment: 'distillation' }));
    expect(updates.length).toBe(4);
    const heldOut = new Set(split.heldOut.map((problem) => task.showProblem(problem)));
    for (const { batch, weights } of updates) {
      expect(batch.lengths.length).toBe(128);
      const tokens = batch.lengths.reduce((sum, length) => sum + length, 0);
      expect(new Set(weights.logProb)).toEqual(new Set([Math.fround(1 / tokens)]));
      for (const { problem } of answersIn(batch))
        expect(heldOut.has(task.showProblem(problem))).toBe(false);
    }
    // Batches 1 and 2 are 256 of the 300 answers, none of them twice.
    const learned = updates.slice(0, 2).flatMap(({ batch }) => answersIn(batch));
    const prompts = learned.map(({ name }) => name.split(':')[0]);
    expect(new Set(prompts).size).toBe(256);
    expect(rows[1]!.loss).toBeCloseTo(await crossEntropy(updates[0]!.batch), 5);
    expect(rows[1]!.grad_norm).toBeGreaterThan(0);
    expect(rows[0]!.loss).toBe(null);
    expect(rows[2]!.group!.completions.every(({ advantage }) => advantage === 0)).toBe(true);
  });

  it('of right answers learns only those', async () => {
    const all = await runOf(small({ experiment: 'distillation' }));
    const right = await runOf(small({ experiment: 'distillation', teacherKeep: 'right' }));
    const kept = (updates: UpdateRequest[]) => updates.flatMap(({ batch }) => answersIn(batch));
    expect(kept(right.updates).every(({ correct }) => correct)).toBe(true);
    expect(kept(all.updates).every(({ correct }) => correct)).toBe(false);
    const names = new Set(kept(all.updates).map(({ name }) => name));
    expect(kept(right.updates).filter(({ name }) => !names.has(name))).toEqual([]);
  });

  it('from a narrow prior takes the share of its answers from beyond it', async () => {
    const settings = small({ experiment: 'distillation', beyondShare: 0.25, teacherAnswers: 128 });
    const { updates } = await runOf({ ...settings, steps: 1 }, splitBySkill(task, split));
    const beyond = answersIn(updates[0]!.batch).filter((a) => task.skill.isNeeded(a.problem));
    expect(beyond.length).toBe(32);
  });

  it('lowers its loss, and brings the policy towards the teacher', async () => {
    const { rows } = await runOf(small({ experiment: 'distillation', steps: 60, evalEvery: 60 }));
    const lossesFrom = (from: number) => rows.slice(from, from + 5).map(({ loss }) => loss!);
    const [first, last] = [lossesFrom(1), lossesFrom(56)];
    // Means of 5 steps each, of 128 answers.
    const error = Math.hypot(standardError(first), standardError(last));
    expect(mean(first) - mean(last)).toBeGreaterThan(4 * error);
    expect(rows.at(-1)!.heldOut!.passAt['1']).toBeGreaterThan(rows[0]!.heldOut!.passAt['1']!);
  });
});

describe('on-policy distillation', () => {
  it('gives each token log π_teacher − log π, and the reverse KL distance as loss', async () => {
    const { rows, updates } = await runOf(
      small({ experiment: 'on-policy-distillation', steps: 1 }),
    );
    const [{ batch, weights }] = updates as [UpdateRequest];
    const student = await engine.createPolicy(shape, base);
    const master = await engine.createPolicy(teacher.shape, teacher.parameters);
    const own = (await student.score({ batch, temperature: 1 })).logProbs;
    const others = (await master.score({ batch, temperature: 1 })).logProbs;
    const tokens = batch.lengths.reduce((sum, length) => sum + length, 0);
    let distance = 0;
    weights.logProb.forEach((weight, at) => {
      expect(weight).toBeCloseTo((others[at]! - own[at]!) / tokens, 6);
      distance += (own[at]! - others[at]!) / tokens;
    });
    expect(rows[1]!.loss).toBeCloseTo(distance, 5);
  });

  it('lowers that distance', async () => {
    const settings = { experiment: 'on-policy-distillation', steps: 40 } as const;
    const { rows } = await runOf(small({ ...settings, prompts: 16, groupSize: 16 }));
    const lossesFrom = (from: number) => rows.slice(from, from + 10).map(({ loss }) => loss!);
    const [first, last] = [lossesFrom(1), lossesFrom(31)];
    // Means of 10 steps each, of 256 answers.
    const error = Math.hypot(standardError(first), standardError(last));
    expect(mean(first) - mean(last)).toBeGreaterThan(4 * error);
  });
});

describe('learning from own answers', () => {
  it.each([
    ['expert-iteration', true],
    ['self-training', false],
  ] as const)(
    '%s: a generation learns those of the policy at its beginning',
    async (name, right) => {
      const settings = { experiment: name, generationSteps: 3, generationAnswers: 600, steps: 6 };
      const { rows, updates } = await runOf(small(settings));
      expect(updates.length).toBe(6);
      const learned = updates.map(({ batch }) => answersIn(batch));
      expect(learned.flat().every(({ correct }) => correct)).toBe(right);
      expect(rows[1]!.loss).toBeCloseTo(await crossEntropy(updates[0]!.batch), 5);
      const names = (steps: typeof learned) => new Set(steps.flat().map(({ name }) => name));
      const [first, second] = [names(learned.slice(0, 3)), names(learned.slice(3))];
      const shared = [...second].filter((answer) => first.has(answer)).length;
      expect(shared).toBeLessThan(second.size / 2);
    },
  );

  it('learns nothing from a generation without a right answer', async () => {
    const settings = { experiment: 'expert-iteration', generationAnswers: 1, steps: 3 } as const;
    const { rows, updates } = await runOf(small({ ...settings, generationSteps: 1, seed: 4 }));
    const learning = rows.slice(1).filter(({ loss }) => loss !== null);
    expect(learning.length).toBe(updates.length);
    expect(updates.length).toBeLessThan(3);
  });
});

describe('stale rollouts', () => {
  /** The parameters before each step: with 'rlvr' a step makes one update. */
  async function followed(changes: Partial<RunSettings>) {
    const settings = small({ steps: 5, ...changes });
    const { rows, updates } = await runOf(settings);
    const before: Float32Array[] = [];
    const policy = await engine.createPolicy(shape, base);
    for (const update of updates) {
      before.push((await policy.snapshot()).parameters);
      await policy.update(update);
    }
    return { rows, updates, before };
  }

  it.each([0, 1, 3, 9])('of %i steps ago are those of the policy of that step', async (L) => {
    const { updates, before } = await followed({ staleness: L });
    expect(updates.length).toBe(5);
    for (const [i, { batch }] of updates.entries()) {
      const { logProbs } = batch as Rollouts;
      const old = await engine.createPolicy(shape, before[Math.max(0, i - L)]!);
      const scored = (await old.score({ batch, temperature: 1 })).logProbs;
      scored.forEach((logProb, at) => expect(logProbs[at]).toBeCloseTo(logProb, 5));
    }
  });

  it('weigh by the ratio of the two policies, whose logarithm the first update has anew', async () => {
    const { updates, before, rows } = await followed({
      staleness: 2,
      surrogate: 'ratio',
      lr: 0.01,
    });
    const signed = (await followed({ staleness: 2, surrogate: 'log-prob', lr: 0.01 })).updates;
    // Two steps in, the policy is still that of the other run: neither has used a ratio other than 1.
    const [{ batch, weights }, plain] = [updates[1]!, signed[1]!.weights];
    const now = await engine.createPolicy(shape, before[1]!);
    const { logProbs } = await now.score({ batch, temperature: 1 });
    const old = (batch as Rollouts).logProbs;
    const ratios = logProbs.map((logProb, at) => Math.exp(logProb - old[at]!));
    expect(Math.max(...ratios)).toBeGreaterThan(1.01);
    weights.logProb.forEach((weight, at) =>
      expect(weight).toBeCloseTo(ratios[at]! * plain.logProb[at]!, 6),
    );
    expect(rows[2]!.clip_ratio).toBe(0);
    const clipped = (
      await followed({ staleness: 2, clipLow: 0.01, clipHigh: 0.01, lr: 0.01, verifier: 'random' })
    ).rows;
    expect(clipped[2]!.clip_ratio).toBeGreaterThan(0);
  });

  it('with truncated weights count at most C times', async () => {
    const C = 1.02;
    const changes = { staleness: 2, lr: 0.01 } as const;
    const { updates, before } = await followed({ ...changes, truncation: C });
    const plain = (await followed({ ...changes, surrogate: 'log-prob' })).updates[1]!.weights;
    const [{ batch, weights }] = [updates[1]!];
    const drawn = await engine.createPolicy(shape, before[0]!);
    const now = await engine.createPolicy(shape, before[1]!);
    const old = (await drawn.score({ batch, temperature: 1 })).logProbs;
    const { logProbs } = await now.score({ batch, temperature: 1 });
    const bound = logProbs.map((logProb, at) => Math.min(C, Math.exp(logProb - old[at]!)));
    expect(bound.some((weight) => weight === Math.fround(C))).toBe(true);
    expect(bound.some((weight) => weight < 0.99)).toBe(true);
    weights.logProb.forEach((weight, at) =>
      expect(weight).toBeCloseTo(bound[at]! * plain.logProb[at]!, 6),
    );
  });
});

describe('evolution strategies', () => {
  it('standardise by the deviation of the whole population', () => {
    // Mean 2, deviation √((4 + 0 + 1 + 1) / 4) = √1.5.
    const z = zScores([0, 2, 3, 3]);
    [-2, 0, 1, 1].forEach((d, i) => expect(z[i]).toBeCloseTo(d / Math.sqrt(1.5), 12));
    expect(zScores([0.1, 0.1, 0.1])).toEqual([0, 0, 0]);
  });

  /** A run of one step, with the parameters of every policy that was asked for answers, and of the policy after it. */
  async function evolved(changes: Partial<RunSettings>) {
    const asked: { policy: Policy; rewards: number }[] = [];
    const members: Float32Array[] = [];
    const restored: Float32Array[] = [];
    const watched = changedEngine((policy) => {
      let current: Float32Array | null = null;
      return {
        restore(snapshot) {
          current = snapshot.parameters;
          restored.push(snapshot.parameters);
          return policy.restore(snapshot);
        },
        async sample(request) {
          const rollouts = await policy.sample(request);
          if (current && request.groupSize === 1) {
            members.push(current);
            const right = answersIn(rollouts).filter(({ correct }) => correct).length;
            asked.push({ policy, rewards: right / rollouts.lengths.length });
          }
          return rollouts;
        },
      };
    }, engine);
    const settings = small({ experiment: 'evolution', steps: 1, prompts: 64, ...changes });
    const run = await startTraining(watched, task, shape, base, split, settings);
    const rows: TrainRow[] = [];
    for await (const row of run.rows) rows.push(row);
    const { parameters } = await run.policy.snapshot();
    run.dispose();
    return { members, rewards: asked.map((each) => each.rewards), parameters, rows };
  }

  it('move by lr/N · Σ z ε, with ε normal', async () => {
    const [N, sigma, lr] = [6, 0.05, 0.3];
    const { members, rewards, parameters, rows } = await evolved({ population: N, sigma, lr });
    expect(members.length).toBe(N);
    expect(new Set(rewards).size).toBeGreaterThan(1);
    const noises = members.map((each) => each.map((value, i) => (value - base[i]!) / sigma));
    // n numbers each: 4 standard errors of mean and variance, and of the products of two members.
    const n = base.length;
    noises.forEach((noise, a) => {
      const all = [...noise];
      expect(Math.abs(mean(all))).toBeLessThan(4 / Math.sqrt(n));
      expect(Math.abs(mean(all.map((e) => e * e)) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
      for (const other of noises.slice(a + 1))
        expect(Math.abs(mean(all.map((e, i) => e * other[i]!)))).toBeLessThan(4 / Math.sqrt(n));
    });
    const z = zScores(rewards);
    parameters.forEach((value, i) => {
      const push = z.reduce((sum, weight, m) => sum + weight * noises[m]![i]!, 0);
      expect(value).toBeCloseTo(base[i]! + (lr / N) * push, 4);
    });
    expect(rows[1]!.grad_norm).toBe(null);
  });

  it('stay where they are while all members are paid the same', async () => {
    const { members, rewards, parameters } = await evolved({ population: 4, sigma: 1e-6, lr: 1 });
    expect(members.length).toBe(4);
    // The same random numbers draw the same answers from policies that are all but the same.
    expect(new Set(rewards).size).toBe(1);
    expect(parameters).toEqual(base);
  });

  it('are paid by whoever pays: of a majority each problem’s group is the population', async () => {
    const { rows, parameters } = await evolved({ population: 8, sigma: 0.2, verifier: 'majority' });
    expect(rows[1]!.accuracy).toBeLessThan(rows[1]!.reward);
    expect(parameters).not.toEqual(base);
  });
});

describe('a warm start', () => {
  it('is distillation for so many steps, and then the experiment', async () => {
    const warm = (await runOf(small({ warmSteps: 2 }))).rows;
    const distilled = (await runOf(small({ experiment: 'distillation' }))).rows;
    expect(warm.map(({ phase }) => phase)).toEqual([
      ...[undefined, 'warm start', 'warm start', undefined, undefined],
    ]);
    const withoutPhase = warm.map(({ phase: _, ...row }) => row);
    expect(withoutPhase.slice(0, 3)).toEqual(distilled.slice(0, 3));
    // The rollouts of step 3 are by the same policy, its update is not the same.
    expect(warm[3]!.reward).toBe(distilled[3]!.reward);
    expect(warm[3]!.loss).not.toBe(distilled[3]!.loss);
    expect(warm[3]!.group!.completions.some(({ advantage }) => advantage !== 0)).toBe(true);
  });

  it('is refused without a teacher, or with one of another task', async () => {
    const settings = small({ warmSteps: 2 });
    const start = (of: Teacher | null) =>
      startTraining(engine, task, shape, base, split, settings, null, of);
    await expect(start(null)).rejects.toThrow('needs a teacher');
    const other = { ...teacher, shape: { ...teacher.shape, outputs: 8 } };
    await expect(start(other)).rejects.toThrow("outputs 8, expected the policy's 14");
  });
});

describe('a run that goes on from a checkpoint', () => {
  const experiments: [ExperimentName, Partial<RunSettings>][] = [
    ['distillation', {}],
    ['on-policy-distillation', {}],
    ['expert-iteration', { generationSteps: 5 }],
    ['self-training', { generationSteps: 5, warmSteps: 3 }],
    ['rlvr', { warmSteps: 8 }],
    ['rlvr', { verifier: 'random' }],
    ['rlvr', { staleness: 4 }],
    ['rlvr', { staleness: 2, truncation: 2, warmSteps: 7, filter: 'mixed' }],
    ['evolution', { population: 4 }],
    ['rlvr', { verifier: 'judge', judgeAnswers: 32 }],
    ['rlvr', { verifier: 'co-trained', judgeAnswers: 32, filter: 'mixed' }],
  ];
  it.each(experiments)(
    'has the rows of the undisturbed one: %s %j',
    async (experiment, changes) => {
      const settings = small({
        ...{ experiment, steps: 12, prompts: 2, groupSize: 4, evalProblems: 4 },
        ...{ teacherAnswers: 64, generationAnswers: 64, ...changes },
      });
      const rowsWith = async (lostAt: number) => {
        let rowsGiven = 0;
        let lost = false;
        const watched = watchedEngine((verb) => {
          if (verb !== 'sample' || lost || rowsGiven < lostAt) return;
          lost = true;
          loseDevice();
        });
        const rows: TrainRow[] = [];
        const opened: (number | null)[] = [];
        const surviving = survivingRows(
          (checkpoint) => {
            opened.push(checkpoint?.step ?? null);
            return startTraining(
              ...([watched, task, shape, base, split, settings] as const),
              checkpoint,
              teacher,
            );
          },
          () => undefined,
          { checkpoints: createCheckpoints(), lastStep: settings.steps },
        );
        for await (const row of surviving) {
          rows.push({ ...row, step_time: 0 });
          rowsGiven = rows.length;
        }
        return { rows, opened };
      };
      const disturbed = await rowsWith(10);
      expect(disturbed.opened).toEqual([null, 8]);
      expect(disturbed.rows).toEqual((await rowsWith(Infinity)).rows);
    },
  );
});
