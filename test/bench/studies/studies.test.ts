import { describe, expect, it } from 'vitest';
import { intervalOf, markdown, show } from './table.ts';

describe('intervals over seeds', () => {
  it('are Student intervals of the mean', () => {
    // 1 … 8: mean 4.5, sample variance 6, standard error √(6/8) = 0.866, times 2.365
    const interval = intervalOf([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(interval.mean).toBe(4.5);
    expect(interval.half).toBeCloseTo(2.048, 3);
    expect(show(interval, 1)).toBe('4.5 ± 2.0');
  });

  it('refuse a seed that is missing', () => {
    expect(() => intervalOf([1])).toThrow('1 values, expected at least 2');
  });
});

it('a table has a line a row', () => {
  expect(markdown(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
});
