import { describe, expect, it } from 'vitest';
import { BIN_EDGES, histogramOf, type Binning } from '../../src/evaluation/histogram.ts';
import { SUPPORT_THRESHOLD } from '../../src/evaluation/support.ts';
import { generatedP } from './generated.ts';

describe('the histogram of p', () => {
  it('has a bin for zero, tenths after it, and 1 in the last', () => {
    const bins = histogramOf([0, 3e-4, SUPPORT_THRESHOLD, 0.0999, 0.1, 0.95, 1], 'tenths');
    expect(bins.length).toBe(11);
    expect(bins.map(({ count }) => count)).toEqual([2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect([bins[0]!.from, bins[0]!.to, bins[1]!.from, bins[10]!.to]).toEqual([
      0,
      SUPPORT_THRESHOLD,
      SUPPORT_THRESHOLD,
      1,
    ]);
  });

  it('tells rare successes apart in half decades', () => {
    // ε, 10^-3, 10^-2.5, … 1.
    const bins = histogramOf([0, 5e-4, 0.002, 0.004, 0.02, 0.05, 0.2, 0.5, 1], 'half decades');
    expect(bins.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1, 2]);
  });

  it('adds up to all problems, with ascending edges', () => {
    for (const binning of Object.keys(BIN_EDGES) as Binning[])
      for (let seed = 1; seed <= 10; seed++) {
        const bins = histogramOf(generatedP(seed, 200), binning);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(200);
        bins.forEach(({ from, to }, i) => {
          expect(from).toBeLessThan(to);
          if (i > 0) expect(from).toBe(bins[i - 1]!.to);
        });
      }
  });
});
