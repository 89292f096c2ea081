import { describe, expect, it } from 'vitest';
import {
  SUPPORT_K,
  SUPPORT_THRESHOLD,
  supportIndices,
  supportOf,
} from '../../src/evaluation/support.ts';
import { generatedP } from './generated.ts';

describe('the support', () => {
  it('begins where 8192 samples miss a problem 1 time in 20', () => {
    expect(SUPPORT_THRESHOLD).toBeCloseTo(3.66e-4, 6);
    // (1 − ε)^k = e^(−εk − ε²k/2 …): ζ = 0.05 but for ε²k/2 = 5.5e-4 of it.
    expect((1 - SUPPORT_THRESHOLD) ** SUPPORT_K).toBeCloseTo(0.05 * (1 - 5.5e-4), 6);
  });

  it('counts each problem once, ε itself as found', () => {
    const e = SUPPORT_THRESHOLD;
    expect(supportOf([e, 0.5, 0, 1, 0.1], [e, 0, 0.2, 1, e * 0.999])).toEqual({
      preserved: 2,
      expanded: 1,
      shrunk: 2,
      out: 0,
    });
    expect(supportOf([0.3, 0.4], [0.2, 0.5], 0.25)).toEqual({
      preserved: 1,
      expanded: 0,
      shrunk: 1,
      out: 0,
    });
    for (let seed = 1; seed <= 20; seed++) {
      const [base, now] = [generatedP(seed, 50), generatedP(seed + 100, 50)];
      const { preserved, expanded, shrunk, out } = supportOf(base, now);
      expect(preserved + expanded + shrunk + out).toBe(50);
      expect(preserved + shrunk).toBe(base.filter((p) => p >= e).length);
      expect(preserved + expanded).toBe(now.filter((p) => p >= e).length);
    }
  });

  it('refuses two lists of different problems', () => {
    expect(() => supportOf([0.1], [0.1, 0.2])).toThrow('of the same problems, got 1 and 2');
  });

  it('gives the indices of the source', () => {
    // ProRL v2 in the source: P 2388, E 48, S 175. SRR = 2388/2563, NDR = 48/2436, NSCR = −127/2611.
    const { srr, ndr, sds, nscr } = supportIndices({ preserved: 2388, expanded: 48, shrunk: 175 });
    expect(srr).toBeCloseTo(0.93172, 5);
    expect(ndr).toBeCloseTo(0.019704, 6);
    expect(sds).toBeCloseTo(2 / (1 / 0.931721 + 1 / 0.0197044), 6);
    expect(nscr).toBeCloseTo(-0.04864, 5);
  });

  it('has no index where there is nothing to take a share of', () => {
    const none = { preserved: 0, expanded: 0, shrunk: 0 };
    expect(supportIndices(none)).toEqual({ srr: null, ndr: null, sds: null, nscr: null });
    expect(supportIndices({ ...none, shrunk: 3 })).toEqual({
      srr: 0,
      ndr: null,
      sds: null,
      nscr: -1,
    });
    expect(supportIndices({ ...none, expanded: 3 })).toEqual({
      srr: null,
      ndr: 1,
      sds: null,
      nscr: 1,
    });
    // Both rates 0: the harmonic mean's limit.
    expect(supportIndices({ preserved: 0, expanded: 2, shrunk: 2 })).toMatchObject({ sds: 0 });
    expect(supportIndices({ preserved: 4, expanded: 0, shrunk: 0 })).toEqual({
      srr: 1,
      ndr: 0,
      sds: 0,
      nscr: 0,
    });
  });
});
