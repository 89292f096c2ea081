import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import {
  enumerateAcceptSets,
  exactSuccess,
  MOST_ACCEPTED,
  uniformGuessSuccess,
} from '../../src/evaluation/exact.ts';
import { countCorrect, estimatePassAtK } from '../../src/evaluation/sampled.ts';
import { isSolvable, solvableSets } from '../../src/evaluation/solvable.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import type { ScoreRequest } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import type { Task } from '../../src/tasks/task.ts';

/** Two-token answers over {end, a, b}: small enough to enumerate every response by hand. */
const tiny: Task<{ accepts: number[][] }> = {
  name: 'tiny',
  vocabulary: { tokens: ['end', 'a', 'b', '?'], outputs: 3 },
  promptLength: 1,
  responseLength: 3,
  allProblems: () => [],
  encode: () => [3],
  verify: ({ accepts }, response) => {
    const correct = accepts.some((accepted) => accepted.join() === response.join());
    return { correct, reason: '', detail: '' };
  },
  acceptSet: ({ accepts }) => accepts,
  demonstrate: () => [0],
  showProblem: () => '?',
  decode: () => ({ accepts: [] }),
  skill: { label: 'a', token: 1, isNeeded: () => false },
};

describe('exact success', () => {
  it('over every possible response adds up to 1', async () => {
    const shape = shapeFor(tiny as Task, { width: 8, layers: 1, heads: 2 });
    const policy = await createReferenceEngine('float64').createPolicy(
      shape,
      initialParameters(shape, 4),
    );
    // Ended responses of 1 to 3 tokens, and the 8 that never end.
    const all = [[0], [1, 0], [2, 0]];
    for (const a of [1, 2]) for (const b of [1, 2]) for (const c of [0, 1, 2]) all.push([a, b, c]);
    const sets = enumerateAcceptSets(tiny as Task, shape, [{ accepts: all }, { accepts: [[0]] }]);
    const {
      p: [whole, single],
    } = await exactSuccess(policy, sets, 0.8);
    expect(whole).toBeCloseTo(1, 6);
    expect(single).toBeGreaterThan(0);
    expect(single).toBeLessThan(1);
  });

  it('of a uniform policy is the chance baseline', async () => {
    const task = await createTask('countdown-3');
    const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
    // With all parameters 0 every logit is 0, so every token has probability 1/14.
    const zeros = initialParameters(shape, 1).fill(0);
    const policy = await createReferenceEngine('float64').createPolicy(shape, zeros);
    const sets = enumerateAcceptSets(task, shape, splitProblems(task, 1).heldOut.slice(0, 50));
    const { p } = await exactSuccess(policy, sets, 1);
    const chance = uniformGuessSuccess(sets, shape.outputs).p;
    p.forEach((value, i) => expect(value / chance[i]!).toBeCloseTo(1, 5));
  });
});

describe('accept sets', () => {
  /** A task whose problem n has n accepted responses, each of which is `a` so many times. */
  const counted = (written: number[][] = []): Task => ({
    ...(tiny as Task),
    encode: (problem) => [problem as number],
    acceptSet: (problem) => {
      written.push([problem as number]);
      return Array.from({ length: problem as number }, () => [1, 0]);
    },
  });
  const shape = shapeFor(tiny as Task, { width: 8, layers: 1, heads: 2 });

  it('are made once for the same task and problems, whichever array holds them', async () => {
    const written: number[][] = [];
    const task = counted(written);
    const first = enumerateAcceptSets(task, shape, [1, 2, 3]);
    expect(first.counts).toEqual([1, 2, 3]);
    expect([...first.owner]).toEqual([0, 1, 1, 2, 2, 2]);
    expect(enumerateAcceptSets(task, shape, [1, 2, 3])).toBe(first);
    expect(written.length).toBe(3);
    expect(enumerateAcceptSets(task, shape, [1, 2])).not.toBe(first);
    expect(enumerateAcceptSets(counted(), shape, [1, 2, 3])).not.toBe(first);
    // The first set is used once more, so that of five the second one is the first to leave.
    enumerateAcceptSets(task, shape, [1, 2, 3]);
    for (const problems of [[3], [2], [1]]) enumerateAcceptSets(task, shape, problems);
    expect(enumerateAcceptSets(task, shape, [1, 2, 3])).toBe(first);
    written.length = 0;
    enumerateAcceptSets(task, shape, [1, 2]);
    expect(written).toEqual([[1], [2]]);
  });

  it('are refused where they hold too many responses, with the numbers', () => {
    const sizes = Array.from({ length: 20 }, () => 13_140);
    expect(() => enumerateAcceptSets(counted(), shape, sizes)).toThrow(
      new RangeError(
        'the accept sets of 20 problems hold 262800 responses, more than the 250000 that are enumerated; evaluate fewer problems',
      ),
    );
    expect(() => enumerateAcceptSets(counted(), shape, [MOST_ACCEPTED, 1])).toThrow(/250001/);
  });

  it('tell the probability of sound answers in the same pass: a + b by hand', async () => {
    // The policy of zeros gives every token 1/3. Accepted: `a`, `b` and `a b`; a step is valid where it is `a`.
    const task: Task = {
      ...(tiny as Task),
      checkSteps: (_, response) =>
        response.slice(0, -1).map((token, end) => ({ valid: token === 1, end, detail: '' })),
    };
    const zeros = initialParameters(shape, 1).fill(0);
    const policy = await createReferenceEngine('float64').createPolicy(shape, zeros);
    let scored = 0;
    const watched = {
      ...policy,
      score: (request: ScoreRequest) => (scored++, policy.score(request)),
    };
    const accepts = [
      [1, 0],
      [2, 0],
      [1, 2, 0],
    ];
    const sets = enumerateAcceptSets(task, shape, [{ accepts }]);
    expect([...sets.sound!]).toEqual([1, 0, 0]);
    const { p, soundP } = await exactSuccess(watched, sets, 1);
    expect(scored).toBe(1);
    expect(p[0]).toBeCloseTo(1 / 9 + 1 / 9 + 1 / 27, 6);
    expect(soundP![0]).toBeCloseTo(1 / 9, 6);
    expect(
      await exactSuccess(policy, enumerateAcceptSets(counted(), shape, [1]), 1),
    ).not.toHaveProperty('soundP');
  });
});

/** Problems whose target is one of the numbers: an untrained network is right often enough to count. */
const shortAnswered = (task: Task): unknown[] =>
  task
    .allProblems()
    .filter((problem) => task.acceptSet(problem).some(({ length }) => length === 2));

describe('the sampled estimator', () => {
  it('agrees with the exact pass@k within 4 of its standard errors, on 40 problems with n = 32', async () => {
    const task = await createTask('countdown-3');
    const shape = shapeFor(task, { width: 16, layers: 1, heads: 2 });
    const engine = await createWasmEngine();
    const parameters = initialParameters(shape, 6);
    const policy = await engine.createPolicy(shape, parameters);
    const problems = shortAnswered(task).slice(0, 40);
    const { p } = await exactSuccess(policy, enumerateAcceptSets(task, shape, problems), 1);
    const n = 32;
    const correct = await countCorrect(policy, task, problems, n, 1, 9, 0);
    const { passAt, standardError } = estimatePassAtK(correct, n, p);
    expect(Object.keys(passAt)).toEqual(['1', '4', '16']);
    for (const k of [1, 4, 16]) {
      expect(standardError[k]).toBeGreaterThan(0);
      expect(Math.abs(passAt[k]! - meanPassAtK(p, k))).toBeLessThan(4 * standardError[k]!);
    }
    // A wrong exact value would be noticed: the standard error is small beside the value itself.
    expect(standardError[16]!).toBeLessThan(meanPassAtK(p, 16) / 2);
  });

  it('draws the same counts for the same seed and others for another', async () => {
    const task = await createTask('countdown-3');
    const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
    const policy = await (
      await createWasmEngine()
    ).createPolicy(shape, initialParameters(shape, 6));
    const problems = shortAnswered(task).slice(0, 40);
    const counts = (seed: number) => countCorrect(policy, task, problems, 16, 1, seed, 3);
    expect(await counts(1)).toEqual(await counts(1));
    expect(await counts(1)).not.toEqual(await counts(2));
  });
});

describe('solvable sets', () => {
  it('have their threshold where 1 − (1 − p)^256 is ½: p = 0.0027039', () => {
    expect(isSolvable(0.002705)).toBe(true);
    expect(isSolvable(0.002702)).toBe(false);
  });

  it('count each of the four cases', () => {
    expect(solvableSets([0.5, 0.5, 0, 0, 1], [0.5, 0, 0.5, 0, 1])).toEqual({
      both: 2,
      baseOnly: 1,
      rlOnly: 1,
      neither: 1,
    });
  });
});
