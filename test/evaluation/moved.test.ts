import { describe, expect, it } from 'vitest';
import { movedProblems, samplingEfficiencyGap } from '../../src/evaluation/moved.ts';
import { isSolvable, solvableSets } from '../../src/evaluation/solvable.ts';
import { generatedP } from './generated.ts';

describe('problems lost and gained', () => {
  it('are named with p then and now, the largest change first', () => {
    //           lost 10×   same   gained 100×  lost to 0   gained from 0   lost 100×
    const base = [0.01, 0.5, 1e-4, 0.003, 0, 0.1];
    const now = [0.001, 0.9, 0.01, 0, 0.5, 0.001];
    expect(movedProblems(base, now)).toEqual({
      lost: [
        { index: 3, base: 0.003, now: 0 },
        { index: 5, base: 0.1, now: 0.001 },
        { index: 0, base: 0.01, now: 0.001 },
      ],
      gained: [
        { index: 4, base: 0, now: 0.5 },
        { index: 2, base: 1e-4, now: 0.01 },
      ],
    });
    expect(() => movedProblems([0.1], [])).toThrow('of the same problems, got 1 and 0');
  });

  it('are as many as the solvable sets say, and none twice', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const [base, now] = [generatedP(seed, 80), generatedP(seed + 50, 80)];
      const { lost, gained } = movedProblems(base, now);
      const { baseOnly, rlOnly } = solvableSets(base, now);
      expect([lost.length, gained.length]).toEqual([baseOnly, rlOnly]);
      expect(lost.every(({ index }) => isSolvable(base[index]!))).toBe(true);
      expect(new Set([...lost, ...gained].map(({ index }) => index)).size).toBe(baseOnly + rlOnly);
    }
  });

  it('leave a gap in sampling efficiency', () => {
    // Base: 1 − 0.99^256 = 0.923690; now: pass@1 of 0.3 and 0.1 is 0.2.
    expect(samplingEfficiencyGap([0.01, 0.01], [0.3, 0.1])).toBeCloseTo(0.72369, 5);
  });
});
