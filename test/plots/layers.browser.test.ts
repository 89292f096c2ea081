import { expect, it } from 'vitest';
import LineFigure from '../../src/plots/LineFigure.svelte';
import type { Point, Series } from '../../src/plots/series.ts';
import { mounted } from '../ui/fixtures/mounted.ts';

/** A figure of lines from 0 to 4 and 0 to 1, or from 0.001 to 1 in logarithms. */
const drawn = (series: Series[], yScale: 'linear' | 'log10' = 'linear') =>
  mounted(LineFigure, {
    ...{ title: 'lines', caption: '', summary: '', xLabel: 'x', yLabel: 'y', yScale },
    xScale: 'linear',
    xDomain: [0, 4],
    yDomain: yScale === 'linear' ? [0, 1] : [0.001, 1],
    format: String,
    series,
  });
const lineOf = (id: string, ys: number[], more: Partial<Series> = {}): Series => ({
  ...{ id, label: id, color: 'red' },
  points: ys.map((y, x) => ({ x, y })),
  ...more,
});
/** The corners of a path, by its strokes. */
const strokesOf = (path: Element): Point[][] =>
  path
    .getAttribute('d')!
    .split('M')
    .slice(1)
    .map((stroke) =>
      stroke
        .replace('Z', '')
        .split('L')
        .map((corner) => {
          const [x, y] = corner.split(',').map(Number);
          return { x: x!, y: y! };
        }),
    );

it('a line has a gap where there is no number, and goes on after it', () => {
  const figure = drawn([lineOf('a', [0, 0.5, NaN, 0.5, 1])]);
  const [before, after, ...others] = strokesOf(figure.one('[data-line=a]'));
  expect(others).toEqual([]);
  expect([before!.length, after!.length]).toEqual([2, 2]);
  // As far apart as their numbers are: two places between the last before the gap and the first after it.
  const step = before![1]!.x - before![0]!.x;
  expect(after![0]!.x - before![1]!.x).toBeCloseTo(2 * step, 6);
  expect(after![0]!.y).toBeCloseTo(before![1]!.y, 6);
  expect(before![0]!.y).toBeGreaterThan(after![1]!.y);
});

it('on a logarithmic axis a line has a gap where it is below the axis, and none in the middle of it', () => {
  const figure = drawn([lineOf('a', [1, 0.01, 0, 0.0001, 0.1])], 'log10');
  expect(strokesOf(figure.one('[data-line=a]')).map(({ length }) => length)).toEqual([2, 1]);
});

it('a line of one point is a dot, where a longer one has that point', () => {
  const figure = drawn([lineOf('a', [0.25, 0.75]), lineOf('lone', [0.25])]);
  const [corner] = strokesOf(figure.one('[data-line=a]'))[0]!;
  const dot = figure.one('[data-line=lone] + circle');
  expect(Number(dot.getAttribute('cx'))).toBeCloseTo(corner!.x, 6);
  expect(Number(dot.getAttribute('cy'))).toBeCloseTo(corner!.y, 6);
  expect(figure.all('[data-line=a] + circle')).toEqual([]);
});

it('a band goes out along its highs and back along its lows, and no farther than the axes', () => {
  const band = [
    { x: 0, low: 0.25, high: 0.75 },
    { x: 4, low: -3, high: 1 },
  ];
  const figure = drawn([lineOf('a', [0.5, 0.5, 0.5, 0.5, 0.5], { band })]);
  const [corners] = strokesOf(figure.one('path.band'));
  const [axis] = strokesOf(figure.one('[data-line=a]'));
  expect(corners).toHaveLength(4);
  const highest = Math.min(...corners!.map(({ y }) => y));
  const lowest = Math.max(...corners!.map(({ y }) => y));
  // The line is in the middle of the axis, and the band's ends are its ends.
  expect((highest + lowest) / 2).toBeCloseTo(axis![0]!.y, 6);
  expect(corners!.filter(({ x }) => x === axis![0]!.x).map(({ y }) => y - axis![0]!.y)).toEqual(
    expect.arrayContaining([
      expect.closeTo((lowest - highest) / 4, 6),
      expect.closeTo((highest - lowest) / 4, 6),
    ]),
  );
});
