import { expect, it } from 'vitest';
import { samplingEfficiencyGap } from '../../src/evaluation/solvable.ts';

it('the base’s 256 samples leave a gap in sampling efficiency', () => {
  // Base: 1 − 0.99^256 = 0.923690; now: pass@1 of 0.3 and 0.1 is 0.2.
  expect(samplingEfficiencyGap([0.01, 0.01], [0.3, 0.1])).toBeCloseTo(0.72369, 5);
});
