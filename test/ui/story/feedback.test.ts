import { describe, expect, it } from 'vitest';
import type { CompletionGroup } from '../../../src/experiments/completions.ts';
import {
  armsFeedback,
  countFeedback,
  curveFeedback,
  judgeFeedback,
  shapeFeedback,
} from '../../../src/ui/story/feedback.ts';
import { judgedAnswers } from '../../../src/ui/story/judged.ts';
import { shapeOf, SHAPE_NAMES } from '../../../src/ui/story/shapes.ts';

const KINDS = {
  none: 'none {came} {base}',
  low: 'low {drawn} {came} {base}',
  near: 'near {drawn} {came} {base}',
  high: 'high {drawn} {came} {base}',
};

describe('what is said of a guess', () => {
  const came = [
    { x: 1, y: 0.1 },
    { x: 256, y: 0.826 },
  ];

  it('is of a curve at the place that decides: too low, near within a tenth of the axis, or too high; of 100', () => {
    const said = (drawn: number | null) =>
      curveFeedback(KINDS, { yMax: 1 }, { x: 256, drawn, came, base: 0.1 });
    expect(said(0.5)).toBe('low 50 83 10');
    expect(said(0.73)).toBe('near 73 83 10');
    expect(said(0.72)).toBe('low 72 83 10');
    expect(said(0.93)).toBe('high 93 83 10');
    expect(said(null)).toBe('none 83 10');
  });

  it('keeps the unit of an axis that is no share', () => {
    const answer = { x: 1, drawn: 0.26, came, base: 0.7 };
    expect(curveFeedback(KINDS, { yMax: 1.5 }, answer)).toBe('high 0.26 0.10 0.70');
    expect(curveFeedback(KINDS, { yMax: 1.5 }, { ...answer, drawn: 0.25 })).toMatch(/^near/);
  });

  it('is of a range whether the number lies above it, in it or below it', () => {
    const said = (chosen: number | null) =>
      countFeedback(
        { none: '{came}', low: 'low {came}', near: 'near {came}', high: 'high {came}' },
        ...([{ edges: [0, 1, 10, 30, 100] }, chosen, 11.4] as const),
      );
    expect([0, 1, 2, 3, null].map(said)).toEqual(['low 11', 'low 11', 'near 11', 'high 11', '11']);
    // What is shown decides: 9.7 is told as 10.
    expect(countFeedback({ near: 'in' }, { edges: [0, 10, 100] }, 1, 9.7)).toBe('in');
  });

  it('is of arms which is highest, and what the chosen one has', () => {
    const arms = [
      { id: 'a', label: 'A', mean: 0.254, half: 0.1, shown: '' },
      { id: 'b', label: 'B', mean: 0.75, half: 0.1, shown: '' },
    ];
    const texts = {
      none: '{best} {value}',
      same: '={best}',
      other: '{chosen} {own} < {best} {value}',
    };
    expect([0, 1, null].map((chosen) => armsFeedback(texts, arms, chosen))).toEqual([
      ...['A 25 < B 75', '=B', 'B 75'],
    ]);
  });

  it('is of a shape whether it is the one', () => {
    const texts = { none: '{came}', same: '= {came}', other: '{chosen}, {came}' };
    const [flat, valley] = [
      'equally on all problems',
      'most on the hardest and the easiest problems',
    ];
    const [isFlat, isValley] = (['flat', 'valley'] as const).map((name) =>
      SHAPE_NAMES.indexOf(name),
    );
    expect(shapeFeedback(texts, isFlat!, 'valley')).toBe(`${flat}, ${valley}`);
    expect(shapeFeedback(texts, isValley!, 'valley')).toBe(`= ${valley}`);
    expect(shapeFeedback(texts, null, 'flat')).toBe(flat);
  });
});

describe('answers that are judged', () => {
  const completion = (text: string, correct: boolean) => ({
    text,
    correct,
    detail: `makes ${text}`,
  });
  const group = {
    completions: [
      ...[completion('2', false), completion('2', false), completion('4', true)],
      ...[completion('5', false), completion('4', true), completion('6', false)],
    ],
  } as unknown as CompletionGroup;

  it('are the first different ones, each with what is said of it', () => {
    expect(judgedAnswers(group, 3, [true]).map(({ text, said }) => [text, said])).toEqual([
      ['2', true],
      ['4', null],
      ['5', null],
    ]);
  });

  it('are held against the program, once all of them are judged', () => {
    const texts = {
      none: 'n {right}',
      same: 's {right} {came}',
      other: '{n} {all} {answer} {detail}',
    };
    const said = (judged: (boolean | null)[]) =>
      judgeFeedback(texts, { answers: judgedAnswers(group, 3, judged), accepted: 0.114 });
    expect(said([])).toBe('n 1');
    expect(said([false, true])).toBe('n 1');
    expect(said([false, true, false])).toBe('s 1 11');
    expect(said([true, true, true])).toBe('2 3 2 makes 2');
  });
});

describe('the shape of a curve', () => {
  const curve = (f: (x: number) => number) =>
    Array.from({ length: 21 }, (_, i) => ({ x: i / 20, y: f(i / 20) }));

  it.each([
    ['flat', () => 1],
    ['flat', (x: number) => 1 + 0.04 * x],
    ['valley', (x: number) => 1 + (x - 0.5) ** 2],
    ['hill', (x: number) => x * (1 - x)],
    ['rising', (x: number) => x],
    ['falling', (x: number) => 1 - x],
  ] as const)('is %s by its ends and its middle', (name, f) => {
    expect(shapeOf(curve(f))).toBe(name);
  });
});
