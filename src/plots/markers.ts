import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
  type SymbolType,
} from 'd3-shape';
import type { Box } from './placeLabels.ts';
import type { Plot } from './plot.ts';
import type { Point } from './series.ts';

/** A triangle on its tip, which d3 has none of. */
const symbolNabla: SymbolType = {
  draw(context, size) {
    const y = Math.sqrt(size / (3 * Math.sqrt(3)));
    context.moveTo(0, 2 * y);
    context.lineTo(-Math.sqrt(3) * y, -y);
    context.lineTo(Math.sqrt(3) * y, -y);
    context.closePath();
  },
};

/** The marks of points that differ by more than colour. */
export const MARKERS = {
  circle: symbolCircle,
  square: symbolSquare,
  triangle: symbolTriangle,
  diamond: symbolDiamond,
  star: symbolStar,
  cross: symbolCross,
  wye: symbolWye,
  nabla: symbolNabla,
} as const;
export type Marker = keyof typeof MARKERS;

/** The outline of a mark about (0, 0), as large as a circle of `radius` pixels; all marks have about the same area. */
export const markerPath = (marker: Marker, radius = 5.5): string =>
  symbol(MARKERS[marker], Math.PI * radius ** 2)()!;

/** A point that is drawn as a mark, with half the width of the intervals of its x and y where they are known. */
export interface MarkPoint extends Point {
  id: string;
  color: string;
  marker: Marker;
  xHalf?: number | null;
  yHalf?: number | null;
}

/** Where a mark and its bars are, in pixels. */
export interface PlacedMark extends Box, Pick<MarkPoint, 'id' | 'color' | 'marker'> {
  x: number;
  y: number;
}

/** A mark in a plot; what lies beyond an axis stands at its end. */
export function placedIn(
  { x, y }: Pick<Plot, 'x' | 'y'>,
  { id, color, marker, ...point }: MarkPoint,
): PlacedMark {
  const [xHalf, yHalf] = [point.xHalf ?? 0, point.yHalf ?? 0];
  return {
    ...{ id, color, marker, x: x.clamped(point.x), y: y.clamped(point.y) },
    left: x.clamped(point.x - xHalf),
    right: x.clamped(point.x + xHalf),
    top: y.clamped(point.y + yHalf),
    bottom: y.clamped(point.y - yHalf),
  };
}

/** What the bars of a mark cover. */
export const barsOf = ({ x, y, left, right, top, bottom }: PlacedMark): Box[] => [
  { left, right, top: y - 1, bottom: y + 1 },
  { left: x - 1, right: x + 1, top, bottom },
];
