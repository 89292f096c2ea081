import { describe, expect, it } from 'vitest';
import { enumerateAnswers } from '../../src/evaluation/answers.ts';
import { logAcceptance } from '../../src/evaluation/powerChain.ts';
import { powerDistribution, powerSuccess } from '../../src/evaluation/powerTarget.ts';
import { rootOf } from '../../src/evaluation/prefixes.ts';
import {
  after,
  all,
  distance,
  expectChains,
  logProposal,
  paths,
  policy,
  problem,
  target,
  tokensOf,
  transitions,
  whole,
} from './chainTwin.ts';
import { ALL_LETTERS, letters, written } from './example.ts';

describe('the exact target', () => {
  it('by hand: answers of ½, ¼ and ¼ under a square are ⅔, ⅙ and ⅙', () => {
    const answers = [0.5, 0.25, 0.25].map((p, i) => ({
      response: [i],
      logProb: Math.log(p),
      correct: i > 0,
    }));
    const of = { problem, answers, missing: 0, smallest: 1e-6, root: rootOf([]) };
    const expected = [2 / 3, 1 / 6, 1 / 6];
    powerDistribution(of, 2).forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 12));
    const accepted = answers.slice(1).map(({ logProb }, i) => ({ logProb, sound: i === 0 }));
    const { p, soundP, error } = powerSuccess(of, accepted, 2);
    expect(p).toBeCloseTo(1 / 3, 12);
    expect(soundP).toBeCloseTo(1 / 6, 12);
    expect(error).toBe(0);
  });

  it.each([1, 1.5, 4, 12])(
    'for α = %f is the sum over all responses, also where some are missing',
    async (alpha) => {
      const accepted = all.answers.filter(({ correct }) => correct);
      expect(accepted.length).toBe(3);
      const power = (of: typeof accepted): number =>
        of.reduce((sum, { logProb }) => sum + Math.exp(alpha * logProb), 0);
      const truth = power(accepted) / power(all.answers);
      const sound = accepted.map(({ logProb }) => ({ logProb, sound: true }));
      expect(powerSuccess(all, sound, alpha).p).toBeCloseTo(truth, 10);
      for (const smallest of [1e-3, 0.01, 0.05]) {
        const [some] = await enumerateAnswers(policy, letters, [problem], { ...whole, smallest });
        const { p, error } = powerSuccess(some!, sound, alpha);
        expect(p).toBeGreaterThanOrEqual(truth - 1e-9);
        expect(p - error).toBeLessThanOrEqual(truth + 1e-9);
      }
    },
  );

  it('refuses powers below 1, for which nothing bounds what is left out', () => {
    expect(() => powerSuccess(all, [], 0.5)).toThrow('alpha must be at least 1, got 0.5');
  });
});

describe('a move of the chain', () => {
  it('is accepted by the ratio that Metropolis and Hastings give, in its long form', () => {
    const alpha = 3;
    for (const old of paths)
      for (const proposed of paths) {
        const [n, m] = [tokensOf(old).length, tokensOf(proposed).length];
        let log = Math.log(n / m);
        for (let t = 0; t < m; t++)
          log +=
            alpha * proposed[t]!.next![tokensOf(proposed)[t]!]! - logProposal(proposed, t, alpha);
        for (let t = 0; t < n; t++)
          log -= alpha * old[t]!.next![tokensOf(old)[t]!]! - logProposal(old, t, alpha);
        expect(logAcceptance(old, proposed, 0, 3, alpha)).toBeCloseTo(log, 10);
      }
  });

  it.each([
    [3, 4],
    [3, 1.5],
    [2, 4],
    [1, 4],
  ])('leaves π^α of the first %i tokens as it is, α = %f', (limit, alpha) => {
    const wanted = target(limit, alpha);
    const moved = after(wanted, transitions(limit, alpha));
    moved.forEach((p, i) => expect(Math.abs(p - wanted[i]!)).toBeLessThan(1e-12));
  });

  it('leads from the proposal to π^α, whose distance in total variation only falls', () => {
    const alpha = 4;
    const matrix = transitions(3, alpha);
    const wanted = target(3, alpha);
    const power = powerDistribution(all, alpha);
    all.answers.forEach(({ response }, i) =>
      expect(power[i]).toBeCloseTo(wanted[ALL_LETTERS.indexOf(written(response))]!, 10),
    );
    let p = target(0, alpha);
    let before = distance(p, wanted);
    expect(before).toBeGreaterThan(0.3); // a low temperature is not the power, here by 0.41
    for (let move = 1; move <= 400; move++) {
      p = after(p, matrix);
      expect(distance(p, wanted)).toBeLessThanOrEqual(before + 1e-12);
      before = distance(p, wanted);
    }
    expect(before).toBeLessThan(1e-4);
  });

  it('is what 3,000 chains make, after 0, 1 and 4 moves, within 4 standard errors each', () =>
    expectChains(3000));
});
