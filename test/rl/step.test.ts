import { describe, expect, it } from 'vitest';
import { DEFAULT_ADAM, type Policy, type UpdateRequest } from '../../src/policy/policy.ts';
import { choicesOf, GRPO, type AlgorithmName } from '../../src/rl/algorithms.ts';
import type { AlgorithmChoices } from '../../src/rl/choices.ts';
import { LARGEST_DRAWS } from '../../src/rl/rollouts.ts';
import { trainingStep, type StepResult } from '../../src/rl/step.ts';
import type { Task } from '../../src/tasks/task.ts';
import { coinPolicy, coinTask, RIGHT } from './bandit.ts';

interface Stepped extends StepResult {
  updates: UpdateRequest[];
  /** The problems that were asked for in further draws. */
  asked: number[];
}

/** One step on coins with the success probabilities `p`, in groups of 4. */
async function stepOn(
  p: readonly number[],
  choices: AlgorithmChoices,
  reference?: (policy: Policy) => Policy,
): Promise<Stepped> {
  const updates: UpdateRequest[] = [];
  const asked: number[] = [];
  const policy = coinPolicy(p, 3, (request) => updates.push(request));
  const problems = p.map((_, i) => i);
  const result = await trainingStep({
    policy,
    reference: reference?.(policy) ?? policy,
    task: coinTask as Task,
    problems,
    moreProblems: (draw) => {
      asked.push(draw);
      return problems;
    },
    settings: { ...choices, groupSize: 4, hintShare: 0, temperature: 1, optimizer: DEFAULT_ADAM },
    seed: 1,
    step: 1,
    train: true,
    measureKl: false,
  });
  return { ...result, updates, asked };
}
const rowOf = (name: AlgorithmName, changes: Partial<AlgorithmChoices> = {}) => ({
  ...choicesOf(name),
  ...changes,
});
const HALF = new Array<number>(10).fill(0.5);

describe('minibatches and epochs', () => {
  it('split the groups without cutting one, and use every answer once an epoch', async () => {
    const { updates, drawn } = await stepOn(
      HALF,
      rowOf('grpo', { minibatches: 4, innerEpochs: 2 }),
    );
    expect(updates.length).toBe(8);
    const sizes = updates.map(({ batch }) => batch.lengths.length);
    expect(sizes).toEqual([12, 8, 12, 8, 12, 8, 12, 8]);
    for (const epoch of [updates.slice(0, 4), updates.slice(4)])
      expect(epoch.flatMap(({ batch }) => [...batch.prompts])).toEqual([...drawn.rollouts.prompts]);
  });

  it('are as many as there are groups at most', async () => {
    const { updates } = await stepOn([0.5, 0.5], rowOf('grpo', { minibatches: 8 }));
    expect(updates.length).toBe(2);
  });

  it('with one of each hand the engine the very batch that it sampled', async () => {
    const { updates, drawn } = await stepOn(HALF, GRPO);
    expect(updates[0]!.batch).toBe(drawn.rollouts);
  });
});

describe('what the updates of a step report', () => {
  it('is the mean over them, the loss as well', async () => {
    // π stays where it is, so each update descends −1 times the share of its answers that are right.
    const { metrics, drawn } = await stepOn(HALF, rowOf('psr', { minibatches: 4 }));
    const losses = [0, 12, 20, 32].map((from, i) => {
      const part = drawn.outcomes.slice(from, [12, 20, 32, 40][i]);
      return -part.reduce((sum, outcome) => sum + outcome, 0) / part.length;
    });
    expect(new Set(losses).size).toBeGreaterThan(1);
    expect(metrics.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 4, 12);
  });
});

describe('what is right in a step', () => {
  it.each<[string, Partial<AlgorithmChoices>]>([
    ['a rank takes all of the reward', { reward: 'unlikeliness', unlikeliness: 1 }],
    [
      'a penalty in the reward does',
      { klPlacement: 'reward', klEstimator: 'k1', klCoefficient: 9 },
    ],
  ])('is what was paid for where %s', async (_, changes) => {
    const far = (policy: Policy): Policy => ({
      ...policy,
      score: async (request) => {
        const scores = await policy.score(request);
        return { ...scores, logProbs: scores.logProbs.map((logProb) => logProb - 1) };
      },
    });
    const { advantages, rewards, drawn } = await stepOn(HALF, rowOf('psr', changes), far);
    expect([...advantages]).toEqual(drawn.outcomes);
    // Some right answer earns less than ½, which once made it a wrong one.
    expect(drawn.outcomes.some((outcome, b) => outcome === 1 && rewards[b]! < 0.5)).toBe(true);
  });
});

describe('dynamic sampling', () => {
  // Half of the coins are certain, and never give a mixed group.
  const p = [0.5, 1, 0.5, 0, 0.5, 1, 0.5, 0];
  const mixedGroups = ({
    outcomes,
    problems,
  }: {
    outcomes: number[];
    problems: readonly unknown[];
  }) => problems.map((_, i) => new Set(outcomes.slice(4 * i, 4 * i + 4)).size === 2);

  it('fills the batch with mixed groups from further draws', async () => {
    const { batch, drawn, metrics, asked } = await stepOn(p, rowOf('dapo'));
    expect(batch!.problems.length).toBe(8);
    expect(mixedGroups(batch!)).toEqual(new Array(8).fill(true));
    expect(batch!.problems.every((problem) => (problem as number) % 2 === 0)).toBe(true);
    expect(metrics.num_gen_batches).toBe(asked.length + 1);
    expect(asked).toEqual(asked.map((_, i) => i + 1));
    expect(metrics.num_tokens).toBe(32 * metrics.num_gen_batches!);
    // What is told of the policy is told of the first draw, which nobody chose from.
    expect(metrics.reward).toBe(drawn.outcomes.reduce((sum, r) => sum + r, 0) / 32);
    expect(drawn.problems).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('keeps answers with their problems, rewards and log-probabilities', async () => {
    const { batch } = await stepOn(p, rowOf('dapo'));
    const { rollouts, outcomes, problems } = batch!;
    outcomes.forEach((outcome, b) => {
      expect(rollouts.prompts[b]).toBe(problems[Math.floor(b / 4)]);
      expect(rollouts.responses[b] === RIGHT).toBe(outcome === 1);
      expect(rollouts.logProbs[b]).toBeLessThan(0);
    });
  });

  it('gives up after 10 draws, and makes no update without a mixed group', async () => {
    const { batch, updates, metrics } = await stepOn([1, 0, 1, 0], rowOf('dapo'));
    expect(batch).toBeNull();
    expect(updates).toEqual([]);
    expect(metrics).toMatchObject({
      num_gen_batches: LARGEST_DRAWS,
      grad_norm: null,
      loss: null,
      frac_reward_zero_std: 1,
    });
  });

  it('trains on what it has if that is less than a batch', async () => {
    const rare = [0.5, ...new Array<number>(31).fill(1)];
    const { batch, metrics } = await stepOn(rare, rowOf('dapo'));
    expect(metrics.num_gen_batches).toBe(LARGEST_DRAWS);
    expect(batch!.problems.length).toBeGreaterThan(3);
    expect(batch!.problems.length).toBeLessThanOrEqual(10);
  });
});

describe('the KL penalty in the reward', () => {
  /** A base under which every token is `nats` less likely. */
  const below =
    (nats: number) =>
    (policy: Policy): Policy => ({
      ...policy,
      score: async (request) => {
        const scores = await policy.score(request);
        return { ...scores, logProbs: scores.logProbs.map((logProb) => logProb - nats) };
      },
    });

  it('lowers each return by coefficient × k1', async () => {
    const plain = rowOf('reinforce', { klPlacement: 'reward', klEstimator: 'k1' });
    const free = await stepOn(HALF, plain);
    const held = await stepOn(HALF, { ...plain, klCoefficient: 0.1 }, below(2));
    free.advantages.forEach((advantage, at) =>
      expect(held.advantages[at]).toBeCloseTo(advantage - 0.1 * 2, 6),
    );
    // The metric is k3 all the same: e⁻² − 1 + 2.
    expect(held.metrics.kl).toBeCloseTo(Math.exp(-2) + 1, 6);
  });

  it('drops out of a group baseline where it is the same for all its answers', async () => {
    const row = rowOf('dr-grpo', { klPlacement: 'reward', klEstimator: 'k2' });
    const free = await stepOn(HALF, row);
    const held = await stepOn(HALF, { ...row, klCoefficient: 0.3 }, below(1));
    free.advantages.forEach((advantage, at) =>
      expect(held.advantages[at]).toBeCloseTo(advantage, 6),
    );
  });
});

describe('baselines that are computed beside the rollouts', () => {
  it('ReMax: r − 1 where the greedy answer is right, r where it is wrong', async () => {
    const { advantages, drawn } = await stepOn([0.7, 0.3], rowOf('remax'));
    drawn.outcomes.forEach((outcome, b) => expect(advantages[b]).toBe(outcome - (b < 4 ? 1 : 0)));
  });

  it('PPO: the value output gets the weight of its error, on top of the policy gradient', async () => {
    const { updates, drawn } = await stepOn(HALF, rowOf('ppo', { minibatches: 1 }));
    const { value } = updates[0]!.weights;
    // V = 0, R = r: the weight is share · coefficient · (R − V), share 1 / 40, unless clipped, which needs V to have moved.
    drawn.outcomes.forEach((outcome, b) => expect(value![b]).toBeCloseTo((0.1 * outcome) / 40, 7));
  });
});
