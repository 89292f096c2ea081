import { describe, expect, it } from 'vitest';
import { Stream, uniformSequence } from '../../src/core/random.ts';
import {
  answerEntropy,
  distinctAnswers,
  enumerateAnswers,
  successOf,
  type AnswerDistribution,
} from '../../src/evaluation/answers.ts';
import { enumerateAcceptSets, exactSuccess } from '../../src/evaluation/exact.ts';
import { majorityInTheLimit, majorityVote } from '../../src/evaluation/majority.ts';
import { perplexity } from '../../src/evaluation/perplexity.ts';
import { rootOf } from '../../src/evaluation/prefixes.ts';
import {
  ALL_LETTERS,
  exampleProbabilities,
  letters,
  LETTERS_SHAPE,
  lettersPolicy,
  written,
} from './example.ts';

const problems = [{ accepts: ['ab.', 'b.'] }, { accepts: ['aab'] }];

describe('the enumeration of answers', () => {
  it('finds all 15 responses of the tiny task, and their probabilities add up to 1', async () => {
    const policy = await lettersPolicy(4);
    const found = await enumerateAnswers(policy, letters, problems, {
      smallest: 1e-12,
      temperature: 1,
    });
    for (const { answers, missing } of found) {
      expect(answers.map(({ response }) => written(response)).sort()).toEqual(
        [...ALL_LETTERS].sort(),
      );
      const sum = answers.reduce((total, { logProb }) => total + Math.exp(logProb), 0);
      expect(sum).toBeCloseTo(1, 6);
      expect(missing).toBe(0);
      for (let i = 1; i < answers.length; i++)
        expect(answers[i]!.logProb).toBeLessThanOrEqual(answers[i - 1]!.logProb);
    }
  });

  it('gives each response the probability that scoring it gives, and the verdict', async () => {
    const policy = await lettersPolicy(4);
    const found = await enumerateAnswers(policy, letters, problems, {
      smallest: 1e-12,
      temperature: 0.6,
    });
    for (const { response, logProb, correct } of found[1]!.answers) {
      // The prompt only says how many responses are accepted, so this is the second problem's.
      const text = written(response);
      // A task of its own each, since accept sets are kept by task and prompt.
      const sets = enumerateAcceptSets({ ...letters }, LETTERS_SHAPE, [{ accepts: [text] }]);
      const { p } = await exactSuccess(policy, sets, 0.6);
      expect(Math.exp(logProb) / p[0]!).toBeCloseTo(1, 5);
      expect(correct).toBe(text === 'aab');
    }
    const sets = enumerateAcceptSets(letters, LETTERS_SHAPE, problems);
    const { p } = await exactSuccess(policy, sets, 0.6);
    found.forEach((of, i) => expect(successOf(of).low / p[i]!).toBeCloseTo(1, 5));
  });

  it('leaves out what is less likely than asked, and says how much', async () => {
    const policy = await lettersPolicy(4);
    const [all] = await enumerateAnswers(policy, letters, problems.slice(0, 1), {
      smallest: 1e-12,
      temperature: 1,
    });
    const [some] = await enumerateAnswers(policy, letters, problems.slice(0, 1), {
      smallest: 0.02,
      temperature: 1,
    });
    const kept = all!.answers.filter(({ logProb }) => Math.exp(logProb) >= 0.02);
    expect(some!.answers.length).toBeLessThan(15);
    expect(some!.answers).toEqual(kept);
    const sum = kept.reduce((total, { logProb }) => total + Math.exp(logProb), 0);
    expect(some!.missing).toBeGreaterThan(0);
    expect(some!.missing).toBeCloseTo(1 - sum, 6);
    // What it leaves open contains what the whole enumeration knows.
    const within = (value: number, { low, high }: { low: number; high: number }) => {
      expect(value).toBeGreaterThanOrEqual(low - 1e-9);
      expect(value).toBeLessThanOrEqual(high + 1e-9);
    };
    within(answerEntropy(all!, LETTERS_SHAPE).low, answerEntropy(some!, LETTERS_SHAPE));
    for (const k of [1, 7, 300]) within(distinctAnswers(all!, k).low, distinctAnswers(some!, k));
    within(successOf(all!).low, successOf(some!));
    for (const k of [1, 3, 16]) {
      const { value, error } = majorityVote(some!, k);
      within(majorityVote(all!, k).value, { low: value - error, high: value + error });
    }
  });

  it('scores each beginning once, all problems together: 3 scorings of 1, 2 and 4 beginnings each', async () => {
    const policy = await lettersPolicy(4);
    const scored: number[] = [];
    const watched: typeof policy = {
      ...policy,
      score: (request) => {
        scored.push(request.batch.lengths.length);
        return policy.score(request);
      },
    };
    await enumerateAnswers(watched, letters, problems, { smallest: 1e-12, temperature: 1 });
    expect(scored).toEqual([2, 4, 8]);
  });

  it('refuses a threshold that is no probability', async () => {
    const policy = await lettersPolicy(4);
    await expect(
      enumerateAnswers(policy, letters, problems, { smallest: 0, temperature: 1 }),
    ).rejects.toThrow('smallest must be a probability between 0 and 1, got 0');
  });
});

/** A distribution over made-up answers with the given probabilities; those with odd index are right. */
function distribution(probabilities: readonly number[], missing = 0): AnswerDistribution {
  return {
    problem: null,
    answers: probabilities.map((p, i) => ({
      response: [i],
      logProb: Math.log(p),
      correct: i % 2 === 1,
    })),
    missing,
    smallest: missing === 0 ? 1e-12 : probabilities.at(-1)!,
    root: rootOf([]),
  };
}

describe('measures of an answer distribution', () => {
  it('by hand: ½, ¼, ¼ have an entropy of 1.5 log 2 and 1.6875 different answers in 2', () => {
    const of = distribution([0.5, 0.25, 0.25]);
    expect(answerEntropy(of, LETTERS_SHAPE).low).toBeCloseTo(1.5 * Math.LN2, 12);
    // (1 − ½²) + 2 (1 − ¾²) = 0.75 + 0.875
    expect(distinctAnswers(of, 2).low).toBeCloseTo(1.625, 12);
    expect(distinctAnswers(of, 1).low).toBeCloseTo(1, 12);
    expect(distinctAnswers(of, 1e9).high).toBeCloseTo(3, 6);
  });

  it('the perplexity of own answers is exp(H of whole answers / mean length)', async () => {
    const policy = await lettersPolicy(4);
    const other = await lettersPolicy(5);
    const whole = { smallest: 1e-12, temperature: 1 };
    const own = await enumerateAnswers(policy, letters, problems, whole);
    let entropy = 0;
    let length = 0;
    let cross = 0;
    const foreign = await enumerateAnswers(other, letters, problems, whole);
    own.forEach(({ answers }, i) => {
      for (const { response, logProb } of answers) {
        const p = Math.exp(logProb);
        entropy -= p * logProb;
        length += p * response.length;
        const same = foreign[i]!.answers.find(
          (answer) => written(answer.response) === written(response),
        )!;
        cross -= p * same.logProb;
      }
    });
    expect(await perplexity(own, policy, 1)).toBeCloseTo(Math.exp(entropy / length), 5);
    expect(await perplexity(own, other, 1)).toBeCloseTo(Math.exp(cross / length), 5);
    expect(cross).toBeGreaterThan(entropy);
  });
});

describe('the majority vote', () => {
  it('by hand: ½ wrong, ¼ right, ¼ wrong', () => {
    const of = distribution([0.5, 0.25, 0.25]);
    expect(majorityVote(of, 1).value).toBeCloseTo(0.25, 12);
    // Two draws: right twice 1/16; right and another, a tie, 2 · ¼ · ¾ / 2 = 3/16.
    expect(majorityVote(of, 2).value).toBeCloseTo(4 / 16, 12);
    // Three: at least twice right 10/64; all three different, 6 · ½ · ¼ · ¼ = 12/64, a third of it.
    expect(majorityVote(of, 3).value).toBeCloseTo(14 / 64, 12);
    expect(majorityInTheLimit(of)).toBe(0);
    expect(majorityInTheLimit(distribution([0.4, 0.4, 0.2]))).toBe(0.5);
  });

  /** Walks every sequence of k draws. */
  function slowMajority(probabilities: readonly number[], k: number): number {
    let total = 0;
    const counts = probabilities.map(() => 0);
    const walk = (left: number, weight: number): void => {
      if (left === 0) {
        const most = Math.max(...counts);
        const tied = counts.flatMap((count, i) => (count === most ? [i] : []));
        total += (weight * tied.filter((i) => i % 2 === 1).length) / tied.length;
        return;
      }
      probabilities.forEach((p, i) => {
        counts[i]!++;
        walk(left - 1, weight * p);
        counts[i]!--;
      });
    };
    walk(k, 1);
    return total;
  }

  it.each([1, 2, 3, 4, 5, 6])('of %i is what walking every sequence of draws gives', (k) => {
    for (let seed = 0; seed < 5; seed++) {
      const probabilities = exampleProbabilities(5, 0, seed);
      const { value, error } = majorityVote(distribution(probabilities), k);
      expect(value).toBeCloseTo(slowMajority(probabilities, k), 8);
      expect(error).toBeLessThan(1e-8);
    }
  });

  it('of 16 and 64 among 400 answers is what 4,000 votes give, within 4 standard errors and the error', () => {
    const missing = 0.01;
    const probabilities = exampleProbabilities(400, missing, 3);
    const of = distribution(probabilities, missing);
    const random = uniformSequence({ seed: 1, stream: Stream.evaluation, step: 7 });
    const n = 4000;
    for (const k of [16, 64]) {
      const { value, error } = majorityVote(of, k);
      let right = 0;
      for (let vote = 0; vote < n; vote++) {
        const counts = new Map<number, number>();
        for (let draw = 0; draw < k; draw++) {
          let u = random();
          const found = probabilities.findIndex((p) => (u -= p) < 0);
          // What is missing differs from everything else.
          const answer = found < 0 ? -1 - draw : found;
          counts.set(answer, (counts.get(answer) ?? 0) + 1);
        }
        const most = Math.max(...counts.values());
        const tied = [...counts].filter(([, count]) => count === most);
        right += tied.filter(([answer]) => answer >= 0 && answer % 2 === 1).length / tied.length;
      }
      expect(error).toBeLessThan(0.03);
      expect(Math.abs(value - right / n)).toBeLessThan(4 * Math.sqrt(0.25 / n));
    }
  });

  it('refuses a k that it cannot count', () => {
    expect(() => majorityVote(distribution([1]), 200)).toThrow(
      'k of a majority vote must be a whole number from 1 to 128, got 200',
    );
  });
});
