import { describe, expect, it } from 'vitest';
import { createTask } from '../../src/tasks/registry.ts';
import { beyondSentence, lowestDecade } from '../../src/ui/beyond.ts';
import { percentOf } from '../../src/ui/shares.ts';
import { countLucky, stepParts } from '../../src/ui/tasks/picture.ts';

describe('a share in per cent', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.631, '63 %'],
    [0.0345, '3.5 %'],
    [0.00058, '0.058 %'],
    [1e-6, '0.0001 %'],
    [3e-9, '< 0.0001 %'],
    [0.9999, '> 99 %'],
  ])('%f is %s', (share, text) => {
    expect(percentOf(share)).toBe(text);
  });
});

describe('what the curves beyond the prior say', () => {
  // pass@2 = 1 − (1 − p)²: of p = 0.5 it is 0.75, of p = 0.1 it is 0.19; of both on average 0.47.
  const p = { base: [0.5, 0.1], now: [0, 0.1], chance: [0.1, 0.1] };

  it('is the mean pass@k of each', () => {
    expect(beyondSentence(p, 2)).toBe(
      'At k = 2 the base solves 47 % of them, the trained policy 9.5 %, guessing 19 %.',
    );
    expect(beyondSentence({ ...p, now: null, chance: null }, 2)).toBe(
      'At k = 2 the base solves 47 % of them.',
    );
    expect(beyondSentence({ base: null, now: null, chance: null }, 2)).toBe('');
  });

  it('begins a decade above the bottom of the axis, which is 1e-6 at the lowest', () => {
    // The lowest start is 3e-4, whose decade is 1e-4.
    expect(lowestDecade({ base: [3e-4], now: null, chance: [0.2] })).toBeCloseTo(1e-5, 12);
    expect(lowestDecade({ base: [1e-12], now: null, chance: null })).toBe(1e-6);
    expect(lowestDecade({ base: [0.5], now: null, chance: null })).toBeCloseTo(1e-3, 12);
  });
});

describe('written steps', async () => {
  const task = await createTask('countdown-steps');
  const problem = { numbers: [2, 3, 7], target: 19 };
  const read = (written: string): number[] => [
    ...written.split(' ').map((word) => task.vocabulary.tokens.indexOf(word)),
    0,
  ];
  const partsOf = (written: string) => {
    const tokens = read(written);
    return stepParts(task, tokens, task.checkSteps!(problem, tokens)).map(
      ({ text, check }) => [text, check?.valid] as const,
    );
  };

  it('are told apart, each with its verdict', () => {
    expect(partsOf('7 × 3 = 22 − 2 = 20')).toEqual([
      ['7 × 3 = 22', false],
      ['− 2 = 20', true],
    ]);
    expect(partsOf('7 × 3 = 21 − −')).toEqual([
      ['7 × 3 = 21', true],
      ['− −', undefined],
    ]);
    expect(partsOf('+ +')).toEqual([['+ +', undefined]]);
  });

  it('are counted where a right answer has a wrong one', () => {
    const completions = ['7 × 3 = 21 − 2 = 19', '7 × 3 = 22 − 2 = 19', '7 × 3 = 22'].map(
      (written) => {
        const tokens = read(written);
        return { tokens, ...task.verify(problem, tokens) };
      },
    );
    const checksOf = ({ tokens }: { tokens: number[] }) => task.checkSteps!(problem, tokens);
    expect(countLucky(completions, checksOf)).toEqual({ right: 2, lucky: 1 });
  });
});
