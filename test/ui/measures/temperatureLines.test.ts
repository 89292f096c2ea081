import { expect, it } from 'vitest';
import type { FinalePoint } from '../../../src/experiments/finale.ts';
import { temperatureLines } from '../../../src/ui/measures/temperatureLines.ts';

const point = (of: FinalePoint['of'], x: number, topP: number, one: number): FinalePoint => ({
  ...{ x, topP, passAt: { '1': one }, p: [], entropy: 1 },
  ...(of ? { of } : {}),
});

it('a temperature is a point of one line for each policy and top-p, in ascending order', () => {
  // As a run records them: all of top-p 1 first, then all of 0.95, each temperature twice.
  const points = [
    ...[point('base', 1, 1, 0.3), point('base', 0.5, 1, 0.4)],
    ...[point('base', 0.5, 0.95, 0.45), point('base', 1, 0.95, 0.35)],
    ...[point('now', 0.5, 1, 0.8), point('now', 1, 1, 0.7)],
    ...[point('now', 0.5, 0.95, 0.85), point('now', 1, 0.95, 0.75)],
    point('matched', 1.3, 1, 0.6),
  ];
  const lines = temperatureLines(points, '1');
  expect(lines.map(({ label, points }) => [label, points.map(({ x, y }) => [x, y])])).toEqual([
    // prettier-ignore
    ['base', [[0.5, 0.4], [1, 0.3]]],
    // prettier-ignore
    ['base, top-p 0.95', [[0.5, 0.45], [1, 0.35]]],
    // prettier-ignore
    ['trained', [[0.5, 0.8], [1, 0.7]]],
    // prettier-ignore
    ['trained, top-p 0.95', [[0.5, 0.85], [1, 0.75]]],
    ['matched', [[1.3, 0.6]]],
  ]);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  // Lines of one colour differ in their dashes.
  expect(new Set(lines.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(lines.length);
});
