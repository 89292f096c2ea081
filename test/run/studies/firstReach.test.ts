import { describe, expect, it } from 'vitest';
import { updateWeight } from '../../../src/rl/updateWeight.ts';
import { choicesOf } from '../../../src/rl/algorithms.ts';
import { atFirstReach } from '../../../src/run/studies/firstReach.ts';
import { measure } from '../../../src/run/studies/measures.ts';
import { recordedRun } from './example.ts';

describe('a number where another first reaches a level', () => {
  it('is between the evaluations around it, and the first of several', () => {
    // 0.05 is a quarter of the way from 0.04 to 0.08.
    expect(atFirstReach([0, 0.04, 0.08], [1, 2, 6], 0.05)).toBeCloseTo(3, 12);
    expect(atFirstReach([0, 0.1, 0, 0.1], [0, 1, 2, 3], 0.05)).toBeCloseTo(0.5, 12);
    expect(atFirstReach([0.2, 0.3], [7, 8], 0.1)).toBe(7);
    expect(atFirstReach([0, 0.1], [0, 1], 0.1)).toBe(1);
  });

  it('is null where it is not reached, or not known on both sides', () => {
    expect(atFirstReach([0, 0.04], [1, 2], 0.05)).toBeNull();
    expect(atFirstReach([], [], 0)).toBeNull();
    expect(atFirstReach([0, null, 0.1], [1, 2, 3], 0.05)).toBeNull();
    expect(atFirstReach([0, 0.1], [1, null], 0.05)).toBeNull();
  });
});

describe('what training on one domain costs the other', () => {
  const run = recordedRun(1, [0.6, 0.2], {
    series: {
      step: [0, 5, 10],
      'heldOut.domains.countdown.1': [0.1, 0.14, 0.18],
      'heldOut.domains.programs.256': [0.96, 0.95, 0.91],
      'heldOut.forwardKl.countdown.kl': [0, 0.4, 0.8],
    },
  });

  it('is read where both have gained, or moved, as much', () => {
    expect(measure(run, 'gained')).toBeCloseTo(0.08, 12);
    expect(measure(run, 'lost@256')).toBeCloseTo(0.05, 12);
    // A gain of 0.05 and a distance of 0.5 are both a quarter of the way from the second evaluation to the third.
    expect(measure(run, 'lost@256 at gain 0.05')).toBeCloseTo(0.02, 12);
    expect(measure(run, 'lost@256 at KL 0.5')).toBeCloseTo(0.02, 12);
    expect(measure(run, 'forward KL at gain 0.05')).toBeCloseTo(0.5, 12);
  });

  it('is nothing at the base, and unknown where there are no domains', () => {
    expect([measure(run, 'gained', 'base'), measure(run, 'lost@256', 'base')]).toEqual([0, 0]);
    expect(measure(run, 'lost@256 at gain 0.05', 'base')).toBeNull();
    expect(measure(recordedRun(1, [0.6, 0.2]), 'lost@256')).toBeNull();
  });
});

it('what an algorithm maximises is the mean of its U(p)', () => {
  const { integral } = updateWeight(choicesOf('maxrl'), 8, []);
  expect(measure(recordedRun(1, [0.6, 0]), 'U maxrl')).toBeCloseTo(integral(0.6) / 2, 12);
});

it('pass^k is of all of k', () => {
  // (0.9² + 0.5²) / 2
  expect(measure(recordedRun(1, [0.9, 0.5]), 'pass^2')).toBeCloseTo(0.53, 12);
});
