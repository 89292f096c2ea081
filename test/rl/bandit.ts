import { uniformSequence } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import type { Policy, Rollouts, UpdateRequest } from '../../src/policy/policy.ts';
import type { PolicyShape } from '../../src/policy/shape.ts';
import type { Task } from '../../src/tasks/task.ts';

/**
 * A task and a policy small enough to know everything about: problem i is a coin that shows 1, the right answer, with
 * probability p_i, and 2 otherwise. An answer is one token. The log-probabilities that the policy reports are random, as those of many
 * answers to one problem are, so that the ranks of the unlikeliness reward have nothing to do with being right.
 */
export const RIGHT = 1;
const WRONG = 2;

export const coinShape: PolicyShape = {
  vocabulary: 1000,
  outputs: 3,
  promptLength: 1,
  responseLength: 1,
  width: 4,
  layers: 1,
  heads: 1,
};

export const coinTask: Task<number> = {
  name: 'coin',
  vocabulary: { tokens: ['end', 'right', 'wrong'], outputs: 3 },
  promptLength: 1,
  responseLength: 1,
  allProblems: () => [],
  encode: (problem) => [problem],
  decode: ([problem]) => problem!,
  verify: (_, [token]) => ({ correct: token === RIGHT, reason: '', detail: '' }),
  acceptSet: () => [[RIGHT]],
  demonstrate: () => [RIGHT],
  showProblem: String,
  skill: { label: '', token: RIGHT, isNeeded: () => true },
};

/** The policy; every update is given to `onUpdate` and changes nothing. */
export function coinPolicy(
  p: readonly number[],
  seed: number,
  onUpdate: (request: UpdateRequest) => void,
): Policy {
  const random = uniformSequence({ seed, stream: 99, step: 0 });
  const score = (B: number) => ({
    logProbs: new Float32Array(B).fill(-1),
    entropies: new Float32Array(B).fill(0.5),
    values: new Float32Array(B),
  });
  return {
    shape: coinShape,
    async sample({ prompts, groupSize, temperature }) {
      const B = prompts.length * groupSize;
      const repeated = Int32Array.from(
        { length: B },
        (_, b) => prompts[Math.floor(b / groupSize)]!,
      );
      const rollouts: Rollouts = {
        ...score(B),
        prompts: repeated,
        responses: repeated.map((problem) => {
          const chance = temperature < 0.01 ? Number(p[problem]! > 0.5) : p[problem]!;
          return random() < chance ? RIGHT : WRONG;
        }),
        lengths: new Int32Array(B).fill(1),
        logProbs: Float32Array.from({ length: B }, () => Math.log(random())),
      };
      return rollouts;
    },
    // The ratio is 1 whatever was reported, as it is for a policy that does not move.
    score: async ({ batch }) => ({
      ...score(batch.lengths.length),
      logProbs: (batch as Rollouts).logProbs,
    }),
    async update(request) {
      onUpdate(request);
      return { objective: 0, gradientNorm: 0 };
    },
    snapshot: () => Promise.reject(new Error('not needed')),
    restore: () => Promise.reject(new Error('not needed')),
    dispose: () => undefined,
  };
}

/**
 * The sum of weight · ∂log π/∂logit over the answers to each problem, an update: P times it estimates w(p) · ∂p/∂logit,
 * with ∂log π/∂logit = 1 − p for right and −p for wrong answers, ∂p/∂logit = p(1 − p).
 */
export function pushes(p: readonly number[], updates: readonly UpdateRequest[]): number[] {
  const sums = p.map(() => 0);
  for (const { batch, weights } of updates)
    batch.responses.forEach((token, b) => {
      const problem = batch.prompts[b]!;
      const slope = token === RIGHT ? 1 - p[problem]! : -p[problem]!;
      sums[problem]! += (weights.logProb[b]! * slope) / updates.length;
    });
  return sums;
}

/** Mean and standard error of repeated estimates. */
export function summarise(values: readonly number[]): { mean: number; error: number } {
  const centre = mean(values);
  const variance = values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1);
  return { mean: centre, error: Math.sqrt(variance / values.length) };
}
