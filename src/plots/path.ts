import { area, line } from 'd3-shape';

/** A place in a drawing, in pixels. */
export interface Place {
  x: number;
  y: number;
}

const lineThrough = line<Place | null>()
  .defined((place) => place !== null)
  .x((place) => place!.x)
  .y((place) => place!.y);

/** The path of SVG straight through some places; null leaves a gap. Empty without places. */
export const linePath = (places: readonly (Place | null)[]): string =>
  lineThrough([...places]) ?? '';

const areaBetween = area<{ x: number; low: number; high: number }>()
  .x(({ x }) => x)
  .y0(({ low }) => low)
  .y1(({ high }) => high);

/** The outline of a band, in pixels; empty without places. */
export const bandPath = (band: readonly { x: number; low: number; high: number }[]): string =>
  areaBetween([...band]) ?? '';
