import { describe, expect, it } from 'vitest';
import { crossingOf, headlineOf } from '../../src/ui/headline.ts';

describe('a number of the strip', () => {
  it('has its difference as the numbers are shown', () => {
    // 0.0794 and 0.3412 differ by 0.2618; 0.079 and 0.341, which stand there, by 0.262.
    expect(headlineOf(0.0794, 0.3412)).toEqual({
      base: '0.079',
      now: '0.341',
      change: { direction: 'up', text: '+0.262' },
    });
    expect(headlineOf(0.9972, 0.7361).change).toEqual({ direction: 'down', text: '−0.261' });
    expect(headlineOf(0.5, 0.50004).change).toEqual({ direction: 'same', text: 'no change' });
  });

  it('stands alone before training, and says what is no number', () => {
    expect(headlineOf(0.0794, null)).toEqual({ base: '0.079', now: null, change: null });
    expect(headlineOf(null, null)).toEqual({ base: '–', now: null, change: null });
    expect(headlineOf(0.5, NaN)).toEqual({ base: '0.500', now: 'NaN', change: null });
  });
});

describe('the crossing', () => {
  it('of one sure problem in four against all at a half', () => {
    // Base: 1 − 0.5^k over all. Now: a third of them always, the others never… at k = 1: 0.5 < 2/3; at k = 2: 0.75 > 2/3.
    // 1 − 0.5^k = 2/3 at k = log 3 / log 2 = 1.585.
    expect(crossingOf([0.5, 0.5, 0.5], [1, 1, 0])).toEqual({
      value: 'k ≈ 1.6',
      words: 'with more samples than this, the base solves more',
    });
  });

  it('is told with where the trained policy comes ahead again, or comes ahead at all', () => {
    // Three problems: solved at once, lost to a tenth, found: ahead, behind, ahead again.
    const twice = crossingOf([0.3, 0.3, 0.0001], [1, 0.1, 0.01]);
    expect(twice.words).toMatch(/^from this to k ≈ \d+ the base solves more$/);
    // Behind at one sample, 0.5 > 0.3, and ahead at two: 1 − 0.7² = 0.51 > 0.5.
    const later = crossingOf([1, 0], [0.3, 0.3]);
    expect(later).toEqual({
      // 1 − 0.7^k = 0.5 at k = log 2 / log (1 / 0.7) = 1.943.
      value: 'k ≈ 1.9',
      words: 'with more samples than this, the trained policy solves more',
    });
  });

  it('is told where there is none, and why', () => {
    expect(crossingOf([0.5], null)).toEqual({ value: 'none yet', words: 'nothing is trained yet' });
    expect(crossingOf(null, [0.5])).toEqual({ value: 'none yet', words: 'nothing is trained yet' });
    expect(crossingOf([0.5], [0.9]).words).toBe('ahead of the base up to a million samples');
    expect(crossingOf([0.5], [0.5]).words).toBe('level with the base at one sample');
    expect(crossingOf([0.5], [0.2]).words).toBe('behind the base from the first sample on');
    expect(crossingOf([0.5], [0.2]).value).toBe('none');
  });
});
