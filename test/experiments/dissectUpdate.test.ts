import { beforeAll, describe, expect, it } from 'vitest';
import type { DissectedUpdate } from '../../src/experiments/dissection.ts';
import { dissectUpdate, noUpdateAfter } from '../../src/experiments/dissectUpdate.ts';
import { pretrain, shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type Checkpoint, type TrainRow } from '../../src/experiments/train.ts';
import type { PolicySnapshot } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import type { AlgorithmName } from '../../src/rl/algorithms.ts';
import { defaultsFor, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { checkpointOf } from '../../src/session/survive.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
const engine = await createWasmEngine();
let baseParameters: Float32Array;

beforeAll(async () => {
  const settings = {
    seed: 2,
    steps: 150,
    batchSize: 32,
    learningRate: 1e-2,
    correctFraction: 0.5,
    rarity: 1,
  };
  const generator = pretrain(engine, task, shape, split, settings);
  let next = await generator.next();
  while (!next.done) next = await generator.next();
  baseParameters = next.value.parameters;
});

const AT = 2;
const GROUPS = 6;
const SIZE = 8;

/** All its training problems are evaluated after every step, so that the rows have their exact p. */
const small = (algorithm: AlgorithmName, changes: Partial<RunSettings> = {}): RunSettings => ({
  ...defaultsFor({ task: 'countdown', algorithm }),
  ...{ seed: 3, steps: AT + 1, prompts: GROUPS, groupSize: SIZE, lr: 3e-3 },
  ...{ trainProblems: 24, evalEvery: 1, evalProblems: 24, evalSamples: 0 },
  ...changes,
});

interface Pair {
  update: DissectedUpdate;
  /** What the run itself did in that step. */
  row: TrainRow;
  /** Parameters and moments after the step: of the run, and of the policy that was taken apart. */
  real: PolicySnapshot;
  redone: PolicySnapshot;
  checkpoint: Checkpoint;
  again: PolicySnapshot;
}

async function both(settings: RunSettings, group: number | null = null): Promise<Pair> {
  const training = trainSettings(settings);
  const run = await startTraining(engine, task, shape, baseParameters, split, training);
  let row = (await run.rows.next()).value as TrainRow;
  const baseP = row.heldOut!.p;
  while (row.step < AT) row = (await run.rows.next()).value as TrainRow;
  const checkpoint = await checkpointOf(run, AT, baseP);
  row = (await run.rows.next()).value as TrainRow;
  const real = await run.policy.snapshot();
  run.dispose();

  const base = await engine.createPolicy(shape, baseParameters);
  const policy = await engine.createPolicy(shape, baseParameters);
  await policy.restore(checkpoint.snapshot);
  let redone: PolicySnapshot | null = null;
  const now = {
    ...policy,
    async restore(snapshot: PolicySnapshot) {
      redone = await policy.snapshot();
      await policy.restore(snapshot);
    },
  };
  const parts = { engine, task, baseParameters, split, settings: training, checkpoint };
  const update = await dissectUpdate(parts, { base, now }, group);
  const again = await policy.snapshot();
  base.dispose();
  policy.dispose();
  return { update, row, real, redone: redone!, checkpoint, again };
}

const ALGORITHMS: [string, RunSettings][] = [
  ['GRPO', small('grpo')],
  ['GRPO with 3 epochs and a KL term', small('kl-loss-k3', { innerEpochs: 3 })],
  ['Dr. GRPO', small('dr-grpo')],
  ['RLOO', small('rloo')],
  ['PPO with 2 epochs', small('ppo', { innerEpochs: 2 })],
  ['DAPO', small('dapo')],
  ['ReMax', small('remax')],
  ['GSPO', small('gspo')],
  ['Clip-Cov', small('clip-cov')],
  ['KL-Cov', small('kl-cov', { minibatches: 2 })],
  ['a dual clip that binds', small('grpo', { innerEpochs: 3, dualClip: 1.001, lr: 1e-2 })],
  ['right answers that earn little', small('nsr', { reward: 'unlikeliness', unlikeliness: 1 })],
  ['right answers that are pushed by their rarity', small('ucpo')],
  ['tokens of high entropy', small('entropy-tokens', { filter: 'none' })],
  ['a KL penalty in the reward', small('kl-reward')],
  ['unsolved problems', small('unsolved')],
  ['a hint', small('gspo', { hintShare: 0.5, innerEpochs: 2 })],
  ['stale rollouts', small('grpo', { staleness: 1, innerEpochs: 2 })],
  ['stale rollouts without a ratio', small('rloo', { staleness: 2 })],
  ['stale rollouts with truncated weights', small('grpo', { staleness: 1, truncation: 1.01 })],
  ['a coin that pays', small('grpo', { verifier: 'random' })],
  ['a judge that learns on', small('entropy-bonus', { verifier: 'co-trained', judgeAnswers: 64 })],
];

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

describe.each(ALGORITHMS)('a step of %s, taken apart', (_, settings) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await both(settings);
  });

  it('is the step of the run, bit for bit, and leaves the policy as it was', () => {
    const { update, row, real, redone, checkpoint, again } = pair;
    expect(redone.parameters).toEqual(real.parameters);
    expect(redone).toEqual(real);
    expect(again).toEqual(checkpoint.snapshot);
    expect(redone.parameters).not.toEqual(checkpoint.snapshot.parameters);
    const { kl: __, ...metrics } = update.metrics;
    expect(row).toMatchObject(metrics);
    expect(update.step).toBe(row.step);
  });

  it('shows the group that the row shows', () => {
    const { update, row } = pair;
    const { completions, problem } = row.group!;
    expect(update.groups[update.group]!.problem).toBe(problem);
    expect(update.answers.length).toBe(SIZE);
    update.answers.forEach((answer, i) => {
      const { text, correct, detail, advantage, logProb, tokens } = completions[i]!;
      expect(answer).toMatchObject({ text, correct, detail });
      expect(answer.tokens).toEqual(tokens.map((token) => task.vocabulary.tokens[token]));
      expect(sum(answer.logProbs)).toBeCloseTo(logProb, 5);
      expect(sum(answer.advantages) / tokens.length).toBeCloseTo(advantage, 12);
      if (!update.whitening && settings.shaping === 'none')
        expect(answer.rawAdvantages).toEqual(answer.advantages);
    });
  });

  it('has for each token the weight that ratio, advantage and share make, in every epoch', () => {
    const { passes, answers } = pair.update;
    const { surrogate, klCoefficient, klPlacement, covariance, tokens } = settings;
    const { staleness, truncation } = settings;
    const isFresh = staleness === 0 || truncation > 0;
    for (const { group, epoch, minibatch, sequences } of passes) {
      expect(sequences % SIZE).toBe(0);
      if (!group) continue;
      group.weights.forEach((weights, b) =>
        weights.forEach((weight, t) => {
          const ratio = group.ratios[b]![t]!;
          if (epoch === 1 && minibatch === 1) expect(ratio === 1).toBe(isFresh);
          if ((klCoefficient > 0 && klPlacement === 'loss') || covariance !== 'none') return;
          if (tokens !== 'all' && weight === 0) return;
          const factor = surrogate === 'log-prob' ? 1 : group.clipped[b]![t] ? 0 : ratio;
          const expected = group.shares[b]! * factor * answers[b]!.advantages[t]!;
          // Truncated weights are positive, and at most C.
          const most = truncation * Math.abs(expected);
          if (truncation === 0) expect(weight).toBeCloseTo(expected, 7);
          else expect(weight * Math.sign(expected)).toBeLessThanOrEqual(most + 1e-9);
        }),
      );
    }
    // Every group is in one minibatch of every epoch.
    expect(passes.filter(({ group }) => group).length).toBe(settings.innerEpochs);
  });

  it('ends with the exact p that the run has after the step', () => {
    const { after, groups, group } = pair.update;
    const { train } = split;
    const index = train
      .slice(0, 24)
      .findIndex((problem) => task.showProblem(problem) === groups[group]!.problem);
    expect(index).toBeGreaterThanOrEqual(0);
    expect(after.p.after).toBeCloseTo(pair.row.train!.p[index]!, 6);
    const right = after.answers.filter(({ correct }) => correct);
    // Every accepted answer is told of, as there are few.
    expect(right.length).toBe(after.acceptedAnswers);
    expect(sum(right.map((answer) => answer.before))).toBeCloseTo(after.p.before, 12);
    expect(sum(right.map((answer) => answer.after))).toBeCloseTo(after.p.after, 12);
    expect(sum(after.answers.map(({ sampled }) => sampled))).toBe(SIZE);
    expect(sum(after.answers.map((answer) => answer.after))).toBeLessThan(1 + 1e-6);
  });
});

describe('the numbers of a group', () => {
  // Of 8 answers with c right ones: mean c/8, and deviation √(c (8 − c) / (8 · 7)).
  const spread = (c: number): number => Math.sqrt((c * (SIZE - c)) / (SIZE * (SIZE - 1)));

  it('are those of its answers, whichever group is asked for', async () => {
    for (let group = 0; group < GROUPS; group++) {
      const { update } = await both(small('grpo'), group);
      const c = update.answers.filter(({ correct }) => correct).length;
      expect(update.groups[group]!.paid).toBe(c);
      expect(update.mean).toBeCloseTo(c / SIZE, 12);
      expect(update.deviation).toBeCloseTo(spread(c), 12);
      for (const { correct, advantages, rewards } of update.answers) {
        expect(sum(rewards)).toBe(Number(correct));
        const expected = (Number(correct) - c / SIZE) / (spread(c) + 1e-4);
        for (const advantage of advantages) expect(advantage).toBeCloseTo(expected, 12);
      }
      expect(sum(update.answers.map(({ advantages }) => advantages[0]!))).toBeCloseTo(0, 10);
    }
  });

  it('have ratios that leave 1 with the second update, some of them out of bounds', async () => {
    const { update } = await both(small('grpo', { innerEpochs: 4, lr: 2e-2, verifier: 'random' }));
    const [first, ...later] = update.passes.map(({ group }) => group!);
    expect(first!.ratios.flat().every((ratio) => ratio === 1)).toBe(true);
    expect(later.every(({ ratios }) => ratios.flat().some((ratio) => ratio !== 1))).toBe(true);
    const outside = later.flatMap(({ ratios, clipped, weights }) =>
      ratios.flatMap((of, b) =>
        of.map((ratio, t) => ({
          isOut:
            (ratio > 1.2 && update.answers[b]!.advantages[t]! > 0) ||
            (ratio < 0.8 && update.answers[b]!.advantages[t]! < 0),
          isClipped: clipped[b]![t]!,
          weight: weights[b]![t]!,
        })),
      ),
    );
    expect(outside.filter(({ isOut }) => isOut).length).toBeGreaterThan(0);
    for (const { isOut, isClipped, weight } of outside) {
      expect(isClipped).toBe(isOut);
      if (isClipped) expect(weight).toBe(0);
    }
  });

  it('scale a gradient down to the largest norm, and no other', async () => {
    for (const maxGradNorm of [1e-3, 1e3]) {
      const { update } = await both(small('grpo', { maxGradNorm }));
      const [{ gradientNorm, scale }] = update.passes as [(typeof update.passes)[0]];
      expect(scale * gradientNorm).toBeCloseTo(Math.min(maxGradNorm, gradientNorm), 12);
    }
  });

  it('tell of dynamic sampling which groups were dropped, of which draw and why: none is missing', async () => {
    const { update } = await both(small('dapo'));
    const { dropped, groups, metrics } = update;
    const draws = metrics.num_gen_batches!;
    expect(draws).toBeGreaterThan(1);
    expect(dropped.length + groups.length).toBe(draws * GROUPS);
    for (const { paid } of groups) expect(paid % SIZE).not.toBe(0);
    for (const { paid, why } of dropped)
      expect(why).toBe(paid === 0 ? 'none' : paid === SIZE ? 'all' : 'leftOver');
    // The first draw's metric has the share of its groups without a deviation.
    const first = dropped.filter(({ draw, why }) => draw === 1 && why !== 'leftOver');
    expect(first.length / GROUPS).toBeCloseTo(metrics.frac_reward_zero_std, 12);
    // The last draw fills the batch, and only it can have mixed groups to spare.
    const last = dropped.filter(({ draw }) => draw === draws);
    expect(last.length).toBeLessThan(GROUPS);
    for (const { draw, why } of dropped) if (why === 'leftOver') expect(draw).toBe(draws);
    expect(dropped.map(({ draw }) => draw)).toEqual(
      dropped.map(({ draw }) => draw).toSorted((a, b) => a - b),
    );
  });

  it('tell of every group that it was dropped where no draw has a mixed one', async () => {
    // All answers of a group are the likeliest one.
    const { update } = await both(small('dapo', { temperature: 1e-4 }));
    const { dropped, metrics, trained } = update;
    expect(trained).toBe(false);
    expect(dropped.length).toBe(metrics.num_gen_batches! * GROUPS);
    expect(new Set(dropped.map(({ why }) => why))).not.toContain('leftOver');
  });

  it('have nothing dropped where every group is trained on', async () => {
    expect((await both(small('grpo'))).update.dropped).toEqual([]);
  });

  it('are whitened with the mean and the deviation of all tokens of the batch', async () => {
    const { update } = await both(small('reinforce-pp-baseline'));
    const { mean, deviation } = update.whitening!;
    for (const { rawAdvantages, advantages } of update.answers)
      rawAdvantages.forEach((raw, t) =>
        expect(advantages[t]).toBeCloseTo((raw - mean) / deviation, 5),
      );
  });
});

describe('what cannot be taken apart', () => {
  it('is a step that learns from no rewards, whose name is given', () => {
    const of = (changes: Partial<RunSettings>, step: number) =>
      noUpdateAfter(step, trainSettings(small('grpo', changes)));
    expect(of({ experiment: 'distillation' }, 4)).toBe('distillation');
    expect(of({ experiment: 'power-sampling' }, 4)).toBe('power-sampling');
    expect(of({ warmSteps: 5 }, 4)).toBe('warm start');
    expect(of({ warmSteps: 5 }, 5)).toBe(null);
    expect(of({ sftWeight: 0.5 }, 0)).toBe('beside a teacher');
    expect(of({}, 0)).toBe(null);
  });

  it('is a group that the step does not have', async () => {
    await expect(both(small('grpo'), GROUPS)).rejects.toThrow(
      'there is no group 6 in this step; they are 0 to 5',
    );
  });
});
