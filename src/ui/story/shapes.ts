import type { Point } from '../../plots/series.ts';
import { shapes as LABELS } from '../../messages/story.ts';

export type ShapeName = keyof typeof LABELS;

/** Shapes that a curve can have, each with how it is sketched in a box of 100 by 50. */
export const SHAPES: Record<ShapeName, { label: string; d: string }> = {
  flat: { label: LABELS.flat, d: 'M6 25H94' },
  valley: { label: LABELS.valley, d: 'M6 8C30 10 38 36 50 36S70 10 94 8' },
  hill: { label: LABELS.hill, d: 'M6 42C30 40 38 12 50 12S70 40 94 42' },
  rising: { label: LABELS.rising, d: 'M6 42C40 40 60 14 94 8' },
  falling: { label: LABELS.falling, d: 'M6 8C40 14 60 40 94 42' },
};

export const SHAPE_NAMES = Object.keys(SHAPES) as ShapeName[];

/** Less than so much between highest and lowest, as a share of the highest, is flat. */
const FLAT = 0.05;

/** Which of the shapes a curve has, by its ends, its middle, its highest and its lowest point. */
export function shapeOf(points: readonly Point[]): ShapeName {
  const ys = points.map(({ y }) => y);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  if (high - low <= FLAT * high) return 'flat';
  const [first, middle, last] = [ys[0]!, ys[Math.floor(ys.length / 2)]!, ys.at(-1)!];
  const edge = FLAT * (high - low);
  if (middle < Math.min(first, last) - edge) return 'valley';
  if (middle > Math.max(first, last) + edge) return 'hill';
  return last > first ? 'rising' : 'falling';
}
