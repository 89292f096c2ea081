import { scaleLinear, scaleLog } from 'd3-scale';

/** What is rarer has the colour of this p. */
const SMALLEST_P = 1e-4;

/** Red, green and blue at equal distances, from rare to certain; they read in both themes and without colour vision. */
const STOPS = [
  [42, 26, 94],
  [43, 90, 151],
  [31, 161, 135],
  [165, 210, 60],
  [253, 231, 37],
] as const;
const channels = ([0, 1, 2] as const).map((channel) =>
  scaleLinear(
    STOPS.map((_, i) => i / (STOPS.length - 1)),
    STOPS.map((stop) => stop[channel]),
  ),
);
const place = scaleLog().domain([SMALLEST_P, 1]).clamp(true);

/** The colour at a place of the ramp, from 0 to 1. */
export const ramp = (t: number): string =>
  `rgb(${channels.map((channel) => Math.round(channel(t))).join(', ')})`;

/** The colour of an exact p, on a logarithmic scale; a grey where there is none yet. */
export const shadeOf = (p: number | undefined): string =>
  p === undefined ? 'var(--grid)' : ramp(place(Math.max(p, SMALLEST_P)));
