import { describe, expect, it } from 'vitest';
import { histogramOf } from '../../src/evaluation/histogram.ts';
import { probabilityOf } from '../../src/ui/shares.ts';
import {
  coverCaption,
  FOUND_SENTENCE,
  histogramCaption,
  lawEquation,
  lawSentence,
  signed,
} from '../../src/ui/measures/words.ts';

describe('the numbers of the measures', () => {
  it('have a minus sign, or a dash where there is none', () => {
    expect([signed(-0.0486), signed(0.5), signed(null)]).toEqual(['−0.049', '0.500', '–']);
  });

  it.each([
    [0, '0'],
    [0.2345, '0.23'],
    [0.001, '0.001'],
    [4.14e-6, '4.1e−6'],
    [1, '1'],
  ])('%f is %s', (p, text) => expect(probabilityOf(p)).toBe(text));
});

describe('the words of the measures', () => {
  const base = [0.0001, 0.02, 0.3, 0.5];
  const now = [0, 0.0002, 0.97, 0.5];

  it('say how many problems stand at zero and at the other end', () => {
    const [ofBase, ofNow] = [base, now].map((p) => histogramOf(p, 'tenths'));
    expect(histogramCaption(ofBase!, null)).toBe(
      'Zero: p below 0.00037, missed by 8,192 samples 1 time in 20 or more. At zero: 1 for the base.',
    );
    expect(histogramCaption(ofBase!, ofNow!)).toContain(
      'At zero: 2 now, 1 base. From 0.90 on: 1 now, 0 base.',
    );
    expect(FOUND_SENTENCE).toContain('at least 0.00037');
  });

  it('say the heights of both curves at two thresholds', () => {
    expect(coverCaption({ base, now })).toContain(
      'τ = 0.001: now 0.500, base 0.750; τ = 0.5: now 0.500, base 0.250.',
    );
    expect(coverCaption({ base, now: null })).not.toContain('now');
  });

  it('claim of a fit what its numbers say', () => {
    const law = { a: 0.3, b: 0.8, ceiling: 0.5, rSquared: 0.91 };
    expect(lawEquation(law)).toBe('R = −0.300 e^H + 0.800');
    expect(lawSentence(law, 0.213)).toBe(
      'Reward was higher where entropy was lower; the curve explains 0.910 of the variance of the reward. At H = 0 the curve has R = 0.500, an extrapolation from H = 0.213, the lowest so far.',
    );
    const rising = { a: -0.1, b: -0.05, ceiling: 0.05, rSquared: null };
    expect(lawEquation(rising)).toBe('R = 0.100 e^H − 0.050');
    expect(lawSentence(rising, 0)).toMatch(/^Reward was no higher .* nothing to explain/);
  });
});
