import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { responseOf } from '../../src/policy/batch.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { DEFAULT_ADAM, type UpdateRequest } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { ALGORITHMS, choicesOf, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { beginningsFor } from '../../src/rl/hints.ts';
import { objective, type ObjectiveInput } from '../../src/rl/objective.ts';
import { trainingStep } from '../../src/rl/step.ts';
import { createTask } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const problems = task.allProblems().slice(0, 40);
const shape = shapeFor(task, { width: 16, layers: 1, heads: 4 });
const T = shape.responseLength;
const sequence = (step: number) => uniformSequence({ seed: 3, stream: 99, step });

describe('a hint', () => {
  const G = 3;
  const beginnings = beginningsFor(
    ...([task, shape, problems, { groupSize: G, hintShare: 0.5 }] as const),
    sequence(0),
  );
  const hints = Array.from({ length: problems.length * G }, (_, b) => {
    const row = [...beginnings.subarray(b * T, (b + 1) * T)];
    return row.slice(0, row.indexOf(0));
  });

  it('is the beginning of a right answer to the first share of the problems, the same in a group', () => {
    problems.forEach((problem, p) => {
      const [first, ...others] = hints.slice(p * G, (p + 1) * G);
      for (const other of others) expect(other).toEqual(first);
      if (p >= 20) return expect(first).toEqual([]);
      const begins = task
        .acceptSet(problem)
        .filter((answer) => first!.every((token, t) => answer[t] === token));
      expect(begins.length).toBeGreaterThan(0);
      // The last token before the end is left to the policy.
      expect(begins.some(({ length }) => length >= first!.length + 2)).toBe(true);
      return expect(first!.length).toBeGreaterThan(0);
    });
    expect(new Set(hints.map(({ length }) => length)).size).toBeGreaterThan(3);
  });

  it('stands in the rollouts of a step, which counts and trains what the policy adds alone', async () => {
    const policy = await createReferenceEngine().createPolicy(shape, initialParameters(shape, 3));
    const updates: UpdateRequest[] = [];
    const { drawn, metrics } = await trainingStep({
      policy: { ...policy, update: (request) => (updates.push(request), policy.update(request)) },
      reference: policy,
      task,
      problems: problems.slice(0, 8),
      settings: {
        ...choicesOf('reinforce'),
        ...{ groupSize: 4, hintShare: 0.5, temperature: 1, optimizer: DEFAULT_ADAM },
        ...{ entropyCoefficient: 0.1, klCoefficient: 0.1, klPlacement: 'loss' as const },
      },
      ...{ seed: 1, step: 1, train: true, measureKl: true },
    });
    const { rollouts } = drawn;
    const begun = [...rollouts.begun!];
    expect(begun.slice(0, 16).every((count) => count > 0)).toBe(true);
    expect(begun.slice(16)).toEqual(Array(16).fill(0));
    const entropies: number[] = [];
    const { logProb, entropy } = updates[0]!.weights;
    begun.forEach((count, b) => {
      const length = responseOf(shape, rollouts, b).length;
      expect(length).toBeGreaterThan(count);
      for (let t = 0; t < length; t++) {
        const at = b * T + t;
        expect(entropy![at] === 0).toBe(t < count);
        if (t < count) expect(logProb[at]).toBe(0);
        else entropies.push(rollouts.entropies[at]!);
      }
    });
    expect(metrics.num_tokens).toBe(entropies.length);
    expect(metrics.entropy).toBeCloseTo(mean(entropies), 12);
    expect(metrics.kl).toBeCloseTo(0, 12);
  });
});

/** Numbers for four answers, the k-th of which has k given tokens; a later policy than the one that drew. */
function begunInput(): ObjectiveInput {
  const random = sequence(1);
  const numbers = (scale: number, offset = 0) =>
    Float32Array.from({ length: 4 * T }, () => scale * random() + offset);
  return {
    ...{ logProbs: numbers(-2), oldLogProbs: numbers(-2), referenceLogProbs: numbers(-2) },
    ...{ entropies: numbers(1, 0.1), lengths: Int32Array.of(3, 4, 5, 5), random },
    begun: Int32Array.of(0, 1, 2, 3),
    advantages: Float64Array.from(numbers(2, -1)),
    critic: { values: numbers(1), oldValues: numbers(1), returns: Float64Array.from(numbers(1)) },
  };
}

describe('the objective of answers with given tokens', () => {
  it.each(Object.keys(ALGORITHMS) as AlgorithmName[])(
    'is that of the rest of them alone: %s',
    (name) => {
      const choices = choicesOf(name);
      const input = begunInput();
      const begun = [...input.begun!];
      /** Every row without its given tokens. */
      const rest = <A extends Float32Array | Float64Array>(array: A): A => {
        const moved = array.slice() as A;
        begun.forEach((count, b) => moved.copyWithin(b * T, b * T + count, (b + 1) * T));
        return moved;
      };
      const { critic } = input;
      const twin = objective(choices, {
        ...{ logProbs: rest(input.logProbs), oldLogProbs: rest(input.oldLogProbs) },
        ...{ referenceLogProbs: rest(input.referenceLogProbs!), entropies: rest(input.entropies) },
        lengths: input.lengths.map((length, b) => length - begun[b]!),
        advantages: rest(input.advantages),
        critic: {
          ...{ values: rest(critic!.values), oldValues: rest(critic!.oldValues) },
          returns: rest(critic!.returns),
        },
        random: sequence(2),
      });
      const found = objective(choices, { ...input, random: sequence(2) });
      expect(found.loss).toBe(twin.loss);
      expect(found.clipRatio).toBe(twin.clipRatio);
      for (const key of ['logProb', 'entropy', 'value'] as const) {
        const [ours, theirs] = [found.weights[key], twin.weights[key]];
        expect(ours === undefined).toBe(theirs === undefined);
        if (!ours || !theirs) continue;
        begun.forEach((count, b) => {
          const length = input.lengths[b]!;
          expect(ours.slice(b * T, b * T + count)).toEqual(new Float32Array(count));
          expect(ours.slice(b * T + count, b * T + length)).toEqual(
            theirs.slice(b * T, b * T + length - count),
          );
        });
      }
    },
  );
});
