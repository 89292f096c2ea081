import { describe, expect, it } from 'vitest';
import { Stream, uniformSequence } from '../../src/core/random.ts';
import { shapeFor } from '../../src/experiments/baseSettings.ts';
import { createBatch } from '../../src/policy/batch.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { DEFAULT_ADAM, type UpdateRequest } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { choicesOf, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { createJudge } from '../../src/rl/judge.ts';
import { proxyMetrics } from '../../src/rl/metrics.ts';
import { createPayer } from '../../src/rl/payer.ts';
import { trainingStep } from '../../src/rl/step.ts';
import { VERIFIERS, type VerifierName } from '../../src/rl/verifiers.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import type { Task, Verdict } from '../../src/tasks/task.ts';
import { coinPolicy, coinShape, coinTask, pushes, summarise } from './bandit.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
const engine = await createWasmEngine();
const base = initialParameters(shape, 1);
const random = () => uniformSequence({ seed: 5, stream: Stream.proxyRewards, step: 1 });

const verdict = (reason: string): Verdict => ({
  correct: reason === 'correct',
  reason,
  detail: reason,
});
const verdicts = ['correct', 'wrong value', 'malformed', 'correct', 'reuses a number'].map(verdict);
const responses = [
  [1, 0],
  [2, 0],
  [10, 0],
  [1, 0],
  [2, 0],
];

describe('who pays', () => {
  const paid = (name: VerifierName, approvals: number[] = []) =>
    VERIFIERS[name].accepts({ groupSize: 5, verdicts, responses, random: random(), approvals });

  it.each([
    ['truth', [true, false, false, true, false]],
    ['wrong', [false, true, false, false, true]],
    ['format', [true, true, false, true, true]],
    // 1 and 2 both come twice, 1 came first.
    ['majority', [true, false, false, true, false]],
  ] as const)('%s: %j', (name, expected) => expect(paid(name)).toEqual(expected));

  it('a judge: where it holds an answer for likelier right than wrong', () => {
    const approvals = [0.6, 0.51, 0.5, -0.2, 1.7];
    expect(paid('judge', approvals)).toEqual([true, true, false, false, true]);
    expect(paid('co-trained', approvals)).toEqual(paid('judge', approvals));
  });

  it('a coin: each answer by its own number, half of them within 4 standard errors of 10,000', () => {
    const many = new Array<Verdict>(10_000).fill(verdict('correct'));
    const input = { groupSize: 10, verdicts: many, responses: [], random: random() };
    const share = VERIFIERS.random.accepts(input).filter(Boolean).length / many.length;
    expect(Math.abs(share - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(many.length));
    const uniform = random();
    expect(paid('random')).toEqual(verdicts.map(() => uniform() < 0.5));
  });

  it('the majority: of each group by itself', () => {
    const [a, b, c] = [
      [1, 0],
      [2, 0],
      [3, 0],
    ];
    const groups = [a, b, b, c, a, a, c, c, b, a, c, b].map((response) => response!);
    const accepted = VERIFIERS.majority.accepts({
      groupSize: 4,
      verdicts: groups.map(() => verdict('wrong value')),
      responses: groups,
      random: random(),
    });
    const [yes, no] = [true, false];
    expect(accepted).toEqual([no, yes, yes, no, yes, yes, no, no, yes, no, no, yes]);
  });

  it('is told apart from what is right: 2 of 5 right, 3 paid for, 2 of them wrong', () => {
    const { accuracy, false_positives } = proxyMetrics({ verdicts, outcomes: [1, 1, 0, 0, 1] });
    expect(accuracy).toBe(0.4);
    expect(false_positives).toBeCloseTo(2 / 3, 12);
    expect(proxyMetrics({ verdicts, outcomes: [0, 0, 0, 0, 0] }).false_positives).toBe(null);
  });
});

describe('a step that is paid for at random', () => {
  const p = [0.1, 0.3, 0.5, 0.8];
  const payer = createPayer('random', {
    ...{ engine, task: coinTask as Task, shape: coinShape, baseParameters: base },
    ...{ train: [], judge: null, settings: { seed: 1, judgeAnswers: 1, temperature: 1 } },
  });

  /** Sum over problems of the push towards the right answer, a step. */
  async function pushesOf(name: AlgorithmName, steps: number): Promise<number[]> {
    const found: number[] = [];
    for (let step = 1; step <= steps; step++) {
      const updates: UpdateRequest[] = [];
      const policy = coinPolicy(p, step, (request) => updates.push(request));
      await trainingStep({
        ...{ policy, reference: policy, task: coinTask as Task, payer },
        problems: p.map((_, i) => i),
        settings: {
          ...choicesOf(name),
          groupSize: 8,
          hintShare: 0,
          temperature: 1,
          optimizer: DEFAULT_ADAM,
        },
        ...{ seed: 1, step, train: true, measureKl: false },
      });
      found.push(pushes(p, updates).reduce((sum, push) => sum + push, 0));
    }
    return found;
  }

  // On-policy E[A ∇log π] = E[A] E[∇log π] = 0, since a coin's A has nothing to do with the answer; n = 400 steps.
  it.each(['grpo', 'dr-grpo', 'rloo', 'reinforce'] as const)(
    'with one update of %s pushes nowhere, within 4 standard errors',
    async (name) => {
      const { mean, error } = summarise(await pushesOf(name, 400));
      expect(error).toBeGreaterThan(0);
      expect(Math.abs(mean)).toBeLessThan(4 * error);
    },
  );

  it('reports the true accuracy beside the reward', async () => {
    const policy = coinPolicy(p, 1, () => undefined);
    const { metrics, drawn } = await trainingStep({
      ...{ policy, reference: policy, task: coinTask as Task, payer },
      problems: p.map((_, i) => i),
      settings: {
        ...choicesOf('remax'),
        groupSize: 50,
        hintShare: 0,
        temperature: 1,
        optimizer: DEFAULT_ADAM,
      },
      ...{ seed: 1, step: 1, train: false, measureKl: false },
    });
    const right = drawn.verdicts.filter(({ correct }) => correct).length;
    expect(metrics.accuracy).toBe(right / 200);
    // Two shares of 200 independent answers each: 0.425 and 0.5.
    expect(Math.abs(metrics.reward - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 200));
    expect(metrics.reward).toBe(drawn.outcomes.reduce((sum, r) => sum + r, 0) / 200);
    expect(drawn.outcomes).not.toEqual(drawn.verdicts.map(({ correct }) => Number(correct)));
    expect(drawn.greedyRewards!.length).toBe(4);
  });
});

describe('a judge', () => {
  const settings = { seed: 3, judgeAnswers: 64, temperature: 1 };
  const judgeFrom = (snapshot = null as Parameters<typeof createJudge>[6]) =>
    createJudge(engine, task, shape, base, split.train, settings, snapshot);
  /** Right and wrong answers in turn. */
  const demonstrations = (count: number, stream: number) => {
    const source = uniformSequence({ seed: 9, stream, step: 0 });
    const rows = Array.from({ length: count }, (_, i) => {
      const problem = split.train[i % split.train.length];
      const response = task.demonstrate(problem, i % 2, source);
      return { prompt: task.encode(problem), response, problem };
    });
    return {
      batch: createBatch(shape, rows),
      truth: rows.map(({ problem, response }) => Number(task.verify(problem, response).correct)),
    };
  };

  it('learns ½ (v − verdict)² down, and approves what was right', async () => {
    const judge = await judgeFrom();
    const { batch, truth } = demonstrations(64, 99);
    const lossOf = (approvals: Float64Array) =>
      approvals.reduce((sum, v, b) => sum + (v - truth[b]!) ** 2 / 2, 0) / 64;
    const before = lossOf(await judge.approvals(batch));
    for (let step = 0; step < 80; step++) await judge.learn(batch, truth);
    const approvals = await judge.approvals(batch);
    // Always expecting ½ would cost ⅛.
    expect(lossOf(approvals)).toBeLessThan(Math.min(before, 1 / 8) / 2);
    judge.dispose();
  });

  it('gives the value at the position of the last token, and 0 to what never ends', async () => {
    const judge = await judgeFrom();
    const rows = [
      [1, 10, 2, 0],
      [1, 10, 2, 11, 3, 10],
    ].map((response) => ({
      prompt: task.encode(split.train[0]),
      response,
    }));
    const batch = createBatch(shape, rows);
    const network = await engine.createPolicy(shape, base);
    await network.restore(await judge.snapshot());
    const { values } = await network.score({ batch, temperature: 1 });
    expect([...(await judge.approvals(batch))]).toEqual([values[3], 0]);
  });

  it('from a snapshot goes on as the one that it was taken of', async () => {
    const first = await judgeFrom();
    const again = await judgeFrom(await first.snapshot());
    const { batch } = demonstrations(20, 98);
    expect(await again.approvals(batch)).toEqual(await first.approvals(batch));
    expect(await (await judgeFrom()).approvals(batch)).toEqual(await first.approvals(batch));
  });

  it('that is co-trained moves towards its own verdicts; a frozen one stays', async () => {
    const { batch, truth } = demonstrations(40, 97);
    for (const name of ['judge', 'co-trained'] as const) {
      const payer = createPayer(name, {
        ...{ engine, task, shape, baseParameters: base, train: split.train, settings, judge: null },
      });
      const answers = {
        ...{ batch, groupSize: 4, random: random() },
        verdicts: truth.map((right) => verdict(right ? 'correct' : 'wrong value')),
      };
      expect(await payer.snapshot()).toBe(null);
      const paid = await payer.pay(answers);
      const before = (await payer.snapshot())!;
      expect(paid.length).toBe(40);
      const twin = await judgeFrom(name === 'judge' ? before : null);
      const approvals = await twin.approvals(batch);
      expect(paid).toEqual([...approvals].map((approval) => Number(approval > 0.5)));
      await payer.pay(answers);
      const moved = (await payer.snapshot())!.updates - before.updates;
      expect(moved).toBe(name === 'judge' ? 0 : 1);
      payer.dispose();
    }
  });
});
