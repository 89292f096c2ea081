import { describe, expect, it } from 'vitest';
import { REWARDS, type RewardInput } from '../../src/rl/rewards.ts';

/** A group of four answers of 1, 2, 2 and 3 tokens, T = 3; right, right, wrong, right. */
const input: RewardInput = {
  groupSize: 4,
  T: 3,
  lengths: Int32Array.of(1, 2, 2, 3),
  outcomes: [1, 1, 0, 1],
  // Means over the tokens: −1, −0.5, −2, −0.2, so the ranks are 1, 2, 0, 3.
  logProbs: Float32Array.of(-1, 9, 9, -0.9, -0.1, 9, -1, -3, 9, -0.1, -0.3, -0.2),
  unlikeliness: 0.25,
};

describe('rewards', () => {
  it('outcome: 1 on the last token of a right answer', () => {
    expect([...REWARDS.outcome.ofTokens(input)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('unlikeliness: 1 − ¼ · rank / 4', () => {
    const rewards = REWARDS.unlikeliness.ofTokens(input);
    const expected = [1 - 0.25 / 4, 0, 0, 0, 1 - 0.5 / 4, 0, 0, 0, 0, 0, 0, 1 - 0.75 / 4];
    expected.forEach((value, at) => expect(rewards[at]).toBeCloseTo(value, 12));
  });

  it('unlikeliness with β = 0 is the outcome', () => {
    const plain = REWARDS.unlikeliness.ofTokens({ ...input, unlikeliness: 0 });
    expect(plain).toEqual(REWARDS.outcome.ofTokens(input));
  });

  it('process: 1 at the end of each valid step beside the outcome', () => {
    const step = (end: number, valid: boolean) => ({ end, valid, detail: '' });
    const steps = [
      [],
      [step(0, true)],
      [step(0, true), step(1, false)],
      [step(1, false), step(2, true)],
    ];
    const rewards = REWARDS.process.ofTokens({ ...input, steps });
    expect([...rewards]).toEqual([1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 2]);
  });

  it('process refuses a task without steps and says which task has them', () => {
    expect(() => REWARDS.process.ofTokens(input)).toThrow(/Countdown \+ steps/);
  });
});
