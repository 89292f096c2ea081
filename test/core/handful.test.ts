import { describe, expect, it } from 'vitest';
import { handful } from '../../src/core/handful.ts';

describe('a handful of problems', () => {
  it('is at twelve evenly spaced ranks, the middle one first', () => {
    // Problem i has p = i / 120, so that rank r is problem 119 − r: ranks 65, 75 … 115, then 5, 15 … 55.
    const baseP = Array.from({ length: 120 }, (_, i) => i / 120);
    expect(handful(baseP)).toEqual([54, 44, 34, 24, 14, 4, 114, 104, 94, 84, 74, 64]);
  });

  it('is all of them where there are few, and of equal ones the first first', () => {
    expect(handful([0.5, 0.1, 0.5])).toEqual([2, 1, 0]);
    expect(handful([])).toEqual([]);
  });
});
