import { describe, expect, it } from 'vitest';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { drawProblems } from '../../src/experiments/trainingProblems.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { DEFAULT_ADAM, type Engine, type Policy } from '../../src/policy/policy.ts';
import { parameterLayout } from '../../src/policy/shape.ts';
import { NonFiniteError, trainingStep } from '../../src/rl/step.ts';
import type { StepSettings } from '../../src/rl/stepSettings.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 16, layers: 1, heads: 4 });
const R = shape.outputs;
const T = shape.responseLength;
const problems = drawProblems(split, { seed: 1, promptsPerStep: 4, beyondShare: 0 }, 1);
const prompts = Int32Array.from(problems.flatMap((problem) => task.encode(problem)));
const key = { seed: 1, stream: 5, step: 1 };

/** Parameters with some entries set by name. */
function parametersWith(changes: Record<string, (i: number) => number>): Float32Array {
  const parameters = initialParameters(shape, 3);
  for (const { name, offset, size } of parameterLayout(shape))
    if (changes[name]) for (let i = 0; i < size; i++) parameters[offset + i] = changes[name](i);
  return parameters;
}

const step = (policy: Policy, settings: Partial<StepSettings> = {}, seed = 1) =>
  trainingStep({
    policy,
    reference: policy,
    task,
    problems,
    settings: { ...trainSettings(DEFAULT_SETTINGS), groupSize: 4, ...settings },
    seed,
    step: 1,
    train: true,
    measureKl: true,
  });

/** What every engine must do with numbers at the edge. */
export function describeNumbers(engine: () => Engine): void {
  const withPolicy = async (
    parameters: Float32Array,
    test: (policy: Policy) => Promise<void>,
  ): Promise<void> => {
    const policy = await engine().createPolicy(shape, parameters);
    try {
      await test(policy);
    } finally {
      policy.dispose();
    }
  };

  describe('logits of ±1e4', () => {
    // The head ignores its input: token 7 has logit 1e4, all others −1e4.
    const certain = parametersWith({
      'head.weight': () => 0,
      'head.bias': (v) => (v === 7 ? 1e4 : -1e4),
    });

    it('give a certain token with log-probability 0, entropy 0, and −2e4 for the others', () =>
      withPolicy(certain, async (policy) => {
        const rollouts = await policy.sample({ prompts, groupSize: 3, temperature: 1, key });
        expect(new Set(rollouts.responses)).toEqual(new Set([7]));
        for (const value of rollouts.logProbs) expect(Math.abs(value)).toBe(0);
        for (const value of rollouts.entropies) expect(Math.abs(value)).toBe(0);
        const other = {
          ...rollouts,
          responses: rollouts.responses.map((_, at) => (at % T === 0 ? 2 : 7)),
        };
        const { logProbs, entropies } = await policy.score({ batch: other, temperature: 1 });
        for (let b = 0; b < 12; b++) expect(logProbs[b * T]).toBe(-20_000);
        for (const value of entropies) expect(Math.abs(value)).toBe(0);
      }));

    it('can be trained away from: finite gradient, finite parameters', () =>
      withPolicy(certain, async (policy) => {
        const batch = await policy.sample({ prompts, groupSize: 2, temperature: 1, key });
        const weights = { logProb: new Float32Array(batch.responses.length).fill(-1) };
        const entropy = new Float32Array(batch.responses.length).fill(0.1);
        const { gradientNorm, objective } = await policy.update({
          batch,
          temperature: 1,
          weights: { ...weights, entropy },
          optimizer: DEFAULT_ADAM,
        });
        expect(gradientNorm).toBe(0); // a certain token has no gradient in float32
        expect(Math.abs(objective)).toBe(0);
        const { parameters } = await policy.snapshot();
        expect(parameters.every(Number.isFinite)).toBe(true);
      }));
  });

  it('a nucleus keeps two of three tokens whose sum is top-p, whatever it rounds to', () => {
    // Of 0.5, 0.3 and 0.2 the first two are 0.8.
    const logs = new Map([[9, 0.5], [2, 0.3], [7, 0.2]]); // prettier-ignore
    const parameters = parametersWith({
      'head.weight': () => 0,
      'head.bias': (v) => Math.log(logs.get(v) ?? 1e-30),
    });
    return withPolicy(parameters, async (policy) => {
      const request = { prompts, groupSize: 8, temperature: 1, key };
      const { responses, logProbs, entropies } = await policy.sample({ ...request, topP: 0.8 });
      expect(new Set(responses)).toEqual(new Set([9, 2]));
      const entropy = -0.625 * Math.log(0.625) - 0.375 * Math.log(0.375);
      responses.forEach((token, at) => {
        expect(logProbs[at]).toBeCloseTo(Math.log(token === 9 ? 0.625 : 0.375), 5);
        expect(entropies[at]).toBeCloseTo(entropy, 5);
      });
      const wider = await policy.sample({ ...request, topP: 0.801 });
      expect(new Set(wider.responses)).toEqual(new Set([9, 2, 7]));
    });
  });

  it.each([0.01, 0.1, 10])('temperature %f: log-probabilities of all tokens add up to 1', (tau) =>
    withPolicy(initialParameters(shape, 3), async (policy) => {
      const rows = Array.from({ length: R }, (_, token) => token);
      const batch = {
        prompts: Int32Array.from(rows.flatMap(() => [...prompts.subarray(0, shape.promptLength)])),
        responses: Int32Array.from(rows.flatMap((token) => [token, 0, 0, 0, 0, 0])),
        lengths: new Int32Array(R).fill(1),
      };
      const { logProbs, entropies } = await policy.score({ batch, temperature: tau });
      const sum = rows.reduce((total, b) => total + Math.exp(logProbs[b * T]!), 0);
      expect(sum).toBeCloseTo(1, 4);
      expect(entropies[0]).toBeGreaterThanOrEqual(0);
      expect(entropies[0]).toBeLessThanOrEqual(Math.log(R) + 1e-5);
      if (tau === 10) expect(entropies[0]).toBeGreaterThan(0.98 * Math.log(R));
      const { metrics } = await step(policy, { temperature: tau });
      expect(Number.isFinite(metrics.grad_norm)).toBe(true);
    }),
  );

  it('whole distributions add up to 1 and hold the scores of the tokens, on shared prompts too', () =>
    withPolicy(initialParameters(shape, 3), async (policy) => {
      const batch = await policy.sample({ prompts, groupSize: 3, temperature: 0.7, key });
      const scores = await policy.score({ batch, temperature: 0.7, distributions: true });
      const distributions = scores.distributions!;
      expect(distributions.length).toBe(12 * T * R);
      let drawn = 0;
      for (let b = 0; b < 12; b++)
        for (let t = 0; t < T; t++) {
          const at = b * T + t;
          const logProbs = distributions.subarray(at * R, (at + 1) * R);
          if (t >= batch.lengths[b]!) {
            expect(new Set(logProbs)).toEqual(new Set([0]));
            continue;
          }
          drawn++;
          const p = Array.from(logProbs, Math.exp);
          expect(Math.abs(p.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-5);
          const entropy = -p.reduce((sum, each, v) => sum + each * logProbs[v]!, 0);
          expect(Math.abs(entropy - scores.entropies[at]!)).toBeLessThan(1e-4);
          const token = batch.responses[at]!;
          expect(Math.abs(logProbs[token]! - scores.logProbs[at]!)).toBeLessThan(1e-5);
        }
      expect(drawn).toBeGreaterThan(12);
      expect(await policy.score({ batch, temperature: 0.7 })).not.toHaveProperty('distributions');
    }));

  it.each([
    ['NaN', NaN],
    ['infinity', Infinity],
  ])('%s among the parameters stops the step with its name and number', (_, value) =>
    withPolicy(
      parametersWith({ 'layer0.mlpOut.weight': (i) => (i === 5 ? value : 0.1) }),
      async (policy) => {
        const stopped = await step(policy).catch((error: unknown) => error);
        expect(stopped).toBeInstanceOf(NonFiniteError);
        expect((stopped as Error).message).toMatch(
          /^(entropy|kl|loss|grad_norm) became .* in step 1$/,
        );
      },
    ),
  );

  it('an answer that begins with given tokens goes on as if they had been drawn', () =>
    withPolicy(initialParameters(shape, 3), async (policy) => {
      const request = { prompts, groupSize: 4, temperature: 0.8, key };
      const drawn = await policy.sample(request);
      // From none to all but the last token.
      const begun = drawn.lengths.map((length, b) => b % length);
      const beginnings = drawn.responses.map((token, at) =>
        at % T < begun[Math.floor(at / T)]! ? token : 0,
      );
      const again = await policy.sample({ ...request, beginnings });
      expect(again.begun).toEqual(begun);
      expect(again.responses).toEqual(drawn.responses);
      expect(again.lengths).toEqual(drawn.lengths);
      expect(again.logProbs).toEqual(drawn.logProbs);
      expect(again.entropies).toEqual(drawn.entropies);
      // A nucleus would not have let them be drawn, but they stand there.
      const narrow = await policy.sample({ ...request, beginnings, topP: 1e-6 });
      narrow.responses.forEach((token, at) => {
        if (beginnings[at] !== 0) expect(token).toBe(beginnings[at]);
      });
      for (const [wrong, says] of [
        [beginnings.slice(1), `beginnings must have ${16 * T} elements, got ${16 * T - 1}`],
        [beginnings.map(() => 7), 'beginning 0 leaves nothing to be drawn'],
      ] as const)
        await expect(policy.sample({ ...request, beginnings: wrong })).rejects.toThrow(says);
    }));

  it('no sequences give empty results', () =>
    withPolicy(initialParameters(shape, 3), async (policy) => {
      const none = await policy.sample({
        prompts: new Int32Array(0),
        groupSize: 4,
        temperature: 1,
        key,
      });
      expect(none.lengths.length).toBe(0);
      expect((await policy.score({ batch: none, temperature: 1 })).logProbs.length).toBe(0);
      // And the policy goes on as before.
      expect(Number.isFinite((await step(policy)).metrics.entropy)).toBe(true);
    }));

  it('groups that are all wrong or all right leave a fresh policy as it was', () =>
    withPolicy(initialParameters(shape, 3), async (policy) => {
      const before = (await policy.snapshot()).parameters;
      for (const correct of [false, true]) {
        const judge = { ...task, verify: () => ({ correct, reason: '', detail: '' }) };
        const { metrics } = await trainingStep({
          policy,
          reference: policy,
          task: judge,
          problems,
          settings: { ...trainSettings(DEFAULT_SETTINGS), groupSize: 4 },
          seed: 1,
          step: 1,
          train: true,
          measureKl: false,
        });
        expect(metrics).toMatchObject({ frac_reward_zero_std: 1, grad_norm: 0 });
        expect((await policy.snapshot()).parameters).toEqual(before);
      }
    }));

  it('a learning rate of 10 gives finite rows or a clear stop, never garbage', () =>
    withPolicy(initialParameters(shape, 3), async (policy) => {
      const half = {
        ...task,
        verify: (_: unknown, response: readonly number[]) => ({
          correct: response[0]! % 2 === 0,
          reason: '',
          detail: '',
        }),
      };
      for (let n = 1; n <= 5; n++) {
        const outcome = await trainingStep({
          policy,
          reference: policy,
          task: half,
          problems,
          settings: {
            ...trainSettings(DEFAULT_SETTINGS),
            groupSize: 4,
            optimizer: { ...DEFAULT_ADAM, learningRate: 10 },
          },
          seed: n,
          step: n,
          train: true,
          measureKl: false,
        }).catch((error: unknown) => error);
        if (outcome instanceof NonFiniteError) {
          expect(outcome.step).toBe(n);
          return;
        }
        const { metrics } = outcome as Awaited<ReturnType<typeof trainingStep>>;
        expect(metrics.entropy).toBeGreaterThanOrEqual(0);
        expect(metrics.entropy).toBeLessThanOrEqual(Math.log(R) + 1e-5);
        expect(Number.isFinite(metrics.grad_norm)).toBe(true);
      }
    }));
}
